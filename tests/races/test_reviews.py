"""Editors decide about ballots while voters change these, and while others decide about the same."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.urls import reverse

from polls.casting.origins import Origin
from polls.casting.voters import Voter, new_voter
from polls.integrity.bursts import flag_bursts
from polls.integrity.verification import verify
from polls.models import Ballot, Burst, Poll, Review
from polls.tally.tallies import tallies_by_poll
from tests.factories.people import logged_in, person
from tests.factories.polls import PollFactory, option_ids, vote
from tests.polls.integrity.bursts import NETWORK, burst_of
from tests.races.test_ballot_order import wait_for_somebody_who_waits_for_us

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


@pytest.fixture
def poll() -> Poll:
    return PollFactory(allows_change=True)


@pytest.fixture
def voter(poll: Poll) -> Voter:
    """A voter with a ballot for option A, cast from the burst's network."""
    voter = new_voter()
    vote(poll, 0, voter=voter, origin=Origin(NETWORK, "a"))
    return voter


@pytest.fixture
def decide(poll: Poll, voter: Voter) -> Callable[[str], int]:
    """An editor's click on the burst of two ballots or on the only review."""
    editor, burst = logged_in(person("superuser")), burst_of(poll, 0)
    address = reverse("review_ballots", args=[poll.pk])

    def click(action: str) -> int:
        about = Review.objects.get() if action == "restore" else burst
        return editor.post(address, {"action": action, "id": about.pk, "reason": "Cùng một máy."}).status_code

    return click


def overlap(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """Do the first within a transaction that ends when the second waits for it; what the second answers."""

    def elsewhere() -> Any:
        try:
            return second()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            first()
            other = thread.submit(elsewhere)
            wait_for_somebody_who_waits_for_us()
        return other.result()


def votes(poll: Poll) -> dict[int, int]:
    return {option: number for option, number in tallies_by_poll([poll.pk])[poll.pk].votes.items() if number}


def test_a_vote_that_is_changed_while_it_is_counted_again_counts(poll, voter, decide):
    decide("set_aside")
    assert overlap(lambda: vote(poll, 1, voter=voter), lambda: decide("restore")) == 302
    assert votes(poll) == dict.fromkeys(option_ids(poll)[:2], 1)
    assert verify(poll).findings == []


def test_a_vote_that_is_changed_while_it_is_set_aside_is_set_aside(poll, voter, decide):
    overlap(lambda: vote(poll, 1, voter=voter, origin=Origin(NETWORK, "a")), lambda: decide("set_aside"))
    assert (votes(poll), Ballot.objects.filter(set_aside=None, is_replaced=False).count()) == ({}, 0)
    assert verify(poll).findings == []


def test_a_double_click_decides_once(poll, decide):
    assert overlap(lambda: decide("set_aside"), lambda: decide("set_aside")) == 302
    assert [len(review.ballot_ids) for review in Review.objects.all()] == [2]
    assert overlap(lambda: decide("restore"), lambda: decide("restore")) == 302
    assert (Review.objects.count(), Burst.objects.get().state) == (2, Burst.State.DISMISSED)


def test_what_is_set_aside_while_bursts_are_flagged_stays_set_aside(poll, decide, settings):
    settings.CMS_POLL_BURST_BALLOTS = 2
    vote(poll, 0, origin=Origin(NETWORK, "a"))
    moment = Ballot.objects.latest("pk").created_at
    overlap(lambda: decide("set_aside"), lambda: flag_bursts(poll.pk, moment))
    assert Burst.objects.get().state == Burst.State.SET_ASIDE
