"""The history of a page tells what happened to it, and compares what readers saw."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import ArticlePage
from tests.factories.articles import ArticleFactory, article_list
from tests.factories.home import HomePageFactory
from tests.factories.people import logged_in, person
from tests.factories.polls import PollFactory
from tests.vietnamese.english import english_in, texts

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

COMPARISON = "So sánh với bản bạn đọc thấy trước đó"


@pytest.fixture
def article() -> ArticlePage:
    HomePageFactory()
    article_list()
    return ArticleFactory(live=False)


def save(content: Any, user: Any, *, publish: bool = False) -> int:
    revision = content.save_revision(user=user, log_action=True)
    if publish:
        revision.publish(user=user, skip_permission_checks=True)
        content.refresh_from_db()
    return revision.pk


def history(client: Client, article: ArticlePage, **query: str) -> tuple[list[tuple[str, int]], str]:
    """Actions and revisions, the newest first, and the page."""
    answer = client.get(reverse("wagtailadmin_pages:history", args=[article.pk]), query)
    return [
        (each.action, each.revision_id) for each in answer.context["object_list"]
    ], answer.content.decode()


def test_what_one_person_saved_in_a_row_is_one_line_until_all_are_asked_for(article):
    editor, other = person("editor"), person("editor", username="other")
    client = logged_in(editor)
    first, second, third = (save(article, user) for user in (editor, editor, other))
    fourth = save(article, editor, publish=True)
    fifth, sixth = save(article, editor), save(article, editor)
    steps = [
        ("wagtail.edit", sixth),
        ("wagtail.publish", fourth),
        ("wagtail.edit", fourth),
        ("wagtail.edit", third),
        ("wagtail.edit", second),
    ]
    found, _page = history(client, article)
    assert found[:5] == steps
    assert {fifth, first}.isdisjoint(revision for _action, revision in found)
    everything, _page = history(client, article, saves="all")
    assert {fifth, first} <= {revision for _action, revision in everything}


def test_what_was_published_is_compared_with_what_readers_saw_before(article):
    editor = person("editor", last_name="Lê", first_name="Mai")
    client = logged_in(editor)
    before = save(article, editor, publish=True)
    assert COMPARISON not in history(client, article)[1]
    article.title = "Tựa mới"
    save(article, editor)
    after = save(article, editor, publish=True)
    _found, page = history(client, article)
    address = reverse("wagtailadmin_pages:revisions_compare", args=[article.pk, before, after])
    assert page.count(COMPARISON) == 1
    assert f'href="{address}"' in page
    assert client.get(address).status_code == 200
    assert [words for text in texts(page) if (words := english_in(text))] == []


def test_dates_and_yes_and_no_are_compared_in_words(article, admin_client: Client):
    article.published_at = datetime(2026, 11, 29, 14, 19, 7, 785000, tzinfo=UTC)
    first = article.save_revision().pk
    article.published_at, article.featured = article.published_at.replace(second=0, microsecond=0), True
    second = article.save_revision().pk
    article.published_at = article.published_at.replace(hour=15)
    third = article.save_revision().pk

    def compared(one: int, other: int) -> str:
        address = reverse("wagtailadmin_pages:revisions_compare", args=[article.pk, one, other])
        return admin_client.get(address).content.decode()

    assert "2026" not in compared(first, second).partition("<main")[2]
    assert '<span class="deletion">Không</span><span class="addition">Có</span>' in compared(first, second)
    found = '<span class="deletion">21:19 29/11/2026</span><span class="addition">22:19 29/11/2026</span>'
    assert found in compared(second, third)


def test_a_polls_history_is_as_short(admin_client: Client, admin_user):
    poll = PollFactory(live=False)
    revisions = [save(poll, admin_user) for _time in range(3)]
    answer = admin_client.get(reverse("wagtailsnippets_polls_poll:history", args=[poll.pk]))
    assert [each.revision_id for each in answer.context["object_list"] if each.action == "wagtail.edit"] == [
        revisions[-1]
    ]
