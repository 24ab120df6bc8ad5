"""Counting votes as they come in, and reading the count."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import QuerySet, Sum

from cms.graphql.execution.loading import BindParam, BoundQuery, bind_param, compiled_queries, fetch
from cms.invalidation import live_versions
from polls.models import OptionTally

#: Rows among which the votes of one option are spread.
SLOTS = 16


@dataclass
class Tally:
    """The count of one poll: ballots, and votes by option id. A ballot may hold several votes."""

    ballots: int = 0
    votes: dict[int, int] = field(default_factory=dict)

    @property
    def version(self) -> int:
        """Differs for other figures, and is the same in all processes: Python hashes integers without a seed.

        The number of ballots alone is the same after a voter has changed a vote.
        """
        return hash((self.ballots, *sorted(self.votes.items())))

    def percent(self, option_id: int) -> float:
        """How many of a hundred ballots name the option, to one decimal; 0 where there are no ballots."""
        return round(100 * self.votes.get(option_id, 0) / self.ballots, 1) if self.ballots else 0.0


def live_tag(poll_id: int) -> str:
    """The live tag of a poll's figures, which change with each vote."""
    return f"poll:{poll_id}"


def versions_by_poll(poll_ids: Iterable[int]) -> dict[int, int]:
    """The version of each poll's figures."""
    return {poll_id: tally.version for poll_id, tally in tallies_by_poll(poll_ids).items()}


live_versions.register("poll", versions_by_poll)


def tallies_by_poll(poll_ids: Iterable[int]) -> dict[int, Tally]:
    """The count of each poll, in one statement."""
    poll_ids = list(poll_ids)
    statement = compiled_queries.get("tallies", lambda: tally_rows(bind_param("polls")))
    [rows] = fetch([BoundQuery(statement, {"polls": poll_ids})])
    return tallies_of(poll_ids, rows)


def tally_rows(poll_ids: BindParam) -> QuerySet:
    """The sums of polls, option by option."""
    rows = OptionTally.objects.filter(option__poll__any=poll_ids).values_list("option__poll", "option")
    return rows.annotate(Sum("votes"), Sum("ballots"))


def tallies_of(poll_ids: Iterable[int], rows: Iterable[tuple[int, int, int, int]]) -> dict[int, Tally]:
    """The count of each poll, from its `tally_rows`."""
    tallies = {poll_id: Tally() for poll_id in poll_ids}
    for poll_id, option_id, votes, ballots in rows:
        tallies[poll_id].votes[option_id] = votes
        tallies[poll_id].ballots += ballots
    return tallies


@dataclass(frozen=True)
class Change:
    """What a ballot adds to an option, or takes off it; `ballots` counts a ballot at the first of its options."""

    option: int
    votes: int
    ballots: int


def changes_of(option_ids: Iterable[int], times: int = 1) -> list[Change]:
    """What `times` ballots change that all name these options."""
    return [
        Change(option, times, times if place == 0 else 0) for place, option in enumerate(sorted(option_ids))
    ]


def summed(changes: Iterable[Change]) -> list[Change]:
    """One change for each option, without those that change nothing."""
    sums: dict[int, tuple[int, int]] = {}
    for change in changes:
        votes, ballots = sums.get(change.option, (0, 0))
        sums[change.option] = votes + change.votes, ballots + change.ballots
    return [Change(option, *both) for option, both in sums.items() if any(both)]


def counting(changes: Iterable[Change]) -> tuple[str, list[int]]:
    """The statement that counts, with its parameters; for the transaction that stores the ballots."""
    slot = random.randrange(SLOTS)  # noqa: S311 - spreads load, hides nothing
    # In the order of their ids, so that two ballots never wait for each other's rows.
    rows = [
        (each.option, slot, each.votes, each.ballots)
        for each in sorted(changes, key=lambda each: each.option)
    ]
    table = connection.ops.quote_name(OptionTally._meta.db_table)
    # The ORM's upsert can only overwrite; both databases know this one, and it adds within the row's lock.
    statement = (
        f"INSERT INTO {table} (option_id, slot, votes, ballots) VALUES {', '.join(['(%s, %s, %s, %s)'] * len(rows))} "  # noqa: S608
        f"ON CONFLICT (option_id, slot) DO UPDATE SET votes = {table}.votes + excluded.votes, "
        f"ballots = {table}.ballots + excluded.ballots"
    )
    return statement, [value for row in rows for value in row]


def count(changes: Iterable[Change]) -> None:
    """Count, in the transaction that stores what is counted."""
    if changes := summed(changes):
        statement, params = counting(changes)
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
