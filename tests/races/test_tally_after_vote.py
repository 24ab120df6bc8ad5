"""Who votes is answered with a tally that includes the own ballot; it is read once for all ballots of a commit."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from typing import Any

import pytest
from django.db import OperationalError, connections
from django.db.backends.signals import connection_created

from polls.casting.voting import cast_batch
from polls.models import Ballot, Poll, ResultsVisibility
from tests.accelerators import switch
from tests.client import GraphQLClient
from tests.factories.polls import PollFactory, option_ids
from tests.waiting import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("countable")]

CAST = """
mutation ($input: CastVoteInput!) {
  castVote(input: $input) { receipt errors { code } poll { question totalVotes options { votes percent } } }
}
"""
ONLY_RECEIPT = "mutation ($input: CastVoteInput!) { castVote(input: $input) { receipt poll { question } } }"
Answer = dict[str, Any]


class Statements:
    """Counts the commits of ballots and the reads of tallies on connections that are opened meanwhile.

    The first commit waits until `expected` other votes wait for it, so that these go together in the next one.
    """

    def __init__(self, expected: int) -> None:
        self.commits = self.reads = 0
        self.fails_once = False
        self._expected = expected
        self._lock = Lock()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if "INSERT INTO polls_ballot " in sql:
            with self._lock:
                self.commits += 1
                is_first = self.commits == 1
            if is_first:
                self._wait_for_the_others()
        if sql.startswith("SELECT") and "polls_optiontally" in sql:
            with self._lock:
                self.reads += 1
                fails, self.fails_once = self.fails_once, False
            if fails:
                raise OperationalError("the connection is lost")
        return execute(sql, params, many, context)

    def _wait_for_the_others(self) -> None:
        wait_until(lambda: cast_batch.waiting >= self._expected, what="the other votes come")


@contextmanager
def counted(expected: int) -> Iterator[Statements]:
    statements = Statements(expected)

    def install(connection: Any, **_signal: Any) -> None:
        if statements not in connection.execute_wrappers:
            connection.execute_wrappers.append(statements)

    connection_created.connect(install)
    try:
        yield statements
    finally:
        connection_created.disconnect(install)


@pytest.fixture(autouse=True)
def statements_by_their_text(settings):
    switch(settings, prepared_statements=False)


def cast(poll: Poll, *places: int, query: str = CAST) -> Answer:
    """The answer to a new voter's vote for the options at these places."""
    options = option_ids(poll)
    values = {"pollId": str(poll.pk), "optionIds": [str(options[place]) for place in places]}
    try:
        return GraphQLClient().post(query, input=values).json()
    finally:
        connections.close_all()


def cast_together(poll: Poll, *places: int, query: str = CAST) -> list[Answer]:
    with ThreadPoolExecutor(len(places)) as threads:
        return list(threads.map(lambda place: cast(poll, place, query=query), places))


def test_each_voters_answer_includes_the_own_ballot():
    poll = PollFactory(texts=tuple("ABCDEFGHIJKLMNOPQRST"))
    answers = cast_together(poll, *range(20))
    shown = [answer["data"]["castVote"]["poll"] for answer in answers]
    assert [each["options"][place]["votes"] for place, each in enumerate(shown)] == [1] * 20
    # Each figure is the sum of what the same answer shows, and somebody's commit was the last.
    assert [each["totalVotes"] for each in shown] == [
        sum(option["votes"] for option in each["options"]) for each in shown
    ]
    assert max(each["totalVotes"] for each in shown) == 20


def test_the_tally_is_read_once_for_all_ballots_of_a_commit():
    poll = PollFactory()
    with counted(expected=11) as statements:
        answers = cast_together(poll, *[place % 3 for place in range(12)])
    totals = sorted(answer["data"]["castVote"]["poll"]["totalVotes"] for answer in answers)
    assert (statements.commits, statements.reads) == (2, 2)
    assert totals == [1] + [12] * 11


def test_votes_that_show_no_figures_read_no_tally():
    poll = PollFactory()
    with counted(expected=3) as statements:
        answers = cast_together(poll, 0, 1, 2, 0, query=ONLY_RECEIPT)
    assert len({answer["data"]["castVote"]["receipt"] for answer in answers}) == 4
    assert (statements.commits, statements.reads) == (2, 0)


def test_who_is_refused_sees_what_readers_see():
    poll = PollFactory(results_visibility=ResultsVisibility.AFTER_VOTE)
    voted, refused = cast(poll, 0), cast(poll, 0, 1)
    assert voted["data"]["castVote"]["poll"]["options"] == [
        {"votes": 1, "percent": 100.0},
        {"votes": 0, "percent": 0.0},
        {"votes": 0, "percent": 0.0},
    ]
    assert refused["data"]["castVote"]["errors"] == [{"code": "TOO_MANY_CHOICES"}]
    hidden = {"votes": None, "percent": None}
    assert refused["data"]["castVote"]["poll"] == {
        "question": poll.question,
        "totalVotes": None,
        "options": [hidden] * 3,
    }


def test_a_vote_that_is_sent_again_shows_the_tally_as_it_is_now():
    poll, client = PollFactory(), GraphQLClient()
    first, second = option_ids(poll)[:2]
    values = {"pollId": str(poll.pk), "optionIds": [str(first)], "idempotencyKey": "k" * 16}
    before = client.data(CAST, input=values)["castVote"]
    GraphQLClient().data(CAST, input={"pollId": str(poll.pk), "optionIds": [str(second)]})
    again = client.data(CAST, input=values)["castVote"]
    assert (before["poll"]["totalVotes"], again["poll"]["totalVotes"]) == (1, 2)
    assert again["receipt"] == before["receipt"]


def test_a_tally_that_cannot_be_read_takes_no_receipt_away():
    poll = PollFactory()
    with counted(expected=0) as statements, ThreadPoolExecutor(1) as thread:
        statements.fails_once = True
        answer = thread.submit(cast, poll, 0).result()["data"]["castVote"]
    # It is read again, as for any reader.
    assert (answer["errors"], answer["poll"]["totalVotes"], statements.reads) == ([], 1, 2)
    assert Ballot.objects.get().receipt == answer["receipt"]
