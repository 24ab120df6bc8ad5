"""A portal in a second language: what it says of itself, its menus, its lists and its search."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Page

from articles.models import ArticlePage
from home.models import FooterItem, MenuItem, MenuSubitem, SiteSettings, SiteTranslation
from tests.client import GraphQLClient
from tests.factories.articles import CategoryFactory
from tests.factories.home import HomePageFactory, settings_of
from tests.factories.languages import in_english
from tests.factories.portal import ArticlePageFactory, list_of_articles

MENU = """query ($locale: String) { site {
  mainMenu(locale: $locale) { title url children { title url } } footerMenu(locale: $locale) { title } } }"""
SAID = """query ($locale: String) { site {
  name(locale: $locale) organization(locale: $locale) address(locale: $locale) copyright(locale: $locale) } }"""
LISTS = """query ($locale: String) {
  articles(locale: $locale) { totalCount nodes { title } }
  articleCategories { name articleCount(locale: $locale) } }"""


@pytest.fixture
def settings_row(db: None) -> SiteSettings:
    row = settings_of(HomePageFactory())
    SiteSettings.objects.filter(pk=row.pk).update(
        name="Cổng", organization="Ban", address="Phú Thọ", copyright="© Ban"
    )
    return row


@pytest.fixture
def news(settings_row: SiteSettings) -> tuple[ArticlePage, ArticlePage]:
    """An article and its translation, both in one category."""
    category = CategoryFactory(name="Đầu tư")
    article = ArticlePageFactory(title="Tin", slug="tin", category=category, summary="Khu vực")
    return article, in_english(article, title="Story", slug="story", summary="Khu vực")


def titles(found: dict[str, Any]) -> list[str]:
    return [each["title"] for each in found["nodes"]]


def test_a_site_says_in_another_language_what_was_written_in_it(graphql: GraphQLClient, settings_row):
    SiteTranslation.objects.create(settings=settings_row, language="en", name="Portal", organization="Board")
    first = {"name": "Cổng", "organization": "Ban", "address": "Phú Thọ", "copyright": "© Ban"}
    assert graphql.data(SAID)["site"] == first
    assert graphql.data(SAID, locale="vi")["site"] == first
    assert graphql.data(SAID, locale="en")["site"] == {**first, "name": "Portal", "organization": "Board"}


def test_a_menu_leads_to_translations_by_their_titles(graphql: GraphQLClient, settings_row, news):
    article, story = news
    only_vietnamese = ArticlePageFactory(title="Chỉ tiếng Việt")
    item = MenuItem.objects.create(settings=settings_row, page=article, title="Tin của ta")
    MenuSubitem.objects.create(item=item, page=list_of_articles())
    MenuSubitem.objects.create(item=item, page=only_vietnamese)
    MenuItem.objects.create(settings=settings_row, page=only_vietnamese)
    MenuItem.objects.create(settings=settings_row, page=story, title="Read this")
    MenuItem.objects.create(settings=settings_row, url="https://example.vn/", title="Nơi khác")
    FooterItem.objects.create(settings=settings_row, page=article)

    site = graphql.data(MENU, locale="en")["site"]
    assert site["mainMenu"] == [
        {
            "title": "Story",
            "url": "/en/news/story/",
            "children": [{"title": "News", "url": "/en/news/"}],
        },
        {"title": "Read this", "url": "/en/news/story/", "children": []},
    ]
    assert site["footerMenu"] == [{"title": "Story"}]
    vietnamese = graphql.data(MENU, locale="vi")["site"]["mainMenu"]
    assert [item["title"] for item in vietnamese] == ["Tin của ta", "Chỉ tiếng Việt", "Tin", "Nơi khác"]

    story.unpublish()
    assert graphql.data(MENU, locale="en")["site"] == {"mainMenu": [], "footerMenu": []}


def test_lists_and_their_counts_are_in_one_language_where_one_is_asked_for(graphql: GraphQLClient, news):
    both = {"totalCount": 2, "nodes": [{"title": "Story"}, {"title": "Tin"}]}
    assert sorted(titles(graphql.data(LISTS)["articles"])) == titles(both)
    assert graphql.data(LISTS, locale="en") == {
        "articles": {"totalCount": 1, "nodes": [{"title": "Story"}]},
        "articleCategories": [{"name": "Đầu tư", "articleCount": 1}],
    }
    assert titles(graphql.data(LISTS, locale="vi")["articles"]) == ["Tin"]
    assert graphql.data(LISTS, locale="xx")["articles"] == {"totalCount": 0, "nodes": []}


def test_related_articles_are_in_the_articles_language(graphql: GraphQLClient, news):
    article, story = news
    ArticlePageFactory(title="Tin khác", category=article.category)
    query = "query ($id: ID) { page(id: $id) { ... on ArticlePage { relatedArticles { title } } } }"
    related = {
        each.title: graphql.data(query, id=str(each.pk))["page"]["relatedArticles"]
        for each in (article, story)
    }
    assert related == {"Tin": [{"title": "Tin khác"}], "Story": []}


def test_a_search_finds_pages_of_one_language_where_one_is_asked_for(
    graphql: GraphQLClient, news, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for page in Page.objects.filter(pk__in=[each.pk for each in news]):
            page.specific.save_revision().publish()
    query = """query ($locale: String) { search(query: "khu vuc", locale: $locale) {
      totalCount nodes { title } facets { type count } pageInfo { endCursor } } }"""
    assert graphql.data(query)["search"]["totalCount"] == 2
    english = graphql.data(query, locale="en")["search"]
    assert (titles(english), english["facets"]) == (["Story"], [{"type": "ARTICLE", "count": 1}])
    again = """query ($after: String) { search(query: "khu vuc", after: $after) { totalCount } }"""
    graphql.errors(again, code="BAD_CURSOR", after=english["pageInfo"]["endCursor"])


def test_what_an_editor_chose_for_a_list_is_no_text_of_the_home_page(
    graphql: GraphQLClient, django_capture_on_commit_callbacks
):
    home = HomePageFactory()
    section = {"heading": "Bản tin", "kind": "featured", "limit": 3}
    home.sections = [{"type": "list", "value": section}]
    with django_capture_on_commit_callbacks(execute=True):
        home.save_revision().publish()
    found = graphql.data('{ search(query: "ban tin") { nodes { excerpt } } }')["search"]
    assert found["nodes"] == [{"excerpt": "<mark>Bản tin</mark>"}]
