"""Pages of which sites may read the endpoint's answers, and send it mutations."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from django.http import HttpResponse

from polls.models import Ballot
from tests.client import GraphQLClient
from tests.factories.polls import PollFactory

pytestmark = pytest.mark.one_database

PORTAL = "https://portal.example.vn"
OTHER = "https://evil.example"
QUERY = "{ articles { totalCount } }"
VOTE = "mutation($input: CastVoteInput!) { castVote(input: $input) { receipt errors { code } } }"


@pytest.fixture(autouse=True)
def listed(settings: LazySettings) -> None:
    settings.CORS_ALLOWED_ORIGINS = [PORTAL]


def cors(response: HttpResponse) -> dict[str, str]:
    return {name.lower(): value for name, value in response.items() if name.lower().startswith("access-")}


def preflight(graphql: GraphQLClient, origin: str, path: str = "/graphql/") -> HttpResponse:
    asked = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    return graphql.http.options(path, headers={"origin": origin, **asked})


def vote(graphql: GraphQLClient, poll: Any, **headers: str) -> HttpResponse:
    variables = {"input": {"pollId": str(poll.pk), "optionIds": [str(poll.options.first().pk)]}}
    return graphql.http.post(
        "/graphql/",
        {"query": VOTE, "variables": variables},
        content_type="application/json",
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )


def test_a_listed_origin_may_ask_and_need_not_ask_again_for_a_while(graphql):
    response = preflight(graphql, PORTAL)
    assert response.status_code == 200
    assert cors(response) == {
        "access-control-allow-origin": PORTAL,
        "access-control-allow-credentials": "true",
        "access-control-expose-headers": "etag, ratelimit, ratelimit-policy, retry-after, x-request-id",
        "access-control-allow-headers": "accept, accept-language, content-type, if-none-match, authorization, "
        "apollo-require-preflight, apollographql-client-name, apollographql-client-version, x-requested-with, baggage, "
        "sentry-trace, traceparent, tracestate",
        "access-control-allow-methods": "GET, POST",
        "access-control-max-age": "86400",
    }
    assert response["Vary"] == "origin"


@pytest.mark.parametrize(
    "origin",
    [OTHER, "null", "http://portal.example.vn", f"{PORTAL}:8443", f"{PORTAL}.evil.example", "https://[", "*"],
)
def test_other_origins_get_no_headers(graphql, origin):
    assert cors(preflight(graphql, origin)) == {}
    response = graphql.http.get("/graphql/", {"query": QUERY}, headers={"origin": origin})
    assert (response.status_code, cors(response)) == (200, {})


def test_an_answer_says_that_it_differs_by_origin_whoever_asks(graphql):
    for headers in ({}, {"origin": PORTAL}, {"origin": OTHER}):
        response = graphql.http.get("/graphql/", {"query": QUERY}, headers=headers)
        assert response["Vary"] == "Accept, Accept-Encoding, Accept-Language, Origin"
        assert graphql.http.get("/graphql/", {"query": "{"}, headers=headers)["Vary"] == response["Vary"]


def test_kept_answers_do_not_mix_origins(graphql):
    for _time in range(2):
        for origin, allowed in ((PORTAL, PORTAL), (OTHER, None), ("null", None)):
            response = graphql.http.get("/graphql/", {"query": QUERY}, headers={"origin": origin})
            assert response.headers.get("access-control-allow-origin") == allowed
            assert response["Vary"] == "Accept, Accept-Encoding, Accept-Language, Origin"
        assert "access-control-allow-origin" not in graphql.post(QUERY)


def test_the_address_without_a_slash_is_the_same_to_other_sites(graphql):
    assert cors(preflight(graphql, PORTAL, "/graphql")) == cors(preflight(graphql, PORTAL))
    response = graphql.http.get("/graphql", {"query": QUERY}, headers={"origin": PORTAL})
    assert response["Access-Control-Allow-Origin"] == PORTAL


@pytest.mark.parametrize(
    "path", ["/admin/login/", "/graphiql/", "/healthz", "/documents/1/a.pdf", "/graphql/x"]
)
def test_only_the_endpoint_is_for_other_sites(graphql, path):
    assert cors(graphql.http.get(path, headers={"origin": PORTAL})) == {}
    assert cors(preflight(graphql, PORTAL, path)) == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": OTHER},
        {"origin": "null"},
        {"origin": ""},
        {"origin": PORTAL + "/"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": OTHER, "sec_fetch_site": "same-origin"},
    ],
)
def test_a_page_of_another_site_casts_no_vote(graphql, headers):
    poll = PollFactory()
    response = vote(graphql, poll, **headers)
    assert response.status_code == 403
    assert response.json()["errors"][0]["extensions"]["code"] == "ORIGIN_NOT_ALLOWED"
    assert not response.cookies
    assert Ballot.objects.count() == 0


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": PORTAL, "sec_fetch_site": "cross-site"},
        {"origin": "http://testserver", "sec_fetch_site": "same-origin"},
        {"origin": "http://127.0.0.1:8000"},
        {"sec_fetch_site": "none"},
    ],
)
def test_our_pages_and_programs_may_vote(graphql, headers):
    poll = PollFactory()
    response = vote(graphql, poll, **headers)
    assert response.json()["data"]["castVote"]["errors"] == []
    assert Ballot.objects.count() == 1


def test_a_page_of_another_site_that_brings_the_voters_cookie_is_refused(graphql):
    first, second = PollFactory(), PollFactory()
    assert "voter" in vote(graphql, first, origin=PORTAL).cookies
    assert vote(graphql, second, origin=OTHER).status_code == 403
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize(
    "query",
    [QUERY, "{ nope }", "{", '{ page(id: "x") { id } }', "mutation { issueVoterToken { voterToken } }"],
)
def test_nothing_but_a_vote_sets_a_cookie(graphql, query):
    response = graphql.post(query)
    assert not response.cookies
    assert "Cookie" not in response["Vary"]
