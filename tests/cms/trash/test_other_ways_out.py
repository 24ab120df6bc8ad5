"""What leaves the trash by another way than its list, and what the clock does with what is in it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import ArticlePage
from cms.trash.models import TrashedItem
from cms.trash.moving import restore, trash
from tests.client import GraphQLClient
from tests.cms.content.test_publishing import due
from tests.factories.people import person
from tests.factories.portal import ArticlePageFactory, list_of_articles

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> ArticlePage:
    return ArticlePageFactory(title="Một", slug="mot", parent=list_of_articles())


def overdue() -> None:
    TrashedItem.objects.update(deleted_at=timezone.now() - timedelta(days=400))


def test_a_page_that_was_moved_out_stays_and_can_be_deleted_again(admin_client, page: ArticlePage):
    trash(page, user=None)
    target = list_of_articles()
    assert admin_client.post(f"/admin/pages/{page.pk}/move/{target.pk}/confirm/").status_code == 302
    assert not TrashedItem.objects.exists()
    call_command("empty_trash", verbosity=0)
    page = ArticlePage.objects.get(pk=page.pk)
    assert page.live
    admin_client.post(f"/admin/pages/{page.pk}/delete/")
    assert TrashedItem.objects.get().content == page


def test_what_is_not_in_the_trash_is_never_deleted_with_it(page: ArticlePage):
    item = trash(page, user=None)
    restore(item, user=person("administrator"))
    item.pk = None
    item.save()
    overdue()
    call_command("empty_trash", verbosity=0)
    assert ArticlePage.objects.filter(pk=page.pk, live=True).exists()
    assert not TrashedItem.objects.exists()


def test_the_clock_publishes_nothing_in_the_trash(graphql: GraphQLClient, page: ArticlePage):
    page.title = "Hai"
    due(page)
    item = trash(ArticlePage.objects.get(pk=page.pk), user=None)
    call_command("publish_scheduled", verbosity=0)
    assert ArticlePage.objects.get(pk=page.pk).title == "Một"
    restore(item, user=person("administrator"))
    call_command("publish_scheduled", verbosity=0)
    assert graphql.data("{ articles { nodes { title } } }")["articles"]["nodes"] == [{"title": "Hai"}]
