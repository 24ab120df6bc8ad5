"""Statements that PostgreSQL keeps planned: the answers are the same, also when it has forgotten them."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.accelerators import switch
from tests.client import GraphQLClient
from tests.factories.home import HomePageFactory, settings_of
from tests.factories.portal import ArticlePageFactory

QUERIES = [
    "{ articles(first: 5) { totalCount nodes { title publishedAt category { name } tags campaign { title } } } }",
    '{ page(urlPath: "/tin-tuc/bai/") { title breadcrumbs { title } ... on ArticlePage { relatedArticles { title } } } }',
    "{ site { name mainMenu { title } } visitStatistics { today } polls(filter: { state: OPEN }) { nodes { question } } }",
]


@pytest.fixture
def portal(tree: None, settings: LazySettings) -> None:
    settings_of(HomePageFactory())
    ArticlePageFactory(title="Bài", slug="bai").tags.add("thẻ")
    switch(settings, answer_cache=False, prepared_statements=False)


@pytest.mark.parametrize("query", QUERIES)
def test_kept_plans_give_the_same_answers(graphql: GraphQLClient, portal, settings: LazySettings, query: str):
    plain = graphql.post(query).json()
    switch(settings, prepared_statements=True)
    assert [graphql.post(query).json() for _each in range(5)] == [plain] * 5
    with CaptureQueriesContext(connection) as captured:
        graphql.post(query)
    executed = [each["sql"] for each in captured if each["sql"].startswith("EXECUTE")]
    assert bool(executed) is (connection.vendor == "postgresql")


def test_plans_that_are_gone_are_made_again(graphql: GraphQLClient, portal, settings: LazySettings):
    plain = graphql.post(QUERIES[0]).json()
    switch(settings, prepared_statements=True)
    for _each in range(4):
        graphql.post(QUERIES[0])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DEALLOCATE ALL")
    assert [graphql.post(QUERIES[0]).json() for _each in range(3)] == [plain] * 3
