"""Proof of work: never, when many votes come from one network, or always; each solution serves for one vote."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import altcha
import pytest
from django.utils import timezone

from polls.casting.proofs import LASTS, new_challenge
from polls.models import Ballot, Poll
from tests.client import GraphQLClient
from tests.factories.polls import PollFactory, option_ids

pytestmark = pytest.mark.django_db

CAST = """mutation ($input: CastVoteInput!) { castVote(input: $input) { receipt errors { code field } } }"""
CHALLENGE = "query ($id: ID!) { voteChallenge(pollId: $id) { challenge expiresAt } }"
REQUIRED = [{"code": "PROOF_REQUIRED", "field": "proof"}]
INVALID = [{"code": "PROOF_INVALID", "field": "proof"}]


def challenge_for(graphql: GraphQLClient, poll: Poll) -> dict[str, Any]:
    answer = graphql.post(CHALLENGE, id=str(poll.pk)).json()["data"]["voteChallenge"]
    return json.loads(answer["challenge"])


def solved(challenge: dict[str, Any]) -> str:
    """What ALTCHA's clients send for a challenge."""
    found = altcha.Challenge.from_dict(challenge)
    return altcha.Payload(found, altcha.solve_challenge(found)).to_base64()


def cast(graphql: GraphQLClient, poll: Poll, **more: str) -> list[dict[str, str]]:
    # Each time another voter, without a cookie.
    graphql.http.cookies.clear()
    values = {"pollId": str(poll.pk), "optionIds": [str(option_ids(poll)[0])], **more}
    answer = graphql.data(CAST, input=values)["castVote"]
    assert (answer["receipt"] is None) is bool(answer["errors"])
    return answer["errors"]


@pytest.fixture
def poll() -> Poll:
    return PollFactory(proof_of_work="always")


def test_a_voter_asks_for_a_challenge_solves_it_and_votes(graphql, poll):
    assert cast(graphql, poll, proof=solved(challenge_for(graphql, poll))) == []
    assert Ballot.objects.get().proof != ""


def test_a_challenge_is_another_one_each_time_and_says_how_long_it_lasts(graphql, poll):
    answers = [graphql.post(CHALLENGE, id=str(poll.pk)) for _time in range(2)]
    first, second = (answer.json()["data"]["voteChallenge"] for answer in answers)
    assert first["challenge"] != second["challenge"]
    assert {answer["Cache-Control"] for answer in answers} == {"no-store"}
    until = timezone.datetime.fromisoformat(first["expiresAt"])
    assert timedelta() <= timezone.now() + LASTS - until < timedelta(minutes=5)


def test_without_work_the_vote_is_refused_and_nothing_written(graphql, poll):
    assert cast(graphql, poll) == REQUIRED
    assert not Ballot.objects.exists()


def test_a_solution_serves_for_one_vote(graphql, poll):
    proof = solved(challenge_for(graphql, poll))
    assert cast(graphql, poll, proof=proof) == []
    assert cast(graphql, poll, proof=proof) == INVALID
    assert Ballot.objects.count() == 1


def test_a_vote_that_is_sent_again_with_its_solution_gets_its_receipt(graphql, poll):
    proof = solved(challenge_for(graphql, poll))
    for _time in range(2):
        assert cast(graphql, poll, proof=proof, idempotencyKey="k" * 16) == []
    assert Ballot.objects.count() == 1


def test_a_solution_that_is_too_late_is_refused(graphql, poll):
    late = solved(new_challenge(poll.pk, timezone.now() - LASTS - timedelta(seconds=1)))
    assert cast(graphql, poll, proof=late) == INVALID


def test_the_work_for_another_poll_is_refused(graphql, poll):
    assert cast(graphql, poll, proof=solved(challenge_for(graphql, PollFactory()))) == INVALID


def test_a_challenge_of_the_voters_own_making_is_refused(graphql, poll):
    own = altcha.create_challenge(
        "PBKDF2/SHA-256", 1, key_prefix="00", data={"poll": str(poll.pk)}, hmac_secret=b"mine"
    )
    assert cast(graphql, poll, proof=solved(own.to_dict())) == INVALID


@pytest.mark.parametrize(
    "proof",
    ["x", "=" * 40, base64.b64encode(b"{}").decode(), base64.b64encode(b"[[[[").decode(), "A" * 5000, "é"],
)
def test_what_is_no_solution_at_all_is_refused(graphql, poll, proof):
    assert cast(graphql, poll, proof=proof) == INVALID


def test_a_challenge_that_was_not_solved_is_refused(graphql, poll):
    challenge = challenge_for(graphql, poll)
    payload = {"challenge": challenge, "solution": {"counter": 0, "derivedKey": "00" * 32}}
    assert cast(graphql, poll, proof=base64.b64encode(json.dumps(payload).encode()).decode()) == INVALID


def test_a_poll_that_asks_for_no_work_takes_votes_without(graphql):
    poll = PollFactory(proof_of_work="off")
    assert cast(graphql, poll) == []
    assert cast(graphql, poll, proof="whatever") == []


def test_work_is_asked_for_when_many_votes_come_from_one_network(graphql, settings):
    poll = PollFactory(proof_of_work="suspicious")
    settings.CMS_RATE_EXEMPT = []
    settings.CMS_RATE_LIMITS = {"crowd": (3, 3600)}
    assert [cast(graphql, poll) for _voter in range(5)] == [[], [], [], REQUIRED, REQUIRED]
    assert cast(graphql, poll, proof=solved(challenge_for(graphql, poll))) == []


def test_readers_are_told_when_work_is_due(graphql, poll):
    query = "query ($id: ID!) { poll(id: $id) { proofOfWork } }"
    assert graphql.data(query, id=str(poll.pk)) == {"poll": {"proofOfWork": "ALWAYS"}}
