"""Articles on their way through approval."""

from __future__ import annotations

from typing import Any

from articles.models import ArticlePage
from tests.factories.articles import ArticleFactory


def draft(owner: Any, **values: Any) -> ArticlePage:
    article = ArticleFactory(live=False, owner=owner, **values)
    article.save_revision(user=owner)
    return article


def submitted(owner: Any, **values: Any) -> ArticlePage:
    article = draft(owner, **values)
    article.get_workflow().start(article, owner)
    return ArticlePage.objects.get(pk=article.pk)


def rejected(owner: Any, by: Any, comment: str, **values: Any) -> ArticlePage:
    article = submitted(owner, **values)
    step = article.current_workflow_task_state
    step.task.specific.on_action(step, by, "reject", comment=comment)
    return article
