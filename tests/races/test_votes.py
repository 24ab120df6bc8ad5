"""Votes that arrive at the same moment: at once on PostgreSQL, one waiting for the other on SQLite."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connections
from django.db.models import ProtectedError
from django.utils import timezone

from polls.casting.refusals import Refusal, VoteRefused
from polls.casting.voters import new_voter
from polls.casting.votes import Receipt
from polls.casting.voting import cast_vote
from polls.models import Ballot, BallotChoice, OptionTally, PollOption
from polls.tally.tallies import tallies_by_poll
from tests.factories.polls import PollFactory, option_ids, vote

pytestmark = pytest.mark.django_db(transaction=True)
again_and_again = pytest.mark.parametrize("attempt", range(10))


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What the calls return or how they refuse, each in its own thread, all begun together."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return call()
        except VoteRefused as refused:
            return refused.refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


@again_and_again
def test_two_votes_of_one_voter_make_one_ballot(attempt):
    poll, voter = PollFactory(), new_voter()
    results = at_once(partial(vote, poll, 0, voter=voter), partial(vote, poll, 1, voter=voter))
    assert {type(result) for result in results} == {Receipt, Refusal}
    assert Refusal.ALREADY_VOTED in results
    assert (Ballot.objects.count(), BallotChoice.objects.count()) == (1, 1)
    assert sum(tallies_by_poll([poll.pk])[poll.pk].votes.values()) == 1


@again_and_again
def test_two_sendings_of_one_vote_get_one_receipt(attempt):
    poll, voter = PollFactory(), new_voter()
    results = at_once(*[partial(vote, poll, 0, voter=voter, request_key="k" * 16)] * 2)
    assert len({result.number for result in results}) == 1
    assert sorted(result.repeated for result in results) == [False, True]
    assert tallies_by_poll([poll.pk])[poll.pk].ballots == 1


def test_many_voters_at_once_are_all_counted(monkeypatch):
    poll = PollFactory(max_choices=3)
    # All in one slot, their options in both directions: the hardest case for waiting and for deadlocks.
    monkeypatch.setattr("polls.tally.tallies.random.randrange", lambda _slots: 0)
    results = at_once(*[partial(vote, poll, *places) for places in [(0, 1, 2), (2, 1, 0)] * 8])
    assert {type(result) for result in results} == {Receipt}
    assert tallies_by_poll([poll.pk])[poll.pk].votes == dict.fromkeys(option_ids(poll), 16)
    assert (Ballot.objects.count(), OptionTally.objects.count()) == (16, 3)


@again_and_again
def test_an_option_that_goes_while_it_is_voted_for_leaves_no_vote_without_option(attempt):
    poll = PollFactory()
    option = PollOption.objects.filter(poll=poll).order_by("sort_order")[:1].get()

    def remove() -> None:
        with suppress(IntegrityError, ProtectedError):
            PollOption.objects.filter(pk=option.pk).delete()

    cast = partial(cast_vote, poll.pk, [option.pk], new_voter(), now=timezone.now())
    result, _nothing = at_once(cast, remove)
    taken = isinstance(result, Receipt)
    assert taken or result is Refusal.OPTION_UNKNOWN
    assert PollOption.objects.filter(pk=option.pk).exists() is taken
    assert poll.ballots.count() == int(taken)
