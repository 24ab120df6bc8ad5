"""Kept answers: given again while they hold, and not a moment longer."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from freezegun import freeze_time
from wagtail.models import Page, PageViewRestriction

from articles.models import ArticlePage
from cms.graphql.cache.store import CacheEntry, ResponseCache
from cms.graphql.http.encoding import EncodedBody
from cms.invalidation.snapshot import take_snapshot
from home.models import MenuItem
from tests.client import GraphQLClient
from tests.factories.home import HomePageFactory, settings_of
from tests.factories.portal import ArticlePageFactory

pytestmark = pytest.mark.usefixtures("countable")

TITLES = "{ articles { nodes { title } } }"


def titles(graphql: GraphQLClient) -> list[str]:
    return [node["title"] for node in graphql.post(TITLES).json()["data"]["articles"]["nodes"]]


def statements(graphql: GraphQLClient, query: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        graphql.post(query)
    return len(captured)


def test_a_kept_answer_costs_one_statement(graphql: GraphQLClient):
    ArticlePageFactory()
    graphql.post(TITLES)
    assert statements(graphql, TITLES) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda page: ArticlePage.objects.filter(pk=page.pk).update(title="Mới"),
        lambda page: Page.objects.filter(pk=page.pk).update(live=False),
        lambda page: page.delete(),
        lambda page: page.unpublish(),
        lambda page: PageViewRestriction.objects.create(page=page, restriction_type="login"),
        lambda page: ArticlePageFactory(title="Bài nữa"),
    ],
)
def test_after_a_change_the_answer_is_another(graphql: GraphQLClient, change):
    page = ArticlePageFactory(title="Cũ")
    assert titles(graphql) == titles(graphql) == ["Cũ"]
    change(page)
    assert titles(graphql) != ["Cũ"]


def test_a_menu_item_changes_the_answer(graphql: GraphQLClient):
    settings = settings_of(HomePageFactory())
    query = "{ site { mainMenu { title } } }"
    assert graphql.data(query) == {"site": {"mainMenu": []}}
    MenuItem.objects.create(settings=settings, url="https://example.vn", title="Khác")
    assert graphql.data(query) == {"site": {"mainMenu": [{"title": "Khác"}]}}


def test_what_expires_is_gone_at_that_moment(graphql: GraphQLClient):
    now = timezone.now()
    ArticlePageFactory(title="Sắp hết hạn", expire_at=now + timedelta(minutes=5))
    assert titles(graphql) == ["Sắp hết hạn"]
    with freeze_time(now + timedelta(minutes=4, seconds=59)):
        assert titles(graphql) == ["Sắp hết hạn"]
    with freeze_time(now + timedelta(minutes=5)):
        assert titles(graphql) == []


def test_languages_have_answers_of_their_own(graphql: GraphQLClient):
    HomePageFactory()
    query = '{ poll(id: "1") { id } }'
    assert (
        graphql.http.get("/graphql/", {"query": query}, headers={"accept-language": "en"}).status_code == 200
    )
    assert statements(graphql, query) > 1


def test_an_error_is_not_kept(graphql: GraphQLClient):
    query = '{ page(slug: "x", site: "nirgends.example") { id } }'
    first, second = graphql.post(query), graphql.post(query)
    assert first.content == second.content
    assert first["Cache-Control"] == second["Cache-Control"] == "no-store"


def test_visit_figures_are_those_of_now_where_the_setting_is_zero(graphql: GraphQLClient):
    query = "{ visitStatistics { today } }"
    before = graphql.data(query)["visitStatistics"]["today"]
    graphql.data('mutation { recordVisit(input: { path: "/" }) { statistics { today } } }')
    assert graphql.data(query)["visitStatistics"]["today"] == before + 1


def test_the_store_is_bounded(db: None, settings: LazySettings):
    settings.CMS_GRAPHQL_ANSWER_BYTES = 20_000
    store, later = ResponseCache(), time.time() + 60
    for number in range(100):
        answer = CacheEntry(EncodedBody(b"x" * 1000), frozenset(), {}, take_snapshot().version, later, later)
        store.put(str(number).encode(), answer)
    kept = [number for number in range(100) if store.get(str(number).encode(), take_snapshot())]
    assert kept == [94, 95, 96, 97, 98, 99]
