"""Ballots of one commit are written in a fixed order: servers that store the same voters' ballots never deadlock."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from polls.casting.voters import Voter, new_voter
from polls.casting.votes import Receipt, Vote
from polls.casting.voting import cast_votes
from polls.models import Ballot, Poll
from polls.tally.tallies import tallies_by_poll
from tests.factories.polls import PollFactory, option_ids, vote
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def votes_of(poll: Poll, *voters: Voter) -> list[Vote]:
    [option, *_others] = option_ids(poll)
    return [Vote(poll.pk, [option], voter.digest(poll.pk), timezone.now()) for voter in voters]


def wait_for_somebody_who_waits_for_us() -> None:
    """Return when another connection waits for a lock of this one."""
    query = (
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    )

    def somebody_waits() -> int:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchone()[0]

    wait_until(somebody_waits, what="somebody waits for us")


def store_beside_another_server(first: Vote, second: Vote) -> list[Any]:
    """Store two votes in one transaction; between the two another server stores both, last first. What that one gets."""

    def another_server() -> list[Any]:
        try:
            return cast_votes([second, first])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            assert isinstance(cast_votes([first])[0], Receipt)
            other = thread.submit(another_server)
            wait_for_somebody_who_waits_for_us()
            assert isinstance(cast_votes([second])[0], Receipt)
        return other.result()


def test_two_servers_get_the_votes_of_the_same_two_voters():
    poll = PollFactory()
    first, second = sorted(votes_of(poll, new_voter(), new_voter()), key=lambda vote: vote.voter)
    # The other server stores nothing, and looks again what has become of its voters.
    assert store_beside_another_server(first, second) == [None, None]
    assert (Ballot.objects.count(), tallies_by_poll([poll.pk])[poll.pk].ballots) == (2, 2)


def test_two_servers_get_the_changed_votes_of_the_same_two_voters():
    poll, voters = PollFactory(allows_change=True), [new_voter(), new_voter()]
    for voter in voters:
        vote(poll, 1, voter=voter)
    first, second = votes_of(poll, *voters)  # in the order of the ballots that they replace
    assert store_beside_another_server(first, second) == [None, None]
    assert Ballot.objects.filter(is_replaced=False).count() == 2
    assert tallies_by_poll([poll.pk])[poll.pk].votes == dict(zip(option_ids(poll)[:2], [2, 0], strict=True))
