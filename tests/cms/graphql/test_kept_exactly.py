"""Which kept answers a change makes outdated: those that may show it, and no others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from articles.models import ArticlePage
from home.models import MenuItem
from tests.client import GraphQLClient
from tests.factories.articles import CategoryFactory
from tests.factories.home import HomePageFactory, settings_of
from tests.factories.languages import in_english
from tests.factories.media import ImageFactory
from tests.factories.portal import ArticlePageFactory, CampaignPageFactory

pytestmark = pytest.mark.usefixtures("countable")

NEWEST = "{ articles(first: 2) { nodes { title summary category { name } heroImage { alt } } } }"
BY_TITLE = "{ articles(first: 2, orderBy: TITLE_ASC) { nodes { title } } }"
CAMPAIGNS = "{ campaigns { nodes { title } } }"
MENU = "{ site { mainMenu { title url } } }"
COUNT = "{ articles { totalCount } }"
ONE = "query One($id: ID!) { page(id: $id) { title breadcrumbs { title } ... on ArticlePage { tags } } }"


def is_kept(graphql: GraphQLClient, query: str, **variables: Any) -> bool:
    """Whether a query that was asked before is answered without asking the database more than the version."""
    with CaptureQueriesContext(connection) as captured:
        response = graphql.post(query, **variables)
    assert "errors" not in response.json()
    # The first statement asks for the version, the second for what was changed since.
    return all("invalidation_contentchange" in each["sql"] for each in captured)


@pytest.fixture
def articles(graphql: GraphQLClient) -> list[ArticlePage]:
    """Four articles, the newest last, of which lists of two show the last two."""
    settings_of(HomePageFactory())
    begun = timezone.now() - timedelta(days=10)
    category = CategoryFactory()
    made = [
        ArticlePageFactory(
            title=f"{chr(ord('z') - number)}",
            published_at=begun + timedelta(days=number),
            category=category,
            hero_image=ImageFactory(),
        )
        for number in range(4)
    ]
    CampaignPageFactory()
    return made


def publish(page: ArticlePage, **values: Any) -> None:
    page = ArticlePage.objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


CHANGES: dict[str, tuple[Callable[[list[ArticlePage]], Any], set[str]]] = {
    "the text of an article that is shown": (
        lambda made: publish(made[3], summary="Mới"),
        {NEWEST, BY_TITLE},
    ),
    "the text of one that is not shown": (lambda made: publish(made[0], summary="Mới"), set()),
    "the title of one that is not shown": (lambda made: publish(made[1], title="m"), {BY_TITLE}),
    "a draft": (lambda made: made[3].save_revision(), set()),
    "an article that goes": (
        lambda made: ArticlePage.objects.get(pk=made[0].pk).unpublish(),
        {NEWEST, BY_TITLE, COUNT},
    ),
    "a new article": (lambda made: ArticlePageFactory(), {NEWEST, BY_TITLE, COUNT}),
    "a date": (lambda made: publish(made[0], published_at=timezone.now()), {NEWEST}),
    "a new campaign": (lambda made: CampaignPageFactory(), {CAMPAIGNS}),
    "a picture that is shown": (
        lambda made: (
            type(made[3].hero_image).objects.filter(pk=made[3].hero_image_id).update(description="Khác")
        ),
        {NEWEST},
    ),
    "a picture that is not shown": (
        lambda made: (
            type(made[0].hero_image).objects.filter(pk=made[0].hero_image_id).update(description="Khác")
        ),
        set(),
    ),
    "a category's name": (lambda made: type(made[0].category).objects.update(name="Khác"), {NEWEST}),
    "a menu item": (
        lambda made: MenuItem.objects.create(
            settings=settings_of(made[0].get_site().root_page.specific), title="x", url="/x"
        ),
        {MENU},
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_outdates_what_shows_it(graphql: GraphQLClient, articles: list[ArticlePage], name: str):
    change, outdated = CHANGES[name]
    queries = [NEWEST, BY_TITLE, CAMPAIGNS, MENU, COUNT]
    for query in queries:
        graphql.post(query)
    assert [query for query in queries if not is_kept(graphql, query)] == []
    change(articles)
    assert {query for query in queries if not is_kept(graphql, query)} == outdated


def test_an_article_stays_kept_while_another_is_edited(graphql: GraphQLClient, articles: list[ArticlePage]):
    shown = {"id": str(articles[0].pk)}
    graphql.post(ONE, **shown)
    publish(articles[1], title="Khác", summary="Khác")
    assert is_kept(graphql, ONE, **shown)
    publish(articles[0], title="Khác")
    assert not is_kept(graphql, ONE, **shown)


def test_a_translation_stays_kept_while_other_pages_are_edited_and_drafted(
    graphql: GraphQLClient, articles: list[ArticlePage]
):
    english = in_english(articles[0], title="English", slug="english")
    query = "query ($id: ID!) { page(id: $id) { title url } }"
    shown = {"id": str(english.pk)}
    assert graphql.data(query, **shown)["page"] == {"title": "English", "url": "/en/news/english/"}
    publish(articles[1], title="Khác")
    ArticlePageFactory(live=False)
    assert is_kept(graphql, query, **shown)
    home = english.get_site().root_page.get_translation(english.locale)
    home.slug = "renamed"
    home.save()
    assert graphql.data(query, **shown)["page"]["url"] == "/en/news/english/"
    home.delete()
    assert graphql.data(query, **shown)["page"] is None


def test_a_home_page_in_another_language_is_known_as_soon_as_it_is_there(
    graphql: GraphQLClient, articles: list[ArticlePage]
):
    query = "{ routes { nodes { url } } }"
    before = {node["url"] for node in graphql.data(query)["routes"]["nodes"]}
    in_english(articles[0], slug="english")
    after = {node["url"] for node in graphql.data(query)["routes"]["nodes"]}
    assert after - before == {"/en/", "/en/news/", "/en/news/english/"}


def test_a_list_of_a_category_is_outdated_by_what_enters_it(
    graphql: GraphQLClient, articles: list[ArticlePage]
):
    query = '{ articles(filter: { category: "khac" }) { totalCount nodes { title } } }'
    other = CategoryFactory(slug="khac")
    assert graphql.data(query)["articles"] == {"totalCount": 0, "nodes": []}
    publish(articles[0], category=other)
    assert graphql.data(query)["articles"] == {"totalCount": 1, "nodes": [{"title": "z"}]}


def test_a_new_title_above_reaches_the_breadcrumbs(graphql: GraphQLClient, articles: list[ArticlePage]):
    shown = {"id": str(articles[0].pk)}
    graphql.data(ONE, **shown)
    parent = articles[0].get_parent()
    parent.title = "Tin mới"
    parent.save()
    assert graphql.data(ONE, **shown)["page"]["breadcrumbs"][-2] == {"title": "Tin mới"}


def test_what_was_not_there_is_found_when_it_comes(graphql: GraphQLClient, articles: list[ArticlePage]):
    shown = {"id": str(articles[0].pk)}
    articles[0].unpublish()
    assert graphql.data(ONE, **shown) == {"page": None}
    publish(articles[0])
    assert graphql.data(ONE, **shown)["page"]["title"] == "z"


def test_a_page_that_becomes_private_is_gone_at_once(graphql: GraphQLClient, articles: list[ArticlePage]):
    shown = {"id": str(articles[0].pk)}
    graphql.data(ONE, **shown)
    restriction = PageViewRestriction.objects.create(page=articles[0].get_parent(), restriction_type="login")
    assert graphql.data(ONE, **shown) == {"page": None}
    restriction.delete()
    assert graphql.data(ONE, **shown)["page"]["title"] == "z"


def test_an_image_that_becomes_private_is_gone_at_once(graphql: GraphQLClient, articles: list[ArticlePage]):
    assert graphql.data(NEWEST)["articles"]["nodes"][0]["heroImage"] is not None
    CollectionViewRestriction.objects.create(
        collection=Collection.get_first_root_node(), restriction_type="login"
    )
    assert graphql.data(NEWEST)["articles"]["nodes"][0]["heroImage"] is None
