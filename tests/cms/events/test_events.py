"""What webhooks are told of, and what not: what a stranger may not read they do not learn of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from articles.models import ArticlePage
from cms.events.models import Event, Webhook
from cms.trash.moving import restore, trash
from tests.client import GraphQLClient
from tests.factories.articles import ArticleFactory, CategoryFactory, article_list
from tests.factories.home import HomePageFactory
from tests.factories.people import logged_in, person
from tests.factories.polls import PollFactory, vote
from tests.factories.webhooks import told, webhook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def portal() -> None:
    HomePageFactory()
    article_list()
    webhook()
    Event.objects.all().delete()


def payload() -> dict[str, Any]:
    """The last event."""
    return Event.objects.latest("pk").payload


def published(page: Page) -> Page:
    page.save_revision().publish()
    return page.specific_class.objects.get(pk=page.pk)


def test_publishing_unpublishing_and_deleting_a_page_are_told():
    article = ArticleFactory(live=False)
    assert told() == []
    article = published(article)
    assert told() == [("page.published", f"page:{article.pk}")]
    article.title = "Bài mới"
    article.save_revision()
    assert told() == []
    article = published(article)
    assert told() == [("page.published", f"page:{article.pk}")]
    article.unpublish()
    assert told() == [("page.unpublished", f"page:{article.pk}")]
    article = published(article)
    pk = article.pk
    told()
    article.delete()
    assert told() == [("page.deleted", f"page:{pk}")]


def test_an_event_says_what_and_where_and_which_answers_are_old():
    article = published(ArticleFactory(slug="bai", live=False))
    event = payload()
    found = GraphQLClient().data(
        "query ($path: String!) { page(urlPath: $path) { nodeId urlPath } }", path="/tin-tuc/bai/"
    )
    data = event["data"]
    assert event["type"] == "page.published"
    assert event["timestamp"].endswith("Z")
    assert data["object"] == {
        "type": "ArticlePage",
        "id": str(article.pk),
        "nodeId": found["page"]["nodeId"],
        "locale": "vi",
        "path": "/tin-tuc/bai/",
        "url": "http://127.0.0.1:8000/tin-tuc/bai/",
    }
    assert data["urls"] == ["http://127.0.0.1:8000/tin-tuc/bai/", "http://127.0.0.1:8000/tin-tuc/"]
    assert not data["truncated"]
    assert {f"page:{article.pk}", "list:articles.ArticlePage", "any:articles_articlepage"} <= set(
        data["tags"]
    )


def test_an_edit_tells_the_columns_that_lists_go_by():
    article = published(ArticleFactory())
    told()
    article.title = "Tên khác"
    published(article)
    tags = set(payload()["data"]["tags"])
    assert "list:articles.ArticlePage.title" in tags
    assert "list:articles.ArticlePage.live" not in tags


def test_a_page_that_moves_is_told_with_its_former_address_and_what_is_below():
    section = article_list("su-kien")
    moved = article_list("dia-phuong")
    article = ArticleFactory(parent=moved, slug="bai")
    told()
    moved.move(section, pos="last-child")
    data = payload()["data"]
    assert told() == [("page.moved", f"page:{moved.pk}")]
    assert data["object"]["path"] == "/su-kien/dia-phuong/"
    assert data["previous"]["path"] == "/dia-phuong/"
    assert data["descendants"]
    assert {
        f"http://127.0.0.1:8000{path}" for path in ("/su-kien/dia-phuong/bai/", "/dia-phuong/bai/")
    } <= set(data["urls"])
    assert f"page:{article.pk}" in data["tags"]


def test_a_new_slug_is_a_move():
    article = published(ArticleFactory(slug="cu"))
    told()
    article.slug = "moi"
    published(article)
    assert told() == [("page.moved", f"page:{article.pk}"), ("page.published", f"page:{article.pk}")]


def test_what_is_moved_into_a_closed_section_is_gone_for_readers_and_comes_back():
    closed = article_list("noi-bo")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    article = ArticleFactory(slug="bai")
    told()
    article.move(closed, pos="last-child")
    data = payload()["data"]
    assert told() == [("page.unpublished", f"page:{article.pk}")]
    assert "noi-bo" not in str(data)
    assert data["object"]["path"] == "/tin-tuc/bai/"
    Page.objects.get(pk=article.pk).move(article_list(), pos="last-child")
    assert told() == [("page.published", f"page:{article.pk}")]


def test_nothing_is_told_of_what_is_closed():
    closed = article_list("noi-bo")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    told()
    article = published(ArticleFactory(parent=closed))
    article.title = "Khác"
    article = published(article)
    article.unpublish()
    published(article).delete()
    Page.objects.get(pk=closed.pk).delete()
    assert told() == []


def test_closing_and_opening_a_section_is_told_once_with_what_is_below():
    section = article_list("su-kien")
    article = ArticleFactory(parent=section, slug="bai")
    hidden = ArticleFactory(parent=section, slug="nhap", live=False)
    told()
    restriction = PageViewRestriction.objects.create(page=section, restriction_type="login")
    data = payload()["data"]
    assert told() == [("page.unpublished", f"page:{section.pk}")]
    assert data["descendants"]
    assert "http://127.0.0.1:8000/su-kien/bai/" in data["urls"]
    assert f"page:{article.pk}" in data["tags"]
    assert "nhap" not in str(data)
    assert f"page:{hidden.pk}" not in data["tags"]
    restriction.delete()
    assert told() == [("page.published", f"page:{section.pk}")]


def test_the_other_page_of_a_transaction_is_not_named():
    closed = article_list("noi-bo")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    secret = ArticleFactory(parent=closed)
    with transaction.atomic():
        published(secret)
        published(ArticleFactory())
    assert f"page:{secret.pk}" not in payload()["data"]["tags"]


def test_a_deleted_section_tells_each_page_that_readers_saw():
    section = article_list("su-kien")
    article = ArticleFactory(parent=section)
    ArticleFactory(parent=section, live=False)
    told()
    keys = {f"page:{section.pk}", f"page:{article.pk}"}
    Page.objects.get(pk=section.pk).delete()
    assert {(type_, subject) for type_, subject in told()} == {("page.deleted", key) for key in keys}


def test_what_expires_is_told_when_the_clock_unpublishes_it():
    article = published(ArticleFactory())
    ArticlePage.objects.filter(pk=article.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    told()
    call_command("publish_scheduled")
    assert told() == [("page.unpublished", f"page:{article.pk}")]


def test_snippets_are_told_by_what_readers_see_of_them():
    category = CategoryFactory()
    assert told() == [("snippet.published", f"articlecategory:{category.pk}")]
    article = ArticleFactory(category=category)
    call_command("rebuild_references_index", verbosity=0)
    told()
    category.name = "Khác"
    category.save()
    assert payload()["data"]["object"]["type"] == "ArticleCategory"
    assert f"http://127.0.0.1:8000/tin-tuc/{article.slug}/" in payload()["data"]["urls"]
    assert told() == [("snippet.published", f"articlecategory:{category.pk}")]
    poll = PollFactory(live=False)
    assert told() == []
    poll.save_revision().publish()
    assert told() == [("snippet.published", f"poll:{poll.pk}")]
    poll.refresh_from_db()
    vote(poll, 0)
    assert told() == []
    poll.unpublish()
    assert told() == [("snippet.unpublished", f"poll:{poll.pk}")]


def test_snippets_are_told_as_they_go_into_the_trash_and_come_back():
    superuser = person("superuser")
    for snippet in (CategoryFactory(), PollFactory()):
        told()
        item = trash(snippet, user=None)
        assert told() == [("snippet.unpublished", f"{snippet._meta.model_name}:{snippet.pk}")]
        restore(item, user=superuser)
        assert told() == [("snippet.published", f"{snippet._meta.model_name}:{snippet.pk}")]


def test_voting_that_begins_and_ends_is_told_once():
    scheduled, draft = PollFactory(scheduled=True), PollFactory(live=False)
    poll = PollFactory()
    told()
    call_command("tell_periods")
    call_command("tell_periods")
    assert told() == [("poll.opened", f"poll:{poll.pk}")]
    type(poll).objects.filter(pk=poll.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    type(poll).objects.filter(pk=scheduled.pk).update(opens_at=timezone.now() - timedelta(seconds=1))
    call_command("tell_periods")
    call_command("tell_periods")
    assert told() == [("poll.opened", f"poll:{scheduled.pk}"), ("poll.closed", f"poll:{poll.pk}")]
    assert not draft.live


def test_an_event_is_of_the_transaction_of_its_change():
    article = ArticleFactory(live=False)
    with transaction.atomic():
        published(article)
        assert Event.objects.count() == 1
        transaction.set_rollback(True)
    assert told() == []


def test_unpublishing_and_moving_in_the_admin_are_told():
    section = article_list("su-kien")
    article = published(ArticleFactory())
    told()
    browser = logged_in(person("superuser"))
    browser.post(f"/admin/pages/{article.pk}/move/{section.pk}/confirm/")
    browser.post(f"/admin/pages/{article.pk}/unpublish/")
    assert told() == [("page.moved", f"page:{article.pk}"), ("page.unpublished", f"page:{article.pk}")]


def test_only_what_a_webhook_wants_is_kept_for_it():
    Webhook.objects.update(events=["page.deleted"])
    article = published(ArticleFactory(live=False))
    assert told() == []
    Webhook.objects.update(is_active=False)
    article.delete()
    assert told() == []
