"""A poll may let its voters vote again: the last vote counts, and the first one stays as it was cast."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from polls.casting.refusals import Refusal, VoteRefused
from polls.casting.voters import new_voter
from polls.integrity.verification import verify
from polls.models import Ballot, Poll
from polls.tally.tallies import tallies_by_poll
from tests.client import GraphQLClient
from tests.factories.polls import PollFactory, option_ids, vote

pytestmark = pytest.mark.django_db

CAST = """mutation ($input: CastVoteInput!) { castVote(input: $input) {
    receipt errors { code } poll { allowsChange totalVotes options { votes } } } }"""


def cast(graphql: GraphQLClient, poll: Poll, *places: int, **more: str) -> dict[str, Any]:
    options = option_ids(poll)
    given = {"pollId": str(poll.pk), "optionIds": [str(options[place]) for place in places], **more}
    return graphql.data(CAST, input=given)["castVote"]


def votes(poll: Poll) -> list[int]:
    tally = tallies_by_poll([poll.pk])[poll.pk]
    return [tally.votes.get(option, 0) for option in option_ids(poll)]


def test_the_last_vote_counts_and_takes_the_first_off_the_tally(graphql: GraphQLClient):
    poll = PollFactory(allows_change=True)
    first = cast(graphql, poll, 0)
    second = cast(graphql, poll, 2)
    assert (first["errors"], second["errors"]) == ([], [])
    assert first["receipt"] != second["receipt"]
    assert second["poll"] == {
        "allowsChange": True,
        "totalVotes": 1,
        "options": [{"votes": 0}, {"votes": 0}, {"votes": 1}],
    }
    assert verify(poll).findings == []


@pytest.mark.django_db(transaction=True)  # votes are announced when they are committed
def test_readers_see_the_change(graphql: GraphQLClient):
    poll = PollFactory(allows_change=True)
    query = "query ($id: ID!) { poll(id: $id) { options { votes } } }"
    seen = []
    for place in (0, 2):
        cast(graphql, poll, place)
        options = graphql.data(query, id=str(poll.pk))["poll"]["options"]
        seen.append([option["votes"] for option in options])
    assert seen == [[1, 0, 0], [0, 0, 1]]


def test_both_ballots_are_kept_and_one_counts(graphql: GraphQLClient):
    poll = PollFactory(allows_change=True)
    first, second = (cast(graphql, poll, place)["receipt"] for place in (0, 1))
    kept = Ballot.objects.order_by("pk").values_list("receipt", "is_replaced", "replaces__receipt")
    assert list(kept) == [(first, True, None), (second, False, first)]


def test_a_vote_for_several_options_is_replaced_as_a_whole(graphql: GraphQLClient):
    poll = PollFactory(allows_change=True, max_choices=2)
    cast(graphql, poll, 0, 1)
    vote(poll, 0)
    assert cast(graphql, poll, 1, 2)["poll"]["totalVotes"] == 2
    assert votes(poll) == [1, 1, 1]


def test_the_same_vote_again_changes_no_figure(graphql: GraphQLClient):
    poll = PollFactory(allows_change=True)
    for _time in range(3):
        answer = cast(graphql, poll, 1)
    assert answer["poll"]["totalVotes"] == 1
    assert votes(poll) == [0, 1, 0]
    assert verify(poll).findings == []


def test_without_the_setting_the_first_vote_stays(graphql: GraphQLClient):
    poll = PollFactory()
    cast(graphql, poll, 0)
    assert cast(graphql, poll, 1)["errors"] == [{"code": "ALREADY_VOTED"}]
    assert votes(poll) == [1, 0, 0]


def test_nobody_changes_a_vote_after_closing():
    poll, voter = PollFactory(allows_change=True), new_voter()
    vote(poll, 0, voter=voter)
    with pytest.raises(VoteRefused) as refused:
        vote(poll, 1, voter=voter, now=poll.closes_at)
    assert refused.value.refusal is Refusal.POLL_CLOSED
    assert votes(poll) == [1, 0, 0]


def test_a_retry_of_the_first_vote_does_not_undo_the_second():
    poll, voter = PollFactory(allows_change=True), new_voter()
    first = vote(poll, 0, voter=voter, request_key="first-key-of-mine")
    vote(poll, 1, voter=voter, request_key="second-key-of-mine")
    again = vote(poll, 0, voter=voter, request_key="first-key-of-mine")
    assert (again.number, again.repeated) == (first.number, True)
    assert votes(poll) == [0, 1, 0]


def test_a_refused_change_leaves_the_vote_as_it_is(graphql: GraphQLClient):
    poll = PollFactory(allows_change=True)
    cast(graphql, poll, 0)
    assert cast(graphql, poll, 0, 1)["errors"] == [{"code": "TOO_MANY_CHOICES"}]
    assert votes(poll) == [1, 0, 0]


@pytest.mark.django_db(transaction=True)
def test_changes_of_one_voter_at_once_leave_one_ballot_that_counts():
    poll, voter = PollFactory(allows_change=True), new_voter()
    vote(poll, 0, voter=voter)

    def change(place: int) -> None:
        try:
            vote(poll, place % 3, voter=voter, now=timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        results = [threads.submit(change, number) for number in range(24)]
    # Who lost the race three times over is told so by an error that can be retried, and nothing is written.
    done = [each for each in results if each.exception() is None]
    assert len(done) >= 4
    assert Ballot.objects.filter(poll=poll).count() == 1 + len(done)
    assert Ballot.objects.filter(poll=poll, is_replaced=False).count() == 1
    assert sum(votes(poll)) == 1
    assert verify(poll).findings == []
