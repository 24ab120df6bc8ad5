"""Each client gets an answer in a media type that it reads, and with the status that belongs to it."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse

from articles.models import ArticlePage
from cms.graphql.http.content_negotiation import GRAPHQL, JSON, LONGEST_KEPT, negotiate
from tests.client import GraphQLClient
from tests.factories.portal import ArticlePageFactory

pytestmark = pytest.mark.one_database

LIST = "{ articles { nodes { title } } }"


@pytest.fixture
def article(db: None) -> ArticlePage:
    return ArticlePageFactory(title="Tin")


def post(graphql: GraphQLClient, accept: str, query: str = LIST, **body: Any) -> HttpResponse:
    return graphql.http.post(
        "/graphql/",
        {"query": query, **body},
        content_type="application/json",
        headers={"accept": accept},
    )


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/json", JSON),
        ("application/json, text/plain, */*", JSON),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", JSON),
        ("application/graphql-response+json", GRAPHQL),
        ("Application/GraphQL-Response+JSON; charset=UTF-8", GRAPHQL),
        ("application/graphql-response+json, application/json;q=0.9", GRAPHQL),
        ("application/graphql-response+json;q=0.5, application/json", JSON),
        ("application/json, application/graphql-response+json", GRAPHQL),
        ("application/graphql-response+json, */*", GRAPHQL),
        ("application/json;q=0, */*", GRAPHQL),
        ("application/json;q=0", ""),
        ("application/json; charset=utf-16", ""),
        ("text/html", ""),
        ("text/event-stream, multipart/mixed", ""),
        ("json", ""),
        (",;=,", ""),
        ("text/html, " * LONGEST_KEPT + "application/graphql-response+json", GRAPHQL),
    ],
)
def test_the_media_type_is_the_one_that_is_asked_for(accept: str, media_type: str):
    assert negotiate(accept) == media_type


@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
def test_an_answer_has_its_media_type_however_it_is_made(graphql, article, accept):
    for other in (JSON, GRAPHQL, accept, accept):
        response = post(graphql, other)
        assert (response.status_code, response["Content-Type"]) == (200, f"{other}; charset=utf-8")
        assert "Accept" in response["Vary"].split(", ")


def test_a_kept_answer_is_given_to_each_client_in_its_media_type(graphql, article):
    for accept in (JSON, GRAPHQL, "*/*", JSON, GRAPHQL, "*/*"):
        response = post(graphql, accept)
        expected = GRAPHQL if accept == GRAPHQL else JSON
        assert (response.status_code, response["Content-Type"]) == (200, f"{expected}; charset=utf-8")
        assert response.json()["data"] == {"articles": {"nodes": [{"title": "Tin"}]}}


def test_entity_tags_of_the_media_types_differ(graphql, article):
    def get(**headers: str) -> HttpResponse:
        return graphql.http.get("/graphql/", {"query": LIST}, headers=headers)

    legacy, modern = get(accept=JSON), get(accept=GRAPHQL)
    assert legacy["ETag"] != modern["ETag"]
    assert get(accept=GRAPHQL, **{"if-none-match": legacy["ETag"]}).status_code == 200
    assert get(accept=GRAPHQL, **{"if-none-match": modern["ETag"]}).status_code == 304


@pytest.mark.parametrize(("accept", "status"), [(JSON, 200), ("*/*", 200), (GRAPHQL, 400)])
@pytest.mark.parametrize(
    "body",
    [
        {"query": "{"},
        {"query": "{ nope }"},
        {"query": "query($id: ID!) { page(id: $id) { id } }", "variables": {"id": None}},
        {"query": "{ articles { totalCount } }", "operationName": "Other"},
    ],
    ids=["syntax", "validation", "variables", "operation"],
)
def test_a_request_error_is_400_only_for_who_reads_it(graphql, accept, status, body):
    response = post(graphql, accept, **body)
    assert response.status_code == status
    assert "data" not in response.json()
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
@pytest.mark.parametrize("body", [b"{", b"[]", b'{"query": 7}', b"{}", b'{"query": "{a}", "variables": 1}'])
def test_what_is_no_request_is_400_for_everybody(graphql, accept, body):
    response = graphql.http.post(
        "/graphql/", body, content_type="application/json", headers={"accept": accept}
    )
    assert (response.status_code, response["Content-Type"]) == (400, f"{accept}; charset=utf-8")


@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
def test_a_field_that_fails_beside_others_is_200(graphql, accept):
    response = post(graphql, accept, '{ page(id: "x") { id } articles { totalCount } }')
    assert response.status_code == 200
    assert response.json()["data"] == {"page": None, "articles": {"totalCount": 0}}


def test_who_takes_neither_is_told_so_and_nothing_is_executed(graphql, article):
    post(graphql, "application/json")
    for method in (graphql.http.get, graphql.http.post):
        response = method("/graphql/", {"query": LIST}, headers={"accept": "text/html"})
        assert response.status_code == 406
        assert response["Content-Type"] == "application/json; charset=utf-8"
        assert response.json()["errors"][0]["extensions"]["code"] == "NOT_ACCEPTABLE"
