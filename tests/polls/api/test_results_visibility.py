"""Figures obey the poll's rule on every path that leads to them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from polls.casting.voters import new_voter
from polls.integrity.sealing import seal_ballots
from polls.models import Ballot, Poll
from tests.client import GraphQLClient
from tests.factories.polls import PollFactory, old_vote, option_ids, vote

pytestmark = pytest.mark.django_db

FIGURES = "resultsVisible totalVotes options { votes percent }"
SHOWN = {
    "resultsVisible": True,
    "totalVotes": 4,
    "options": [{"votes": 3, "percent": 75.0}, {"votes": 1, "percent": 25.0}, {"votes": 0, "percent": 0.0}],
}
HIDDEN = {"resultsVisible": False, "totalVotes": None, "options": [{"votes": None, "percent": None}] * 3}
ONE = f"query ($id: ID!) {{ poll(id: $id) {{ {FIGURES} }} }}"

PATHS = {
    "poll": (ONE, lambda data: data["poll"]),
    "polls edges": (
        f"{{ polls {{ edges {{ node {{ {FIGURES} }} }} }} }}",
        lambda data: data["polls"]["edges"][0]["node"],
    ),
    "polls nodes": (f"{{ polls {{ nodes {{ {FIGURES} }} }} }}", lambda data: data["polls"]["nodes"][0]),
    "snippets": (f"{{ snippets {{ ... on Poll {{ {FIGURES} }} }} }}", lambda data: data["snippets"][-1]),
}


def poll_in(state: str, visibility: str) -> Poll:
    """A poll in `state` with four ballots, cast while it was open."""
    poll = PollFactory(results_visibility=visibility)
    for place in (0, 0, 0, 1):
        old_vote(poll, place)
    now = timezone.now()
    if state == "scheduled":
        poll.opens_at = now + timedelta(days=1)
    if state == "closed":
        poll.closes_at = now
    poll.save()
    return poll


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("visibility", "shown_in"),
    [
        ("always", {"scheduled", "open", "closed"}),
        ("after_vote", {"closed"}),
        ("after_closing", {"closed"}),
        ("never", set()),
    ],
)
@pytest.mark.parametrize("state", ["scheduled", "open", "closed"])
def test_readers_see_figures_when_the_rule_says_so(graphql, path, visibility, shown_in, state):
    poll = poll_in(state, visibility)
    query, found = PATHS[path]
    variables = {"id": str(poll.pk)} if "$id" in query else {}
    assert found(graphql.data(query, **variables)) == (SHOWN if state in shown_in else HIDDEN)


@pytest.mark.parametrize(
    ("visibility", "total"), [("always", 1), ("after_vote", 1), ("after_closing", None), ("never", None)]
)
def test_the_answer_to_a_vote_shows_figures_to_its_voter(graphql, visibility, total):
    poll = PollFactory(results_visibility=visibility)
    query = """mutation ($input: CastVoteInput!) {
        castVote(input: $input) { poll { resultsVisible totalVotes options { votes } } errors { code } } }"""
    answer = graphql.data(query, input={"pollId": str(poll.pk), "optionIds": [str(option_ids(poll)[0])]})[
        "castVote"
    ]
    votes = [1, 0, 0] if total else [None] * 3
    expected = {
        "resultsVisible": bool(total),
        "totalVotes": total,
        "options": [{"votes": each} for each in votes],
    }
    assert answer == {"errors": [], "poll": expected}


@pytest.mark.parametrize(
    ("values", "code"), [({}, "TOO_FEW_CHOICES"), ({"idempotencyKey": "short"}, "BAD_IDEMPOTENCY_KEY")]
)
def test_a_refused_change_of_a_vote_shows_its_voter_what_the_poll_does(graphql, values, code):
    poll = PollFactory(results_visibility="after_vote", allows_change=True)
    query = """mutation ($input: CastVoteInput!) {
        castVote(input: $input) { poll { resultsVisible totalVotes } errors { code } } }"""
    voted = {"pollId": str(poll.pk), "optionIds": [str(option_ids(poll)[0])]}
    graphql.data(query, input=voted)
    refused = graphql.data(query, input={**voted, "optionIds": [], **values})["castVote"]
    assert refused == {**SEEN, "errors": [{"code": code}]}


def test_a_refused_vote_shows_figures_only_to_who_has_voted(graphql):
    poll, voter = PollFactory(results_visibility="after_vote"), new_voter()
    vote(poll, 0, voter=voter)
    query = "mutation ($input: CastVoteInput!) { castVote(input: $input) { poll { totalVotes } errors { code } } }"
    values = {"pollId": str(poll.pk), "optionIds": [str(option_ids(poll)[0])]}
    again = graphql.data(query, input={**values, "voterToken": voter.token})["castVote"]
    assert again == {"poll": {"totalVotes": 1}, "errors": [{"code": "ALREADY_VOTED"}]}
    stranger = graphql.data(query, input={**values, "optionIds": []})["castVote"]
    assert stranger == {"poll": {"totalVotes": None}, "errors": [{"code": "TOO_FEW_CHOICES"}]}


def test_a_voter_token_shows_figures_to_who_has_voted_and_to_nobody_else(graphql):
    poll, voter = PollFactory(results_visibility="after_vote"), new_voter()
    vote(poll, 0, voter=voter)
    query = "query ($id: ID!, $token: String) { poll(id: $id, voterToken: $token) { totalVotes } }"
    assert graphql.data(query, id=str(poll.pk), token=voter.token) == {"poll": {"totalVotes": 1}}
    assert graphql.data(query, id=str(poll.pk), token=new_voter().token) == {"poll": {"totalVotes": None}}
    assert graphql.data(query, id=str(poll.pk), token=voter.number + ":forged") == {
        "poll": {"totalVotes": None}
    }


AFTER_VOTE = "query ($id: ID!) { ...A } fragment A on Query { poll(id: $id) { resultsVisible totalVotes } }"
SEEN, UNSEEN = (
    {"poll": {"resultsVisible": True, "totalVotes": 1}},
    {"poll": {"resultsVisible": False, "totalVotes": None}},
)


def test_the_voter_cookie_shows_results_to_who_has_voted_and_is_in_no_cache(graphql):
    poll, voter = PollFactory(results_visibility="after_vote"), new_voter()
    vote(poll, 0, voter=voter)
    assert graphql.data(AFTER_VOTE, id=str(poll.pk)) == UNSEEN
    asked = GraphQLClient()
    asked.http.cookies["voter"] = voter.token
    assert asked.data(AFTER_VOTE, id=str(poll.pk)) == SEEN
    assert asked.post(AFTER_VOTE, id=str(poll.pk))["Cache-Control"] == "no-store"
    assert graphql.data(AFTER_VOTE, id=str(poll.pk)) == UNSEEN
    # A cache between us does not know who has voted: it may not answer for us.
    assert graphql.post(AFTER_VOTE, id=str(poll.pk))["Cache-Control"] == "private, max-age=0, must-revalidate"


def test_the_answer_to_who_has_voted_is_not_given_to_others_where_it_came_first(graphql):
    poll, voter = PollFactory(results_visibility="after_vote"), new_voter()
    vote(poll, 0, voter=voter)
    asked = GraphQLClient()
    asked.http.cookies["voter"] = voter.token
    assert asked.post(AFTER_VOTE, id=str(poll.pk)).json()["data"] == SEEN
    assert graphql.post(AFTER_VOTE, id=str(poll.pk)).json()["data"] == UNSEEN


@pytest.mark.parametrize("forged", [False, True])
def test_the_cookie_of_who_has_not_voted_shows_nothing(graphql, forged: bool):
    poll, voter, other = PollFactory(results_visibility="after_vote"), new_voter(), new_voter()
    vote(poll, 0, voter=voter)
    graphql.http.cookies["voter"] = f"{voter.number}:forged" if forged else other.token
    assert graphql.data(AFTER_VOTE, id=str(poll.pk)) == UNSEEN


def test_a_voter_gets_kept_answers_of_all_that_does_not_depend_on_the_vote(graphql):
    graphql.http.cookies["voter"] = new_voter().token
    response = graphql.post("{ polls { totalCount } }")
    assert "no-store" not in response["Cache-Control"]
    assert response.has_header("ETag")


def test_one_hidden_and_one_shown_poll_in_a_list_keep_to_their_own_rule(graphql):
    vote(PollFactory(results_visibility="never", question="hidden"), 0)
    vote(PollFactory(results_visibility="always", question="shown"), 0)
    nodes = graphql.data(
        "{ polls(orderBy: OPENS_AT_ASC) { nodes { question totalVotes options { votes } } } }"
    )["polls"]["nodes"]
    assert {node["question"]: node["totalVotes"] for node in nodes} == {"hidden": None, "shown": 1}
    assert {node["question"]: node["options"][0]["votes"] for node in nodes} == {"hidden": None, "shown": 1}


def test_no_order_of_polls_or_argument_of_options_depends_on_votes(graphql):
    orders = graphql.data('{ __type(name: "PollOrder") { enumValues { name } } }')["__type"]["enumValues"]
    assert [order["name"] for order in orders] == [
        "OPENS_AT_DESC",
        "OPENS_AT_ASC",
        "CLOSES_AT_ASC",
        "CLOSES_AT_DESC",
    ]
    fields = graphql.data('{ __type(name: "Poll") { fields { name args { name } } } }')["__type"]["fields"]
    assert [field["name"] for field in fields if field["args"]] == []


@pytest.mark.parametrize(
    ("visibility", "state", "number"),
    [
        ("always", "open", 1),
        ("after_closing", "open", None),
        ("after_closing", "closed", 1),
        ("after_vote", "open", None),
        ("never", "closed", None),
    ],
)
def test_a_receipt_does_not_tell_how_many_seals_there_are(
    graphql: GraphQLClient, visibility: str, state: str, number: int | None
) -> None:
    """Each seal holds a ballot at least: who votes now and then would learn by them how many others did."""
    poll = poll_in(state, visibility)
    seal_ballots(poll.pk, timezone.now())
    receipt = Ballot.objects.filter(poll=poll).first().receipt
    query = "query ($receipt: String!) { ballotReceipt(receipt: $receipt) { status sealedIn } }"
    assert graphql.data(query, receipt=receipt) == {
        "ballotReceipt": {"status": "COUNTED", "sealedIn": number}
    }
