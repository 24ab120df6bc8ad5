"""Pages are found by their whole address, and by nothing less."""

from __future__ import annotations

import pytest
from django.test import override_settings
from wagtail.models import Locale, Page, Site

from home.models import HomePage
from tests.client import GraphQLClient
from tests.factories.home import HomePageFactory
from tests.factories.portal import ArticlePageFactory, list_of_articles

BY_PATH = "query($path: String!) { page(urlPath: $path) { title url urlPath } }"


def test_a_page_is_found_by_its_path_within_the_site(graphql: GraphQLClient):
    ArticlePageFactory(slug="bai-mot", title="Bài một")
    expected = {"title": "Bài một", "url": "/tin-tuc/bai-mot/", "urlPath": "/tin-tuc/bai-mot/"}
    for path in ("/tin-tuc/bai-mot/", "/tin-tuc/bai-mot", "tin-tuc/bai-mot/"):
        assert graphql.data(BY_PATH, path=path)["page"] == expected


@pytest.mark.parametrize(
    "path", ["/bai-mot/", "bai-mot", "/trang-chu/tin-tuc/bai-mot/", "/%/bai-mot/", "//", "/TIN-TUC/"]
)
def test_part_of_a_path_finds_nothing(graphql: GraphQLClient, path: str):
    ArticlePageFactory(slug="bai-mot")
    found = graphql.data(BY_PATH, path=path)["page"]
    assert found is None or found["url"] == "/"


def test_the_home_page_is_at_the_root(graphql: GraphQLClient):
    HomePageFactory()
    assert graphql.data(BY_PATH, path="/")["page"]["title"] == "Trang chủ"


def test_a_slug_of_one_page_finds_it(graphql: GraphQLClient):
    ArticlePageFactory(slug="mot-minh", title="Một mình")
    assert graphql.data('{ page(slug: "mot-minh") { title } }')["page"] == {"title": "Một mình"}


def test_a_slug_of_two_pages_is_an_error_that_says_what_to_ask_instead(graphql: GraphQLClient):
    for number in (1, 2):
        index = list_of_articles(f"muc-{number}")
        ArticlePageFactory(slug="trung", parent=index)
    errors = graphql.errors('{ page(slug: "trung") { title } }', code="AMBIGUOUS_SLUG")
    assert (
        errors[0]["message"] == "More than one page has the slug 'trung'; ask by `urlPath`, or add `locale`."
    )


def test_a_draft_does_not_make_a_slug_ambiguous(graphql: GraphQLClient):
    ArticlePageFactory(slug="trung", title="Công khai", parent=list_of_articles("muc-1"))
    ArticlePageFactory(slug="trung", live=False, parent=list_of_articles("muc-2"))
    assert graphql.data('{ page(slug: "trung") { title } }')["page"] == {"title": "Công khai"}


@pytest.fixture
def english(db: None) -> HomePage:
    home = HomePageFactory()
    locale = Locale.objects.get_or_create(language_code="en")[0]
    page = home.copy_for_translation(locale)
    page.title, page.slug = "Home", "home-en"
    page.save_revision().publish()
    return page


def test_another_language_has_a_prefix(graphql: GraphQLClient, english: HomePage):
    assert graphql.data(BY_PATH, path="/en/")["page"] == {"title": "Home", "url": "/en/", "urlPath": "/en/"}


def test_translations_lead_to_each_other(graphql: GraphQLClient, english: HomePage):
    answer = graphql.operation("routing", "Translations", urlPath="/")
    assert answer["page"] == {
        "locale": {"code": "vi", "name": "Tiếng Việt"},
        "translations": [{"title": "Home", "url": "/en/", "locale": {"code": "en", "name": "English"}}],
    }


def test_locale_chooses_among_pages_of_one_slug(graphql: GraphQLClient, english: HomePage):
    query = 'query($locale: String) { pages(contentType: "home.HomePage", locale: $locale) { title } }'
    assert graphql.data(query, locale="en")["pages"] == [{"title": "Home"}]


def test_a_page_of_another_site_has_a_whole_address(graphql: GraphQLClient):
    HomePageFactory()
    other = Page.get_first_root_node().add_child(instance=HomePage(title="Khác", slug="khac"))
    Site.objects.create(hostname="khac.example", port=443, root_page=other)
    found = graphql.data('{ page(slug: "khac") { url } }')["page"]
    assert found == {"url": "https://khac.example/"}
    assert graphql.data('{ page(urlPath: "/", site: "khac.example") { title } }')["page"] == {"title": "Khác"}


def test_an_unknown_site_is_a_typed_error(graphql: GraphQLClient):
    graphql.errors('{ pages(site: "nirgends.example") { id } }', code="UNKNOWN_SITE")


@override_settings(FRONTEND_URL="https://www.example.vn")
def test_the_canonical_address_is_at_the_frontend(graphql: GraphQLClient):
    ArticlePageFactory(slug="bai-mot")
    found = graphql.data('{ page(urlPath: "/tin-tuc/bai-mot") { seo { canonicalUrl } } }')["page"]
    assert found["seo"] == {"canonicalUrl": "https://www.example.vn/tin-tuc/bai-mot/"}
