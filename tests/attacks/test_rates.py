"""How often one client may ask, by kind of request, over all processes."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from freezegun import freeze_time

from cms.operations.models import RateCount
from cms.operations.rate_limiter import RateLimiter, rate_limiter
from settings.environment import Environment
from tests.accelerators import switch
from tests.client import GraphQLClient
from tests.factories.home import HomePageFactory
from tests.factories.polls import PollFactory
from tests.factories.portal import ArticlePageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("limited")]
SITE = "{ __typename }"
VISIT = 'mutation { recordVisit(input: { path: "/" }) { statistics { today } } }'
TOKEN = "mutation { issueVoterToken { voterToken } }"
PREVIEW = 'query($token: String) { page(contentType: "home.HomePage", token: $token) { title } }'


@pytest.fixture
def limited(settings):
    settings.CMS_RATE_LIMITS = dict.fromkeys(("read", "preview", "vote", "visit", "write"), (3, 60))
    settings.CMS_RATE_EXEMPT = []
    switch(settings, answer_cache=False)
    if settings.REDIS_URL:
        cache.clear()
    rate_limiter.clear()
    # Redis goes by the real clock, and forgets at once what is over.
    with freeze_time("2096-11-24 08:00:10", tick=False):
        yield
    rate_limiter.clear()


def statuses(
    graphql: GraphQLClient, query: str, times: int, *, address: str = "203.0.113.7", **variables
) -> list[int]:
    graphql.http.defaults["REMOTE_ADDR"] = address
    return [graphql.post(query, **variables).status_code for _each in range(times)]


def test_who_asks_too_often_is_told_when_to_ask_again(graphql: GraphQLClient):
    assert statuses(graphql, SITE, 3) == [200, 200, 200]
    response = graphql.post(SITE)
    assert response.status_code == 429
    assert (response["Retry-After"], response["RateLimit"]) == ("51", '"read";r=0;t=51')
    assert response["RateLimit-Policy"] == '"read";q=3;w=60'
    assert response["Cache-Control"] == "no-store"
    assert response.json()["errors"] == [
        {
            "message": "Too many requests of this kind; ask again in 51 seconds.",
            "extensions": {"code": "RATE_LIMITED", "kind": "read", "limit": 3, "retryAfter": 51},
        }
    ]


def test_the_next_window_begins_anew(graphql: GraphQLClient):
    assert statuses(graphql, SITE, 4) == [200, 200, 200, 429]
    with freeze_time("2096-11-24 08:01:00"):
        assert statuses(graphql, SITE, 1) == [200]


def test_a_request_counts_once_though_its_kept_answer_is_outdated(graphql: GraphQLClient, settings):
    switch(settings, answer_cache=True)
    article = ArticlePageFactory()
    for title, status in (("Một", 200), ("Hai", 200), ("Ba", 200), ("Bốn", 429)):
        article.title = title
        article.save_revision().publish()
        assert graphql.post("{ articles { nodes { title } } }").status_code == status


def test_clients_are_counted_apart(graphql: GraphQLClient):
    assert statuses(graphql, SITE, 4)[-1] == 429
    assert statuses(graphql, SITE, 1, address="203.0.113.8") == [200]


def test_a_network_of_ipv6_is_one_client(graphql: GraphQLClient):
    assert statuses(graphql, SITE, 3, address="2001:db8:0:1::1") == [200, 200, 200]
    assert statuses(graphql, SITE, 1, address="2001:db8:0:1:ffff::2") == [429]
    assert statuses(graphql, SITE, 1, address="2001:db8:0:2::1") == [200]


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        (VISIT, "visit"),
        (TOKEN, "vote"),
        (PREVIEW, "preview"),
        (PREVIEW.replace("{", "{ ...P } fragment P on Query {", 1), "preview"),
    ],
)
def test_each_kind_has_a_limit_of_its_own(graphql: GraphQLClient, settings, query: str, kind: str):
    HomePageFactory()
    settings.CMS_RATE_LIMITS = {**settings.CMS_RATE_LIMITS, "read": (100, 60), kind: (2, 60)}
    assert statuses(graphql, query, 3, token="x") == [200, 200, 429]
    assert graphql.post(query, token="x").json()["errors"][0]["extensions"]["kind"] == kind
    assert statuses(graphql, SITE, 1) == [200]


def test_a_vote_says_how_many_are_left(graphql: GraphQLClient):
    poll = PollFactory()
    query = "mutation($input: CastVoteInput!) { castVote(input: $input) { errors { code } } }"
    given = {"pollId": str(poll.pk), "optionIds": [str(poll.options.first().pk)]}
    response = graphql.post(query, input=given)
    assert response.json()["data"] == {"castVote": {"errors": []}}
    assert response["RateLimit"] == '"vote";r=2;t=51'


def test_dear_reads_count_for_more(graphql: GraphQLClient, settings):
    settings.CMS_RATE_LIMITS = {"read": (20, 60)}
    # 1 for asking, and 10 for 10,000 points of cost and more.
    dear = (
        "{ articles(first: 100) { nodes { "
        + " ".join(f"a{n}: title" for n in range(20))
        + " parent { children(limit: 8) { title slug } } } } }"
    )
    cost = graphql.post(dear).json()["extensions"]["cost"]["requestedQueryCost"]
    assert 5_000 < cost < 8_000
    rate_limiter.clear()
    RateCount.objects.all().delete()
    cache.clear()
    per_request = 1 + cost // 1_000
    assert statuses(graphql, dear, 20 // per_request + 1, address="203.0.113.9")[-1] == 429


@pytest.mark.parametrize("query", ["{" + "site{name}" * 490 + "}", "{ nothing } #".ljust(4999, "x")])
def test_a_refusal_counts_for_what_it_costs_and_costs_it_once(graphql: GraphQLClient, settings, query: str):
    settings.CMS_RATE_LIMITS = {"read": (12, 60)}
    # A request, and another for each full 500 characters that must be read: 10, and then 1 for the same again.
    assert statuses(graphql, query, 4, address="203.0.113.70") == [400, 400, 400, 429]
    other = query.replace("site", "sites").replace("nothing", "neither")
    assert statuses(graphql, other, 1, address="203.0.113.71") == [400]
    assert statuses(graphql, query + " ", 1, address="203.0.113.71") == [429]


def test_processes_count_together(graphql: GraphQLClient):
    one, other = RateLimiter(), RateLimiter()
    assert one.consume("read", "203.0.113.20", 2).remaining == 1
    assert other.consume("read", "203.0.113.20", 1).remaining == 0
    assert RateLimiter().consume("read", "203.0.113.20", 1).is_exceeded


def test_no_address_is_kept(graphql: GraphQLClient, settings):
    statuses(graphql, SITE, 1)
    if settings.REDIS_URL:
        assert not RateCount.objects.exists()
        return
    [count] = RateCount.objects.all()
    assert len(count.key) == 32
    assert "203.0.113.7" not in str(vars(count))
    assert (count.count, count.ends) == (1, 4004582460)


def test_what_others_may_keep_tells_no_client_how_often_it_asked(graphql: GraphQLClient, settings):
    switch(settings, answer_cache=True)
    ArticlePageFactory()
    graphql.http.defaults["REMOTE_ADDR"] = "203.0.113.7"
    response = graphql.post("{ articles { totalCount } }")
    assert response["Cache-Control"].startswith("public")
    assert "RateLimit" not in response


def test_kept_answers_count_too(graphql: GraphQLClient, settings):
    switch(settings, answer_cache=True)
    assert statuses(graphql, "{ articles { totalCount } }", 4) == [200, 200, 200, 429]


def test_ours_ask_as_often_as_they_like(graphql: GraphQLClient, settings):
    settings.CMS_RATE_EXEMPT = Environment({}).networks("NAME", "10.0.0.0/8")
    assert statuses(graphql, SITE, 5, address="10.1.2.3") == [200] * 5
    assert statuses(graphql, SITE, 4, address="11.1.2.3")[-1] == 429


@pytest.mark.parametrize(("hops", "counted_as_one"), [(0, True), (1, False), (2, True)])
def test_only_our_proxies_say_who_asks(graphql: GraphQLClient, settings, hops: int, counted_as_one: bool):
    settings.TRUSTED_PROXY_HOPS = hops
    found = []
    for number in range(4):
        graphql.http.defaults["HTTP_X_FORWARDED_FOR"] = f"198.51.100.1, 198.51.100.{number + 10}"
        found += statuses(graphql, SITE, 1)
    # One hop: the last entry, another each time. Two: the entry before it. None: the peer itself.
    assert found == [200, 200, 200, 429 if counted_as_one else 200]


def test_who_goes_round_a_proxy_is_not_taken_for_one_of_ours(graphql: GraphQLClient, settings):
    """With a CDN and a proxy on this machine, who comes to the proxy itself has one entry only."""
    settings.TRUSTED_PROXY_HOPS = 2
    settings.CMS_RATE_EXEMPT = Environment({}).networks("NAME", "127.0.0.0/8")
    graphql.http.defaults["HTTP_X_FORWARDED_FOR"] = "198.51.100.1"
    assert statuses(graphql, SITE, 4, address="127.0.0.1") == [200, 200, 200, 429]


def test_a_limit_can_be_switched_off(graphql: GraphQLClient, settings):
    settings.CMS_RATE_LIMITS = {"read": Environment({"X": "off"}).rate("X", "1/1")}
    assert statuses(graphql, SITE, 5) == [200] * 5


def test_without_redis_each_process_counts_alone(graphql: GraphQLClient, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert statuses(graphql, SITE, 4) == [200, 200, 200, 429]


@pytest.mark.parametrize("value", ["x", "1", "1/0", "0/1", "1/2/3", "-1/60"])
def test_a_rate_that_is_none_stops_the_start(value: str):
    environment = Environment({"RATE_LIMIT_READ": value})
    assert environment.rate("RATE_LIMIT_READ", "1/1") is None
    assert environment.problems == ["RATE_LIMIT_READ is requests/seconds such as 600/60, or off"]


def test_counts_of_the_past_are_deleted(graphql: GraphQLClient, settings, monkeypatch):
    settings.REDIS_URL = ""
    monkeypatch.setattr("cms.operations.rate_limiter.DELETE_EVERY", 1)
    RateCount.objects.create(key="old", count=5, ends=1)
    statuses(graphql, SITE, 1)
    assert RateCount.objects.count() == 1
    assert connection.vendor in {"sqlite", "postgresql"}
