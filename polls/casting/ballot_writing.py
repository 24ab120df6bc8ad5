"""Writing ballots: all that are given and their tally, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import connection, transaction

from cms.invalidation import live_versions
from polls.casting.votes import Entry
from polls.tally.tallies import Change, changes_of, counting, pulse_tag, summed

Step = tuple[str, list[Any]]


def store(entries: Sequence[Entry]) -> None:
    """Store ballots and count them; when this returns outside a transaction, all of it is in the database.

    Raises IntegrityError, and stores nothing, where something came in between of what any of them goes by: another
    vote of the voter, a removed option, a review.
    """
    # Rows are written in a fixed order, or two servers with the same voters' ballots wait for each other for ever.
    entries = sorted(entries, key=lambda entry: (entry.vote.poll_id, entry.vote.voter))
    replacing = sorted((entry for entry in entries if entry.replaces), key=lambda entry: entry.replaces.pk)
    steps = [_replacing(entry) for entry in replacing]
    steps += [_ballots(entries), _choices(entries)]
    # Last, because from here to the commit other voters may wait for these rows.
    if changes := summed(change for entry in entries for change in _changes(entry)):
        steps.append(counting(changes))
    with _transaction():
        _execute(steps)
    for poll_id in {entry.vote.poll_id for entry in entries}:
        live_versions.bump(pulse_tag(poll_id))


def _transaction() -> AbstractContextManager:
    """On PostgreSQL statements that are sent together are one transaction, in one journey."""
    alone = connection.vendor == "postgresql" and not connection.in_atomic_block
    return nullcontext() if alone else transaction.atomic()


def _execute(steps: Sequence[Step]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "; ".join(sql for sql, _params in steps), [each for _sql, params in steps for each in params]
            )
            return
        for sql, params in steps:
            cursor.execute(sql, params)


def _changes(entry: Entry) -> list[Change]:
    if entry.replaces is None:
        return changes_of(entry.vote.option_ids)
    if entry.replaces.set_aside is not None:
        return []
    return [*changes_of(entry.options_before, -1), *changes_of(entry.vote.option_ids)]


def _replacing(entry: Entry) -> Step:
    # Where it was replaced or reviewed a moment ago this changes nothing, and the ballot that follows is one too many.
    if entry.replaces.set_aside is None:
        condition, params = "set_aside_id IS NULL", [entry.replaces.pk]
    else:
        condition, params = "set_aside_id = %s", [entry.replaces.pk, entry.replaces.set_aside]
    return (
        f"UPDATE polls_ballot SET is_replaced = true WHERE id = %s AND NOT is_replaced AND {condition}",  # noqa: S608 - the condition is one of two above
        params,
    )


def _ballots(entries: Sequence[Entry]) -> Step:
    rows = [_row(entry) for entry in entries]
    places = f"({', '.join(['%s'] * len(rows[0]))})"
    return (
        f"INSERT INTO polls_ballot ({', '.join(rows[0])}) VALUES {', '.join([places] * len(rows))}",  # noqa: S608 - our own columns, and places for values
        [value for row in rows for value in row.values()],
    )


def _row(entry: Entry) -> dict[str, Any]:
    vote, before = entry.vote, entry.replaces
    return {
        "poll_id": vote.poll_id,
        "voter": vote.voter,
        "retry_key": vote.retry_key,
        "receipt": entry.receipt,
        "created_at": connection.ops.adapt_datetimefield_value(vote.now),
        "is_replaced": False,
        "network": vote.origin.network,
        "agent": vote.origin.agent,
        "proof": entry.work,
        "replaces_id": before.pk if before else None,
        # What was set aside does not come back by another vote.
        "set_aside_id": before.set_aside if before else None,
    }


def _choices(entries: Sequence[Entry]) -> Step:
    named = [(entry.receipt, option) for entry in entries for option in sorted(entry.vote.option_ids)]
    # Joined, because to plan a subquery for each row takes PostgreSQL longer than to insert it.
    return (
        "INSERT INTO polls_ballotchoice (ballot_id, option_id) "  # noqa: S608 - our own columns, and places for values
        f"SELECT id, column2 FROM (VALUES {', '.join(['(%s, %s)'] * len(named))}) AS named "
        "JOIN polls_ballot ON receipt = column1",
        [value for pair in named for value in pair],
    )
