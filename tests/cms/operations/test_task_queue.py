"""What waits in the queue of tasks is not queued again."""

from __future__ import annotations

from collections import Counter

import pytest
from django.conf import LazySettings
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from articles.models import ArticlePage
from cms.operations.tasks import SurvivingWorker
from tests.factories.portal import ArticlePageFactory

SEARCH = "cms.search.indexing.refresh_entry"
REFERENCES = "wagtail.tasks.update_reference_index_task"

pytestmark = pytest.mark.usefixtures("tree")


@pytest.fixture
def article(tree: None, settings: LazySettings) -> ArticlePage:
    """An article, with a queue that is empty."""
    article = ArticlePageFactory()
    settings.TASKS = {
        "default": {
            "BACKEND": "cms.operations.task_queue.JoiningBackend",
            "OPTIONS": {"joined": [SEARCH, REFERENCES]},
        }
    }
    return article


def rename(article: ArticlePage, title: str) -> None:
    article.title = title
    article.save()


def queued(status: str) -> Counter[str]:
    """How many tasks of the two kinds are in a state."""
    tasks = DBTaskResult.objects.filter(status=status, task_path__in=[SEARCH, REFERENCES])
    return Counter(tasks.values_list("task_path", flat=True))


def test_two_saves_of_an_article_leave_one_task_of_each_kind(article: ArticlePage) -> None:
    rename(article, "B")
    rename(article, "C")
    assert queued("READY") == {SEARCH: 1, REFERENCES: 1}


def test_two_saves_in_one_transaction_leave_one_task_of_each_kind(article: ArticlePage) -> None:
    rename(article, "B")
    with transaction.atomic():
        rename(article, "C")
        rename(article, "D")
    assert queued("READY") == {SEARCH: 1, REFERENCES: 1}


def test_another_article_has_tasks_of_its_own(article: ArticlePage) -> None:
    rename(article, "B")
    ArticlePageFactory()
    assert queued("READY")[SEARCH] == 2


def test_change_after_a_worker_took_the_task_is_queued_anew(article: ArticlePage) -> None:
    rename(article, "B")
    DBTaskResult.objects.update(status="RUNNING")
    rename(article, "C")
    assert queued("READY") == queued("RUNNING") == {SEARCH: 1, REFERENCES: 1}


def test_a_task_about_what_was_deleted_meanwhile_is_done_and_does_not_fail(article: ArticlePage) -> None:
    DBTaskResult.objects.all().delete()
    rename(article, "B")
    article.delete()
    carry_out()
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


def test_a_task_about_a_model_that_another_release_has_fails_alone(article: ArticlePage) -> None:
    DBTaskResult.objects.all().delete()
    rename(article, "B")
    of_references = DBTaskResult.objects.filter(task_path=REFERENCES)
    of_references.update(args_kwargs={"args": ["notices", "notice", "1"], "kwargs": {}})
    carry_out()
    assert set(of_references.values_list("status", flat=True)) == {"FAILED"}
    assert set(DBTaskResult.objects.exclude(task_path=REFERENCES).values_list("status", flat=True)) == {
        "SUCCESSFUL"
    }


def carry_out() -> None:
    names = {"queue_names": ["*"], "excluded_queue_names": [], "backend_name": "default", "worker_id": "w"}
    SurvivingWorker(interval=0, batch=True, startup_delay=False, max_tasks=None, **names).run()
