"""An alias is its source at another address: found once, and indexed under the source's address."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from freezegun import freeze_time

from articles.models import ArticlePage
from tests.client import GraphQLClient
from tests.factories.portal import ArticlePageFactory

pytestmark = pytest.mark.django_db

PAGE = """query ($path: String!) { page(urlPath: $path) {
  title url seo { canonicalUrl } ... on ArticlePage { publishedAt firstPublishedAt } } }"""
SEARCH = '{ search(query: "goi dau tu") { totalCount edges { node { url } } } }'


@pytest.fixture
def article(db: None) -> ArticlePage:
    article = ArticlePageFactory(title="Mời gọi đầu tư", slug="moi-goi-dau-tu")
    with freeze_time("2026-01-11T01:00:00Z"):
        article.save_revision().publish()
    return ArticlePage.objects.get(pk=article.pk)


@pytest.fixture
def alias(article: ArticlePage) -> ArticlePage:
    return article.create_alias(update_slug="o-noi-khac")


def test_it_is_indexed_under_the_address_of_its_source(graphql: GraphQLClient, article, alias):
    source = graphql.data(PAGE, path="/tin-tuc/moi-goi-dau-tu/")["page"]
    found = graphql.data(PAGE, path="/tin-tuc/o-noi-khac/")["page"]
    assert found["url"] == "/tin-tuc/o-noi-khac/"
    assert found["seo"] == source["seo"]
    assert source["seo"]["canonicalUrl"].endswith("/tin-tuc/moi-goi-dau-tu/")


def test_it_has_the_dates_of_its_source(graphql: GraphQLClient, article, alias):
    with freeze_time("2026-01-20T01:00:00Z"):
        article.save_revision().publish()
    source = graphql.data(PAGE, path="/tin-tuc/moi-goi-dau-tu/")["page"]
    found = graphql.data(PAGE, path="/tin-tuc/o-noi-khac/")["page"]
    assert source["firstPublishedAt"] == "2026-01-11T01:00:00Z"
    names = ("publishedAt", "firstPublishedAt")
    assert [found[name] for name in names] == [source[name] for name in names]


def test_it_keeps_its_own_address_where_its_source_is_hidden(graphql: GraphQLClient, article, alias):
    ArticlePage.objects.filter(pk=article.pk).update(live=False)
    found = graphql.data(PAGE, path="/tin-tuc/o-noi-khac/")["page"]
    assert found["seo"]["canonicalUrl"].endswith("/tin-tuc/o-noi-khac/")


def test_it_is_found_once(graphql: GraphQLClient, article, alias):
    call_command("reindex_search", verbosity=0)
    assert graphql.data(SEARCH)["search"] == {
        "totalCount": 1,
        "edges": [{"node": {"url": "/tin-tuc/moi-goi-dau-tu/"}}],
    }
