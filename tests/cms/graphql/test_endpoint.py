"""A reader's request goes through Django's handler and all of its middlewares."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.core.signals import request_finished, request_started

from tests.accelerators import switch
from tests.client import GraphQLClient

QUERY = "{ articles { nodes { title } } }"
MUTATION = "mutation { issueVoterToken { errors { code } } }"
ELSEWHERE = "https://elsewhere.example"

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.CORS_ALLOWED_ORIGINS = ["https://portal.example.vn"]


@pytest.fixture
def sent() -> Iterator[list[str]]:
    """The names of Django's signals about requests, as they are sent."""
    names: list[str] = []
    signals = {"started": request_started, "finished": request_finished}
    receivers = {name: lambda name=name, **_signal: names.append(name) for name in signals}
    for name, signal in signals.items():
        signal.connect(receivers[name])
    yield names
    for name, signal in signals.items():
        signal.disconnect(receivers[name])


def ask(graphql: GraphQLClient, query: str = QUERY, **environ: str):
    body = {"query": query}
    return graphql.http.post("/graphql/", body, content_type="application/json", **environ)


def test_each_request_begins_and_ends_for_whoever_listens(graphql: GraphQLClient, sent: list[str], settings):
    switch(settings, answer_cache=False)
    for _time in range(3):
        ask(graphql)
    assert sent == ["started", "finished"] * 3


def test_middlewares_add_their_headers_to_cached_answers_too(graphql: GraphQLClient, live: None):
    first, again = (ask(graphql, HTTP_ORIGIN="https://portal.example.vn") for _time in range(2))
    for response in (first, again):
        assert response["Access-Control-Allow-Origin"] == "https://portal.example.vn"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Length"] == str(len(response.content))
    assert again.content == first.content


@pytest.mark.parametrize("query", [QUERY, MUTATION])
def test_what_one_request_may_another_may_not(graphql: GraphQLClient, live: None, query: str):
    for _time in range(2):
        assert ask(graphql, query).status_code == 200
        assert ask(graphql, query, HTTP_HOST="elsewhere.example").status_code == 400
        assert "Access-Control-Allow-Origin" not in ask(graphql, query, HTTP_ORIGIN=ELSEWHERE)


def test_readers_are_given_no_cookie_and_no_answer_that_goes_by_one(graphql: GraphQLClient, settings):
    for _time in range(2):
        response = ask(graphql)
        assert not response.cookies
        assert "Cookie" not in response["Vary"]


def test_an_answer_to_somebody_who_is_logged_in_is_not_stored(graphql: GraphQLClient, settings: LazySettings):
    response = ask(graphql, HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=x")
    assert response["Cache-Control"] == "no-store"


def test_the_address_without_a_slash_answers_as_the_one_with_it(graphql: GraphQLClient):
    posted = graphql.http.post("/graphql", {"query": QUERY}, content_type="application/json")
    assert posted.status_code == 200
    assert posted.content == ask(graphql).content
    got = graphql.http.get("/graphql", {"query": QUERY})
    assert (got.status_code, got.content) == (200, posted.content)
    assert got["ETag"] == graphql.http.get("/graphql/", {"query": QUERY})["ETag"]
    voted = graphql.http.post("/graphql", {"query": MUTATION}, content_type="application/json")
    assert voted.json() == {
        "data": {"issueVoterToken": {"errors": []}},
        "extensions": voted.json()["extensions"],
    }


@pytest.mark.parametrize("path", ["/graphql", "/graphql/"])
def test_head_tells_what_get_would(graphql: GraphQLClient, path: str):
    got = graphql.http.get(path, {"query": QUERY})
    head = graphql.http.head(path, {"query": QUERY})
    assert (head.status_code, head.content) == (200, b"")
    for name in ("ETag", "Cache-Control", "Content-Type", "Vary", "Content-Length"):
        assert head[name] == got[name]
    again = graphql.http.head(path, {"query": QUERY}, headers={"if-none-match": got["ETag"]})
    assert again.status_code == 304


def test_head_sends_no_mutation(graphql: GraphQLClient):
    response = graphql.http.head("/graphql/", {"query": MUTATION})
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")
