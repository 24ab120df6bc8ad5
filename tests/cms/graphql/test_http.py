"""Answers as HTTP carries them."""

from __future__ import annotations

import json

import pytest

from tests.client import GraphQLClient
from tests.factories.home import HomePageFactory
from tests.factories.portal import ArticlePageFactory

pytestmark = pytest.mark.one_database


def test_an_answer_sets_no_cookie_and_does_not_vary_by_one(graphql: GraphQLClient):
    HomePageFactory()
    response = graphql.post("{ site { hostname } }")
    assert response.status_code == 200
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")


def test_text_is_utf8_and_not_escaped(graphql: GraphQLClient):
    ArticlePageFactory(title="Vì người nghèo")
    response = graphql.post("{ articles { nodes { title } } }")
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert "Vì người nghèo".encode() in response.content


def test_a_query_can_be_sent_by_get(graphql: GraphQLClient):
    HomePageFactory()
    query = "query($slug: String) { page(slug: $slug) { title } }"
    response = graphql.http.get("/graphql/", {"query": query, "variables": json.dumps({"slug": "trang-chu"})})
    assert response.json()["data"] == {"page": {"title": "Trang chủ"}}


def test_bad_variables_in_an_address_are_refused(graphql: GraphQLClient):
    response = graphql.http.get("/graphql/", {"query": "{ site { hostname } }", "variables": "{"})
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_JSON")


def test_an_answer_with_errors_is_not_stored_by_caches(graphql: GraphQLClient):
    assert graphql.post('{ page(id: "x") { id } }')["Cache-Control"] == "no-store"
    assert graphql.post("{ nope }")["Cache-Control"] == "no-store"


def test_a_mutation_is_not_stored_by_caches(graphql: GraphQLClient):
    assert graphql.post("mutation { issueVoterToken { voterToken } }")["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_graphiql_is_served_from_our_own_files(client):
    page = client.get("/graphiql/").content.decode()
    assert "graphql/vendor/graphiql.min.js" in page
    assert "http://" not in page
    assert "https://" not in page
