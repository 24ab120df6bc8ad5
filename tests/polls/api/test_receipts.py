"""A receipt lets its holder check that the ballot counts, and shows the choice to nobody."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from cms.operations.dates import as_utc
from polls.casting.voters import new_voter
from polls.integrity.reviews import set_aside
from polls.integrity.worker import seal_and_flag
from polls.models import Ballot
from tests.client import GraphQLClient
from tests.factories.people import person
from tests.factories.polls import PollFactory, vote
from tests.polls.integrity.bursts import burst_of

pytestmark = pytest.mark.django_db

QUERY = """query ($receipt: String!) { ballotReceipt(receipt: $receipt) {
    castAt status sealedIn poll { id question } } }"""


def looked_up(graphql: GraphQLClient, receipt: str) -> dict | None:
    return graphql.data(QUERY, receipt=receipt)["ballotReceipt"]


def test_a_ballot_counts_and_is_sealed_a_moment_later(graphql):
    poll = PollFactory()
    receipt = vote(poll, 1).number
    cast_at = as_utc(Ballot.objects.get().created_at)
    expected = {
        "castAt": cast_at,
        "status": "COUNTED",
        "poll": {"id": str(poll.pk), "question": poll.question},
    }
    assert looked_up(graphql, receipt) == {**expected, "sealedIn": None}
    seal_and_flag(timezone.now())
    assert looked_up(graphql, receipt) == {**expected, "sealedIn": 1}


def test_a_receipt_may_be_typed_in_small_letters(graphql):
    receipt = vote(PollFactory(), 1).number
    assert looked_up(graphql, f" {receipt.lower()} ")["status"] == "COUNTED"


def test_a_ballot_that_was_replaced_says_so(graphql):
    poll, voter = PollFactory(allows_change=True), new_voter()
    first, second = (vote(poll, place, voter=voter).number for place in (0, 1))
    assert [looked_up(graphql, each)["status"] for each in (first, second)] == ["REPLACED", "COUNTED"]


def test_a_ballot_that_was_set_aside_says_so(graphql):
    poll = PollFactory()
    set_aside(burst_of(poll, 0), reason="from one machine", user=person("superuser"))
    assert looked_up(graphql, Ballot.objects.get().receipt)["status"] == "SET_ASIDE"


def test_an_unknown_receipt_and_one_of_a_draft_are_none(graphql):
    poll = PollFactory()
    receipt = vote(poll, 0).number
    poll.unpublish()
    assert (looked_up(graphql, receipt), looked_up(graphql, "2222-2222-2222-2222")) == (None, None)


def test_answers_for_different_choices_differ_in_nothing(graphql):
    poll = PollFactory(results_visibility="never")
    now = timezone.now()
    receipts = [vote(poll, place, now=now).number for place in (0, 1, 2)]
    answers = [looked_up(graphql, receipt) for receipt in receipts]
    assert answers[0] == answers[1] == answers[2]


def test_no_field_of_a_receipt_leads_to_the_choice(graphql):
    fields = graphql.data('{ __type(name: "BallotReceipt") { fields { name } } }')["__type"]["fields"]
    assert {field["name"] for field in fields} == {"poll", "castAt", "status", "sealedIn"}


def test_an_answer_is_in_no_cache(graphql):
    response = graphql.post(QUERY, receipt=vote(PollFactory(), 0).number)
    assert response["Cache-Control"] == "no-store"
    assert "receipt" not in json.dumps(dict(response.headers)).lower()
