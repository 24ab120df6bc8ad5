"""The operations of the reference frontend, by the ids that it sends, on the demonstration's content."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cms.graphql.operation.manifest import FILE
from tests.client import GraphQLClient

pytestmark = pytest.mark.usefixtures("demo")
OPERATIONS = {each["name"]: each for each in json.loads(FILE.read_text())["operations"]}
ADDRESSES = {
    "/": "HomePage",
    "/tin-tuc/": "ArticleIndexPage",
    "/tin-tuc/phu-tho-trien-khai-phong-trao-vi-nguoi-ngheo/": "ArticlePage",
    "/phong-trao-thi-dua/": "CampaignIndexPage",
    "/phong-trao-thi-dua/vi-nguoi-ngheo/": "CampaignPage",
    "/cac-khu-cong-nghiep/": "ZoneMapPage",
    "/cac-khu-cong-nghiep/thuy-van/": "ZonePage",
}


def known(graphql: GraphQLClient, name: str, **variables: Any) -> dict[str, Any]:
    """The data of an operation that is asked for as the frontend asks: by GET, with its id."""
    query = {"documentId": OPERATIONS[name]["id"], "variables": json.dumps(variables)}
    answer = graphql.http.get("/graphql/", query).json()
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


@pytest.mark.parametrize(("address", "kind"), ADDRESSES.items())
def test_one_operation_reads_a_page_of_any_type(graphql: GraphQLClient, address: str, kind: str):
    page = known(graphql, "PortalPage", urlPath=address)["page"]
    assert (page["__typename"], page["url"]) == (kind, address)
    assert page == graphql.data(OPERATIONS["PortalPage"]["body"], urlPath=address)["page"]


def test_a_page_costs_a_third_of_what_an_operation_may(graphql: GraphQLClient):
    answer = graphql.post(OPERATIONS["PortalPage"]["body"], urlPath="/").json()
    assert answer["extensions"]["cost"] == {"requestedQueryCost": 5467, "maximumAvailable": 20000}


def test_what_surrounds_every_page(graphql: GraphQLClient):
    site = known(graphql, "PortalChrome", locale="vi")["site"]
    assert (site["hotline"], len(site["mainMenu"])) == ("0210.3843021", 8)
    side = known(graphql, "PortalSide", locale="vi")
    assert sorted(each["__typename"] for each in side["landings"]) == [
        "ArticleIndexPage",
        "CampaignIndexPage",
        "ZoneMapPage",
    ]
    assert len(side["zones"]["nodes"]) == 7
    assert [poll["state"] for poll in side["polls"]["nodes"]] == ["OPEN"]


def test_pages_of_the_list_follow_each_other_both_ways(graphql: GraphQLClient):
    first = known(graphql, "PortalArticles", locale="vi", first=12)["articles"]
    second = known(graphql, "PortalArticles", locale="vi", first=12, after=first["pageInfo"]["endCursor"])[
        "articles"
    ]
    back = known(graphql, "PortalArticles", locale="vi", last=12, before=second["pageInfo"]["startCursor"])[
        "articles"
    ]
    assert back["nodes"] == first["nodes"]
    assert (second["pageInfo"]["hasPreviousPage"], back["pageInfo"]["hasPreviousPage"]) == (True, False)


def test_filters_search_and_feed(graphql: GraphQLClient):
    filters = known(graphql, "PortalArticleFilters", locale="vi")
    assert filters["oldest"]["nodes"][0]["publishedAt"] < filters["newest"]["nodes"][0]["publishedAt"]
    year = {"publishedFrom": "2022-01-01", "publishedTo": "2022-12-31"}
    found = known(graphql, "PortalArticles", locale="vi", first=12, filter=year)["articles"]
    assert {node["publishedAt"][:4] for node in found["nodes"]} == {"2022"}
    results = known(graphql, "PortalSearch", locale="vi", query="vi nguoi ngheo")["search"]["edges"]
    assert results[0]["node"]["type"] == "CAMPAIGN"
    assert len(known(graphql, "PortalFeed", locale="vi")["articles"]["nodes"]) == 30


def test_a_draft_is_asked_for_with_the_fields_of_its_page():
    parts = [OPERATIONS[name]["body"].split("\n\n", 1)[1] for name in ("PortalPage", "PortalPreview")]
    assert parts[0] == parts[1]
