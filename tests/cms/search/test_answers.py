"""What the search box is told of each result, and of all of them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.accelerators import switch
from tests.cms.search.conftest import index
from tests.factories.articles import moment
from tests.factories.home import HomePageFactory
from tests.factories.polls import PollFactory
from tests.factories.portal import CampaignPageFactory
from tests.factories.zones import ZonePageFactory

pytestmark = pytest.mark.usefixtures("countable")


@pytest.fixture
def portal(article) -> None:
    """One of each kind that holds the word "tin", and another article."""
    HomePageFactory()
    article("Tin nghèo", "Phong trào vì người nghèo.", slug="tin-ngheo", published_at=moment(3))
    article("Tin hai", published_at=moment(2))
    for page in (CampaignPageFactory(title="Tin phong trào"), ZonePageFactory(title="Tin khu")):
        index(page)
    index(PollFactory(question="Tin nào?", texts=("Có", "Không")))


def test_the_clients_operation_is_answered(portal, graphql):
    answer = graphql.operation("search", "Search", query="tin ngheo")["search"]
    assert answer == {
        "totalCount": 1,
        "edges": [
            {
                "node": {
                    "type": "ARTICLE",
                    "title": "Tin nghèo",
                    "url": "/tin-tuc/tin-ngheo/",
                    "publishedAt": "2026-01-03T00:00:00Z",
                    "excerpt": "Phong trào vì người <mark>nghèo</mark>.",
                }
            }
        ],
        "facets": [{"type": "ARTICLE", "count": 1}],
        "suggestion": None,
        "pageInfo": {"hasNextPage": False, "endCursor": answer["pageInfo"]["endCursor"]},
    }


def test_facets_count_every_kind_whatever_is_asked_for(portal, graphql):
    query = 'query ($types: [SearchType!]) { search(query: "tin", types: $types) { totalCount facets { type count } } }'
    facets = [
        {"type": "ARTICLE", "count": 2},
        {"type": "CAMPAIGN", "count": 1},
        {"type": "POLL", "count": 1},
        {"type": "ZONE", "count": 1},
    ]
    counted = {
        types: graphql.data(query, types=list(types) or None)["search"]
        for types in [(), ("ARTICLE",), ("POLL", "ZONE"), ("HOME",)]
    }
    assert [answer["facets"] for answer in counted.values()] == [facets] * 4
    assert [answer["totalCount"] for answer in counted.values()] == [5, 2, 2, 0]


def test_a_kind_that_is_none_is_refused(graphql):
    graphql.errors('{ search(query: "tin", types: [USER]) { totalCount } }', code="GRAPHQL_VALIDATION_FAILED")


def test_a_poll_has_no_address_and_no_page(portal, graphql):
    query = '{ search(query: "tin nao", types: [POLL]) { nodes { type title url excerpt page { title } objectId } } }'
    [poll] = graphql.data(query)["search"]["nodes"]
    assert poll == {
        "type": "POLL",
        "title": "Tin nào?",
        "url": None,
        "excerpt": "Có Không",
        "page": None,
        "objectId": poll["objectId"],
    }


def test_results_lead_to_their_pages(portal, graphql):
    query = """{ search(query: "tin", types: [ARTICLE, ZONE]) { nodes { page { __typename url
      ... on ZonePage { areaHa } } } } }"""
    pages = [node["page"] for node in graphql.data(query)["search"]["nodes"]]
    assert sorted(page["__typename"] for page in pages) == ["ArticlePage", "ArticlePage", "ZonePage"]
    assert next(page["areaHa"] for page in pages if "areaHa" in page) == 100


def statements(graphql, selection: str, settings) -> list[str]:
    switch(settings, answer_cache=False)
    query = f'{{ search(query: "tin") {{ {selection} }} }}'
    graphql.post(query)
    with CaptureQueriesContext(connection) as captured:
        assert "errors" not in graphql.post(query).json()
    return [each["sql"] for each in captured if "cms_search_searchentry" in each["sql"]]


def test_what_is_not_asked_for_costs_no_statement(portal, graphql, settings):
    assert len(statements(graphql, "nodes { title }", settings)) == 1
    assert len(statements(graphql, "totalCount facets { count }", settings)) == 1
    assert len(statements(graphql, "nodes { title } totalCount facets { count } suggestion", settings)) == 2


def test_texts_are_read_only_for_excerpts(portal, graphql, settings):
    [titles] = statements(graphql, "nodes { title }", settings)
    [excerpts] = statements(graphql, "nodes { excerpt }", settings)
    assert ('"cms_search_searchentry"."text"' in titles, '"cms_search_searchentry"."text"' in excerpts) == (
        False,
        True,
    )
