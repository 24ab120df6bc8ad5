from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model

from articles.models import ArticlePage
from cms.search.indexing import refresh_entry
from tests.factories.portal import ArticlePageFactory


def index(instance: Model) -> None:
    """Write an object's entry, as the task does after a commit."""
    refresh_entry.call(instance._meta.app_label, instance._meta.model_name, instance.pk)


@pytest.fixture
def article(db: None) -> Callable[..., ArticlePage]:
    """Make a public article that can be found: `article("title", "its text", ...)`."""

    def make(title: str, text: str = "", **fields: Any) -> ArticlePage:
        body = [{"type": "paragraph", "value": {"text": f"<p>{text}</p>"}}] if text else []
        page = ArticlePageFactory(title=title, body=body, **fields)
        index(page)
        return page

    return make
