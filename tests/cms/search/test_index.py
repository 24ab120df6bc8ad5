"""The index follows what is public."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Collection, Locale, PageViewRestriction

from articles.models import ArticlePage
from cms.invalidation.models import current_version
from cms.search.models import SearchEntry
from polls.models import Poll
from tests.cms.search.conftest import index
from tests.factories.home import HomePageFactory
from tests.factories.polls import PollFactory
from tests.factories.portal import ArticlePageFactory, list_of_articles
from tests.factories.zones import ZonePageFactory

QUERY = '{ search(query: "bimat") { totalCount nodes { title } facets { count } } }'
NOTHING = {"totalCount": 0, "nodes": [], "facets": []}


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """`with committed():` runs what follows a commit, the tasks of the index among it."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def titles(graphql):
    return lambda: [node["title"] for node in graphql.data(QUERY)["search"]["nodes"]]


def test_a_page_is_found_when_it_is_published_and_not_before(committed, titles):
    with committed():
        page = ArticlePageFactory(title="Bimat", live=False)
        revision = page.save_revision()
    assert titles() == []
    with committed():
        revision.publish()
    assert titles() == ["Bimat"]


def test_a_draft_of_a_published_page_changes_nothing(committed, titles):
    with committed():
        page = ArticlePageFactory(title="Bimat")
        page.title = "Bimat mới"
        page.save_revision()
    assert titles() == ["Bimat"]


def test_an_unpublished_page_is_not_found(committed, titles):
    with committed():
        page = ArticlePageFactory(title="Bimat")
    with committed():
        page.unpublish()
    assert (titles(), SearchEntry.objects.filter(type="ARTICLE").count()) == ([], 0)


def test_deleted_pages_are_gone_with_all_below_them(committed, titles):
    with committed():
        above = ArticlePageFactory(title="Bimat").get_parent()
        ArticlePage.objects.get().delete()
        ArticlePageFactory(title="Bimat hai", parent=above.specific)
    assert titles() == ["Bimat hai"]
    above.delete()
    assert (titles(), SearchEntry.objects.filter(type="ARTICLE").count()) == ([], 0)


def test_an_alias_of_a_page_is_found_as_its_source(committed, titles):
    with committed():
        page = ArticlePageFactory(title="Bimat")
        page.create_alias(update_slug="bi-danh")
    assert titles() == ["Bimat"]


def test_a_moved_page_is_found_at_its_new_address(committed, graphql):
    with committed():
        page = ArticlePageFactory(title="Bimat", slug="bi-mat")
        page.move(list_of_articles("khac"), pos="last-child")
    assert graphql.data('{ search(query: "bimat") { nodes { url } } }')["search"]["nodes"] == [
        {"url": "/khac/bi-mat/"}
    ]


def test_a_poll_is_found_while_it_is_published(committed, titles):
    with committed():
        poll = PollFactory(question="Bimat?")
    assert titles() == ["Bimat?"]
    with committed():
        poll.unpublish()
    assert titles() == []
    with committed():
        poll.save_revision().publish()
    assert titles() == ["Bimat?"]
    poll.delete()
    assert titles() == []


def test_the_options_of_a_poll_are_searched(committed, titles):
    with committed():
        PollFactory(question="Câu hỏi", texts=("Bimat", "Khác"))
    assert titles() == ["Câu hỏi"]


@pytest.mark.parametrize("hide", ["draft", "expired", "login", "login above"])
def test_the_public_rule_holds_at_the_moment_of_the_search(article, graphql, hide):
    page = article("Bimat")
    article("khác")
    if hide == "draft":
        ArticlePage.objects.update(live=False)
    elif hide == "expired":
        ArticlePage.objects.update(expire_at=timezone.now() - timedelta(seconds=1))
    else:
        closed = page if hide == "login" else page.get_parent()
        PageViewRestriction.objects.create(page=closed, restriction_type="login")
    assert SearchEntry.objects.count() == 2
    assert graphql.data(QUERY)["search"] == NOTHING


def test_a_poll_that_expired_is_not_found(graphql):
    HomePageFactory()
    index(PollFactory(question="Bimat", expire_at=timezone.now() + timedelta(hours=1)))
    assert graphql.data(QUERY)["search"]["totalCount"] == 1
    Poll.objects.update(expire_at=timezone.now() - timedelta(seconds=1))
    assert graphql.data(QUERY)["search"] == NOTHING


def test_pages_outside_the_site_are_not_found(graphql, titles):
    home = HomePageFactory()
    other = home.get_parent().add_child(
        instance=type(home)(title="Bimat", slug="khac", locale=Locale.get_default())
    )
    index(other)
    assert titles() == []


def test_an_entry_of_a_kind_that_nobody_registers_is_not_found(article, graphql):
    article("Bimat")
    SearchEntry.objects.update(type="GONE")
    assert graphql.data(QUERY)["search"] == NOTHING


def test_a_refresh_that_changes_nothing_writes_nothing(article):
    page = article("Bimat")
    before = current_version()
    index(page)
    assert current_version() == before


def test_the_date_of_what_has_none_stays_the_first_one(db):
    page = ZonePageFactory(title="Bimat", last_published_at=None)
    index(page)
    first = SearchEntry.objects.get().published_at
    page.title = "Bimat hai"
    page.save()
    index(page)
    assert SearchEntry.objects.get().published_at == first


def test_the_command_rebuilds_the_index(article, titles):
    page, gone, draft = article("Bimat"), article("Bimat hai"), article("Bimat ba")
    SearchEntry.objects.filter(object_id=page.pk).delete()
    SearchEntry.objects.filter(object_id=gone.pk).update(object_id=10**6, page=None)
    gone.delete()
    ArticlePage.objects.filter(pk=draft.pk).update(live=False)
    out = StringIO()
    call_command("reindex_search", stdout=out)
    assert "articles.ArticlePage: 1" in out.getvalue().splitlines()
    assert titles() == ["Bimat"]
    assert set(SearchEntry.objects.filter(type="ARTICLE").values_list("object_id", flat=True)) == {page.pk}


def test_the_command_takes_out_kinds_that_are_no_longer_registered(article):
    page = article("Bimat")
    SearchEntry.objects.create(
        content_type=ContentType.objects.get_for_model(Collection),
        object_id=1,
        type="X",
        title="",
        text="",
        published_at=timezone.now(),
    )
    call_command("reindex_search", stdout=StringIO())
    assert not SearchEntry.objects.filter(type="X").exists()
    assert SearchEntry.objects.filter(object_id=page.pk).exists()
