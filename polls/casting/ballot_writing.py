"""Writing ballots: all that are given and their tally, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import connection, transaction

from cms.invalidation import live_versions
from polls.casting.votes import ExistingBallot, NewBallot
from polls.tally.tallies import Change, changes_of, counting, live_tag, summed

Statement = tuple[str, list[Any]]


def write_ballots(ballots: Sequence[NewBallot]) -> None:
    """Store ballots and count them; when this returns outside a transaction, all of it is in the database.

    Raises IntegrityError, and stores nothing, if another transaction changed what one of them depends on: another
    vote of the voter, a removed option, a review.
    """
    # Rows are written in a fixed order, or two servers with the same voters' ballots wait for each other for ever.
    ballots = sorted(ballots, key=lambda ballot: (ballot.vote.poll_id, ballot.vote.voter))
    replaced = sorted((each.replaces for each in ballots if each.replaces), key=lambda before: before.pk)
    statements = [_replace(before) for before in replaced]
    statements += [_insert_ballots(ballots), _insert_choices(ballots)]
    # Last, because from here to the commit other voters may wait for these rows.
    if changes := summed(change for ballot in ballots for change in _changes(ballot)):
        statements.append(counting(changes))
    with _transaction():
        _execute(statements)
    for poll_id in {ballot.vote.poll_id for ballot in ballots}:
        live_versions.bump(live_tag(poll_id))


def _transaction() -> AbstractContextManager:
    """On PostgreSQL statements that are sent together are one transaction, in one journey."""
    alone = connection.vendor == "postgresql" and not connection.in_atomic_block
    return nullcontext() if alone else transaction.atomic()


def _execute(statements: Sequence[Statement]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "; ".join(sql for sql, _params in statements),
                [each for _sql, params in statements for each in params],
            )
            return
        for sql, params in statements:
            cursor.execute(sql, params)


def _changes(ballot: NewBallot) -> list[Change]:
    if ballot.replaces is None:
        return changes_of(ballot.vote.option_ids)
    if ballot.replaces.set_aside is not None:
        return []
    return [*changes_of(ballot.options_before, -1), *changes_of(ballot.vote.option_ids)]


def _replace(before: ExistingBallot) -> Statement:
    # Where it was replaced or reviewed a moment ago this changes nothing, and the ballot that follows is one too many.
    if before.set_aside is None:
        condition, params = "set_aside_id IS NULL", [before.pk]
    else:
        condition, params = "set_aside_id = %s", [before.pk, before.set_aside]
    return (
        f"UPDATE polls_ballot SET is_replaced = true WHERE id = %s AND NOT is_replaced AND {condition}",  # noqa: S608 - the condition is one of two above
        params,
    )


def _insert_ballots(ballots: Sequence[NewBallot]) -> Statement:
    rows = [_row(ballot) for ballot in ballots]
    places = f"({', '.join(['%s'] * len(rows[0]))})"
    return (
        f"INSERT INTO polls_ballot ({', '.join(rows[0])}) VALUES {', '.join([places] * len(rows))}",  # noqa: S608 - our own columns, and places for values
        [value for row in rows for value in row.values()],
    )


def _row(ballot: NewBallot) -> dict[str, Any]:
    vote, before = ballot.vote, ballot.replaces
    return {
        "poll_id": vote.poll_id,
        "voter": vote.voter,
        "retry_key": vote.retry_key,
        "receipt": ballot.receipt,
        "created_at": connection.ops.adapt_datetimefield_value(vote.now),
        "is_replaced": False,
        "network": vote.origin.network,
        "agent": vote.origin.agent,
        "proof": ballot.work,
        "replaces_id": before.pk if before else None,
        # What was set aside does not come back by another vote.
        "set_aside_id": before.set_aside if before else None,
    }


def _insert_choices(ballots: Sequence[NewBallot]) -> Statement:
    named = [(ballot.receipt, option) for ballot in ballots for option in sorted(ballot.vote.option_ids)]
    # Joined, because to plan a subquery for each row takes PostgreSQL longer than to insert it.
    return (
        "INSERT INTO polls_ballotchoice (ballot_id, option_id) "  # noqa: S608 - our own columns, and places for values
        f"SELECT id, column2 FROM (VALUES {', '.join(['(%s, %s)'] * len(named))}) AS named "
        "JOIN polls_ballot ON receipt = column1",
        [value for pair in named for value in pair],
    )
