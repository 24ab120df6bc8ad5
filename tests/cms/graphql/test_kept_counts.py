"""Counts of public rows are kept, with the answer cache off too, and are right after every change."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from freezegun import freeze_time
from wagtail.models import PageViewRestriction

from articles.models import ArticleCategory, ArticleIndexPage, ArticlePage
from campaigns.models import CampaignPage
from cms.graphql.execution.counts import counts
from cms.invalidation.tag_versions import tag_versions
from tests.accelerators import switch
from tests.client import OPERATIONS, GraphQLClient
from tests.factories.articles import CategoryFactory
from tests.factories.polls import PollFactory
from tests.factories.portal import ArticlePageFactory, CampaignPageFactory, list_of_articles

pytestmark = pytest.mark.usefixtures("countable")

NUMBERS = """{
  all: articles(first: 1) { totalCount }
  featured: articles(first: 1, filter: { featured: true }) { totalCount }
  news: articles(first: 1, filter: { category: "tin" }) { totalCount }
  articleCategories { slug articleCount }
  campaigns { nodes { articles(first: 1) { totalCount } } }
  routes { totalCount }
}"""
#: On PostgreSQL one statement counts rows and visits.
COUNTED = re.compile(r'COUNT\("(?!visits_pageview)')
TOTAL = "{ articles { totalCount } }"


@pytest.fixture(autouse=True)
def cold(settings: LazySettings) -> None:
    switch(settings, answer_cache=False)


@pytest.fixture
def made(graphql: GraphQLClient) -> list[ArticlePage]:
    """Three articles of a category and a campaign, the first of them featured, and a category without any."""
    category, campaign = CategoryFactory(name="Tin", slug="tin"), CampaignPageFactory(title="Phong trào")
    CategoryFactory(name="Văn bản", slug="van-ban")
    return [
        ArticlePageFactory(category=category, campaign=campaign, featured=number == 0) for number in range(3)
    ]


def counting(graphql: GraphQLClient, query: str, operation: str | None = None, **variables: Any) -> list[str]:
    """The statements by which a request counts rows of content, and not visits."""
    with CaptureQueriesContext(connection) as captured:
        response = graphql.post(query, operation=operation, **variables)
    assert "errors" not in response.json()
    return [each["sql"] for each in captured if COUNTED.search(each["sql"])]


def numbers(graphql: GraphQLClient) -> dict[str, Any]:
    """What NUMBERS answers, as a kept count and as a new one."""
    kept = graphql.post(NUMBERS).json()["data"]
    again = graphql.post(NUMBERS).json()["data"]
    tag_versions.forget()
    assert kept == again == graphql.post(NUMBERS).json()["data"]
    routes = kept.pop("routes")["totalCount"]
    return {
        **{name: kept[name]["totalCount"] for name in ("all", "featured", "news")},
        "categories": {each["slug"]: each["articleCount"] for each in kept["articleCategories"]},
        "campaigns": [each["articles"]["totalCount"] for each in kept["campaigns"]["nodes"]],
        "routes": routes,
    }


BEFORE = {
    "all": 3,
    "featured": 1,
    "news": 3,
    "categories": {"tin": 3, "van-ban": 0},
    "campaigns": [3],
    "routes": 7,
}
ONE_LESS = {"all": 2, "news": 2, "categories": {"tin": 2, "van-ban": 0}, "campaigns": [2], "routes": 6}
NONE_FEATURED = {**ONE_LESS, "featured": 0}
NO_LIST = {
    "all": 0,
    "featured": 0,
    "news": 0,
    "categories": {"tin": 0, "van-ban": 0},
    "campaigns": [0],
    "routes": 3,
}


def publish(page: ArticlePage, **values: Any) -> None:
    page = ArticlePage.objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


def close(page: Any) -> None:
    PageViewRestriction.objects.create(page=page.page_ptr, restriction_type="login")


def expire(page: ArticlePage) -> None:
    # As the scheduled job leaves it until it runs: live still.
    ArticlePage.objects.filter(pk=page.pk).update(expire_at=timezone.now())


def schedule(page: ArticlePage) -> None:
    page = ArticlePage.objects.get(pk=page.pk)
    page.unpublish()
    page.go_live_at = timezone.now() + timedelta(seconds=1)
    page.save_revision().publish()
    with freeze_time(timezone.now() + timedelta(minutes=1)):
        call_command("publish_scheduled")


def move_below_closed(page: ArticlePage) -> None:
    closed = list_of_articles("noi-bo")
    close(closed)
    page.move(closed, pos="last-child")


def by_raw_sql(page: ArticlePage) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", [False, page.pk])


CHANGES: dict[str, tuple[Callable[[list[ArticlePage]], Any], dict[str, Any]]] = {
    "a new article": (
        lambda made: ArticlePageFactory(category=made[0].category, campaign=made[0].campaign),
        {"all": 4, "news": 4, "categories": {"tin": 4, "van-ban": 0}, "campaigns": [4], "routes": 8},
    ),
    "a new draft": (lambda made: ArticlePageFactory(live=False), {}),
    "a draft of a change": (lambda made: made[0].save_revision(), {}),
    "unpublish": (lambda made: ArticlePage.objects.get(pk=made[0].pk).unpublish(), NONE_FEATURED),
    "unpublish and schedule": (lambda made: schedule(made[1]), {}),
    "delete": (lambda made: ArticlePage.objects.get(pk=made[1].pk).delete(), ONE_LESS),
    "delete the list": (lambda made: ArticleIndexPage.objects.get().delete(), NO_LIST),
    "expire": (lambda made: expire(made[1]), ONE_LESS),
    "close": (lambda made: close(made[1]), ONE_LESS),
    "close the list": (lambda made: close(ArticleIndexPage.objects.get()), NO_LIST),
    "open again": (lambda made: close(made[1]) or PageViewRestriction.objects.all().delete(), {}),
    "move": (lambda made: made[1].move(list_of_articles("khac"), pos="last-child"), {"routes": 8}),
    "move below what is closed": (lambda made: move_below_closed(made[1]), ONE_LESS),
    "another category": (
        lambda made: publish(made[1], category=ArticleCategory.objects.get(slug="van-ban")),
        {"news": 2, "categories": {"tin": 2, "van-ban": 1}},
    ),
    "another name of the category": (
        lambda made: ArticleCategory.objects.filter(slug="tin").update(slug="moi"),
        {"news": 0, "categories": {"moi": 3, "van-ban": 0}},
    ),
    "delete the category": (
        lambda made: ArticleCategory.objects.get(slug="tin").delete(),
        {"news": 0, "categories": {"van-ban": 0}},
    ),
    "no campaign": (lambda made: publish(made[1], campaign=None), {"campaigns": [2]}),
    "unpublish the campaign": (
        lambda made: CampaignPage.objects.get().unpublish(),
        {"campaigns": [], "routes": 6},
    ),
    "featured": (lambda made: publish(made[1], featured=True), {"featured": 2}),
    "a statement of many rows": (lambda made: ArticlePage.objects.update(featured=True), {"featured": 3}),
    "a statement of our own": (lambda made: by_raw_sql(made[1]), ONE_LESS),
}


@pytest.mark.parametrize("name", CHANGES)
def test_counts_are_right_after_a_change(graphql: GraphQLClient, made: list[ArticlePage], name: str):
    change, changed = CHANGES[name]
    assert numbers(graphql) == BEFORE
    graphql.post(NUMBERS)
    change(made)
    assert numbers(graphql) == BEFORE | changed


@pytest.mark.parametrize("name", ["unpublish", "close the list", "another category"])
def test_answers_made_of_kept_counts_are_outdated_with_them(
    graphql: GraphQLClient, made: list[ArticlePage], name: str, settings: LazySettings
):
    change, changed = CHANGES[name]
    graphql.post(NUMBERS)
    switch(settings, answer_cache=True)
    assert counting(graphql, NUMBERS) == []
    change(made)
    answer = graphql.data(NUMBERS)
    assert answer["all"]["totalCount"] == (BEFORE | changed)["all"]
    assert answer["news"]["totalCount"] == (BEFORE | changed)["news"]


@pytest.mark.parametrize(
    ("query", "operation", "variables"),
    [
        (NUMBERS, None, {}),
        ((OPERATIONS / "article-list.graphql").read_text(), "ArticleList", {}),
        ((OPERATIONS / "article-list.graphql").read_text(), "ArticleList", {"filter": {"category": "tin"}}),
        ((OPERATIONS / "article-list.graphql").read_text(), "ArticleList", {"search": "bai"}),
        ((OPERATIONS / "article-list.graphql").read_text(), "ArticleList", {"filter": {"tag": "x"}}),
        ((OPERATIONS / "home.graphql").read_text(), "Home", {}),
    ],
)
def test_nothing_is_counted_a_second_time(
    graphql: GraphQLClient, made: list[ArticlePage], query: str, operation: str | None, variables: dict
):
    assert counting(graphql, query, operation, **variables) != []
    assert counting(graphql, query, operation, **variables) == []


def test_no_page_of_a_list_is_counted_again(graphql: GraphQLClient, made: list[ArticlePage]):
    query = (
        "query ($after: String) { articles(first: 1, after: $after) { totalCount pageInfo { endCursor } } }"
    )
    first = graphql.post(query).json()["data"]["articles"]
    after = first["pageInfo"]["endCursor"]
    assert counting(graphql, query, after=after) == []
    assert graphql.post(query, after=after).json()["data"]["articles"]["totalCount"] == 3


@pytest.mark.parametrize("values", [{"title": "Khác"}, {"summary": "Khác"}])
def test_a_change_that_moves_nothing_leaves_counts_kept(
    graphql: GraphQLClient, made: list[ArticlePage], values: dict[str, str]
):
    graphql.post(NUMBERS)
    publish(made[0], **values)
    assert counting(graphql, NUMBERS) == []


def test_what_expires_is_not_counted_from_that_moment_on(graphql: GraphQLClient, made: list[ArticlePage]):
    now = timezone.now()
    publish(made[1], expire_at=now + timedelta(minutes=5))
    for minutes, total in ((1, 3), (4, 3), (5, 2), (6, 2), (4, 3)):
        with freeze_time(now + timedelta(minutes=minutes)):
            assert graphql.post(TOTAL).json()["data"]["articles"]["totalCount"] == total


def test_a_poll_is_counted_by_the_clock(graphql: GraphQLClient):
    query = "{ polls(filter: { state: OPEN }) { totalCount } }"
    now = timezone.now()
    PollFactory(opens_at=now + timedelta(minutes=2), closes_at=now + timedelta(minutes=4))
    for minutes, total in ((1, 0), (2, 1), (3, 1), (4, 0), (3, 1), (1, 0)):
        with freeze_time(now + timedelta(minutes=minutes)):
            assert graphql.post(query).json()["data"]["polls"]["totalCount"] == total


def test_a_savepoint_that_is_rolled_back_is_not_counted(graphql: GraphQLClient, made: list[ArticlePage]):
    assert graphql.post(TOTAL).json()["data"]["articles"]["totalCount"] == 3
    with transaction.atomic():
        ArticlePageFactory()
        assert graphql.post(TOTAL).json()["data"]["articles"]["totalCount"] == 4
        transaction.set_rollback(True)
    assert graphql.post(TOTAL).json()["data"]["articles"]["totalCount"] == 3


@pytest.mark.usefixtures("tree")
def test_a_transaction_counts_what_it_changed_and_nobody_else_does(graphql: GraphQLClient):
    ArticlePageFactory()

    def total() -> int:
        try:
            return graphql.post(TOTAL).json()["data"]["articles"]["totalCount"]
        finally:
            if not connection.in_atomic_block:
                connection.close()

    with ThreadPoolExecutor(1) as another:
        assert (total(), another.submit(total).result()) == (1, 1)
        with transaction.atomic():
            list_of_articles().get_children().get().unpublish()
            for _time in range(3):
                assert (total(), another.submit(total).result()) == (0, 1)
            transaction.set_rollback(True)
        assert (total(), another.submit(total).result()) == (1, 1)


def test_kept_counts_take_a_bounded_amount_of_memory(
    graphql: GraphQLClient, made: list[ArticlePage], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("cms.graphql.execution.counts.MOST_BYTES", 50_000)
    query = "query ($author: String) { articles(filter: { author: $author }) { totalCount } }"
    for number in range(30):
        graphql.post(query, author=f"{number}" * 500)
        assert 0 < counts.size <= 50_000
    assert counting(graphql, query, author="29" * 500) == []
    assert counting(graphql, query, author="0" * 500) != []
