"""Many querysets, one statement.

What a level of a request needs comes from many tables. Over a network each statement costs a round trip, so PostgreSQL
is asked for all of them at once: each queryset becomes a subquery whose rows come back as JSON. What can be prepared
and what is planned each time are two statements: one of the latter would have all of them planned each time, which
takes longer than a round trip. Where a statement fails, its queries are asked one by one, and only those that are at
fault fail. SQLite has no round trip to save.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from cms.graphql.accelerators import is_on
from cms.graphql.sql.compiled import BoundQuery, CompiledQuery
from cms.graphql.sql.failures import Failure, is_timeout, is_unreachable, unwrap
from cms.graphql.sql.prepared import execute, may_prepare

#: The rows of a query, or why there are none.
Answer = list[Any] | Failure


def bound_of(wanted: QuerySet | BoundQuery) -> BoundQuery | Failure:
    """A queryset as a statement; a Failure where none can be made of it."""
    if isinstance(wanted, BoundQuery):
        return wanted
    try:
        return BoundQuery(CompiledQuery(wanted), {})
    except Exception as error:  # noqa: BLE001 - raised where the rows are asked for
        return Failure(error)


def fetch(wanted: Sequence[QuerySet | BoundQuery]) -> list[list[Any]]:
    """The rows of each queryset: its model's instances, or what its `values()` or `values_list()` says.

    Raises what the first failing one raises.
    """
    return [unwrap(rows) for rows in attempt([bound_of(each) for each in wanted])]


def attempt(asked: Sequence[BoundQuery | Failure], *, using: str = DEFAULT_DB_ALIAS) -> list[Answer]:
    """As `fetch`, with a Failure in place of the rows of a query that failed; raises where the database is away."""
    compiled = [each for each in asked if isinstance(each, BoundQuery) and each.query.sql]
    found = dict(zip(map(id, compiled), _answers(compiled, connections[using]), strict=True))
    return [each if isinstance(each, Failure) else found.get(id(each), []) for each in asked]


def _answers(asked: Sequence[BoundQuery], connection: BaseDatabaseWrapper) -> list[Answer]:
    found: dict[int, Answer] = {}
    if is_on("multi_query") and connection.vendor == "postgresql":
        for joined in _groups([each for each in asked if each.query.json]):
            if len(joined) > 1:
                found |= zip(map(id, joined), _answers_joined(joined, connection), strict=True)
    return [found[id(each)] if id(each) in found else _fetch_one(each, connection) for each in asked]


def _groups(asked: list[BoundQuery]) -> list[list[BoundQuery]]:
    if not may_prepare():
        return [asked]
    return [[each for each in asked if bool(each.query.name) is is_kept] for is_kept in (True, False)]


def _answers_joined(asked: Sequence[BoundQuery], connection: BaseDatabaseWrapper) -> list[Answer]:
    try:
        return list(_fetch_joined(asked, connection))
    except Exception as error:
        if is_unreachable(error):
            raise
        # Which of them took too long can't be told, and none is run again.
        if is_timeout(error):
            return [Failure(error)] * len(asked)
        return [_fetch_one(each, connection) for each in asked]


def _fetch_one(asked: BoundQuery, connection: BaseDatabaseWrapper) -> Answer:
    statement = asked.query
    name = statement.name if connection.vendor == "postgresql" else None
    try:
        return statement.rows(execute(connection, name, statement.sql, statement.params(asked.values)))
    except Exception as error:
        if is_unreachable(error):
            raise
        return Failure(error)


def _fetch_joined(asked: Sequence[BoundQuery], connection: BaseDatabaseWrapper) -> list[list[Any]]:
    parts = (f"({each.query.json})::text" for each in asked)
    params = [param for each in asked for param in each.query.params(each.values)]
    names = [each.query.name for each in asked]
    name = None if None in names else blake2b(repr(names).encode(), digest_size=12).hexdigest()
    [found] = execute(connection, name, "SELECT " + ", ".join(parts), params)
    return [each.query.rows_of_json(text) for each, text in zip(asked, found, strict=True)]
