"""Objects are asked for again by their `nodeId`, as Relay's clients do it, and by it no more is shown than otherwise."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from graphql_relay import to_global_id

from cms.graphql.wagtail.build import schema
from polls.casting.voters import new_voter
from tests.accelerators import switch
from tests.client import GraphQLClient
from tests.drafts import token_of
from tests.factories.articles import CategoryFactory, LegalDocumentFactory
from tests.factories.home import HomePageFactory
from tests.factories.media import DocumentFactory, ImageFactory, private_collection
from tests.factories.people import person
from tests.factories.polls import PollFactory, vote
from tests.factories.portal import ArticlePageFactory, CampaignPageFactory

NODE = "query($id: ID!) { node(id: $id) { __typename nodeId } }"
ALL = """{ site { ...N } pages { ...N } images { ...N } documents { ...N } collections { ...N } tags { ...N }
  snippets { ...N } polls { nodes { ...N } } articleCategories { ...N } }
fragment N on Node { __typename nodeId }"""


def test_every_object_with_a_node_id_is_found_again(graphql: GraphQLClient):
    campaign = CampaignPageFactory(hero_image=ImageFactory())
    ArticlePageFactory(campaign=campaign, category=CategoryFactory(), tags=["Chung"])
    LegalDocumentFactory(document=DocumentFactory())
    PollFactory()
    shown: dict[str, dict] = {}
    for found in graphql.data(ALL).values():
        rows = found.get("nodes", [found]) if isinstance(found, dict) else found
        shown |= {each["__typename"]: each for each in rows}
    types = {
        each.name for each in schema.graphql_schema.get_possible_types(schema.graphql_schema.type_map["Node"])
    }
    assert types - shown.keys() == {"Page", "ZonePage", "ZoneMapPage", "Industry"}  # there are none here
    for each in shown.values():
        assert graphql.data(NODE, id=each["nodeId"]) == {"node": each}


def test_a_node_is_read_as_the_root_field_of_its_type_reads_it(graphql: GraphQLClient, countable, settings):
    switch(settings, answer_cache=False)
    campaign = CampaignPageFactory()
    campaign.targets.create(label="Hộ", baseline=0, goal=1, current=0)
    campaign.save()
    below = "{ id nodeId ... on CampaignPage { title targets { id label } } }"
    by_id = f"query($id: ID!) {{ page(id: $id) {below} }}"
    by_node_id = f"query($id: ID!) {{ node(id: $id) {{ ... on PageInterface {below} }} }}"
    graphql.data(by_id, id=campaign.pk)  # what is closed is read once
    with CaptureQueriesContext(connection) as first:
        page = graphql.data(by_id, id=campaign.pk)["page"]
    with CaptureQueriesContext(connection) as second:
        assert graphql.data(by_node_id, id=page["nodeId"])["node"] == page
    assert page["targets"][0]["label"] == "Hộ"
    assert len(second) <= len(first)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "x",
        "12",
        "é",
        "%%%",
        *(to_global_id(*each) for each in [("Target", 1), ("Query", 1), ("Poll", "x"), ("", "")]),
    ],
)
def test_what_is_no_node_id_is_an_error(graphql: GraphQLClient, wrong: str):
    [error] = graphql.errors(NODE, id=wrong, code="BAD_ID")
    assert error["path"] == ["node"]


def test_what_is_not_public_is_no_node(graphql: GraphQLClient):
    draft = ArticlePageFactory(live=False, tags=["Kín"])
    hidden = [
        draft,
        draft.tags.get(),
        PollFactory(live=False),
        ImageFactory(collection=private_collection()),
        DocumentFactory(collection=private_collection("Khác")),
    ]
    for each in hidden:
        assert graphql.data(NODE, id=to_global_id(type(each).__name__, each.pk)) == {"node": None}


def test_a_page_is_no_node_under_the_name_of_another_type(graphql: GraphQLClient):
    page = ArticlePageFactory()
    assert graphql.data(NODE, id=to_global_id("Page", page.pk)) == {"node": None}
    assert graphql.data(NODE, id=to_global_id("CampaignPage", page.pk)) == {"node": None}


def test_a_draft_is_no_node(graphql: GraphQLClient):
    page = ArticlePageFactory()
    token = token_of(page, person("superuser"))
    preview = 'query($token: String!) { page(contentType: "articles.ArticlePage", token: $token) { nodeId } }'
    drafted = graphql.data(preview, token=token)["page"]["nodeId"]
    assert drafted == to_global_id("ArticlePage", f"draft.{page.pk}")
    assert graphql.data(NODE, id=drafted) == {"node": None}


def test_a_voter_reads_the_result_again_and_nobody_else(graphql: GraphQLClient):
    poll, voter = PollFactory(results_visibility="after_vote"), new_voter()
    vote(poll, 0, voter=voter)
    query = "query($id: ID!) { node(id: $id) { ... on Poll { totalVotes } } }"
    identity = to_global_id("Poll", poll.pk)
    asked = GraphQLClient()
    asked.http.cookies["voter"] = voter.token
    assert asked.data(query, id=identity) == {"node": {"totalVotes": 1}}
    assert graphql.data(query, id=identity) == {"node": {"totalVotes": None}}


def test_a_site_is_found_by_its_node_id(graphql: GraphQLClient):
    HomePageFactory()
    found = graphql.data("{ site { nodeId hostname } }")["site"]
    query = "query($id: ID!) { node(id: $id) { nodeId ... on Site { hostname } } }"
    assert graphql.data(query, id=found["nodeId"]) == {"node": found}
