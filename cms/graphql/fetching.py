"""Many querysets, one statement.

What a level of a request needs comes from many tables. Over a network each statement costs a journey, so PostgreSQL
is asked for all of them at once: each queryset becomes a subquery whose rows come back as JSON. SQLite has no journey
to save and is asked one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from django.db import InterfaceError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from cms.graphql.prepared import execute
from cms.graphql.statements import Bound, Statement


def fetch(wanted: Sequence[QuerySet | Bound]) -> list[list[Any]]:
    """The rows of each queryset: its model's instances, or what its `values()` or `values_list()` says."""
    bound = [each if isinstance(each, Bound) else Bound(Statement(each), {}) for each in wanted]
    asked = [each for each in bound if each.statement.sql]
    found = iter(_fetched(asked)) if asked else iter(())
    return [next(found) if each.statement.sql else [] for each in bound]


def _fetched(asked: Sequence[Bound]) -> list[list[Any]]:
    connection = connections[asked[0].statement.using]
    is_first, connection.health_check_done = not connection.health_check_done, True
    try:
        return _read(asked, connection)
    except (InterfaceError, OperationalError):
        # The first statement of a request tells a lost connection as well as Django's own check, a journey more, does.
        if not is_first or connection.in_atomic_block:
            raise
        connection.close()
        return _read(asked, connection)


def _read(asked: Sequence[Bound], connection: BaseDatabaseWrapper) -> list[list[Any]]:
    if len(asked) > 1 and connection.vendor == "postgresql":
        return _at_once(asked)
    return [_alone(each) for each in asked]


def _alone(asked: Bound) -> list[Any]:
    statement = asked.statement
    connection = connections[statement.using]
    name = statement.name if connection.vendor == "postgresql" else None
    return statement.rows(execute(connection, name, statement.sql, statement.params(asked.values)))


def _at_once(asked: Sequence[Bound]) -> list[list[Any]]:
    parts = (f"({each.statement.json})::text" for each in asked)
    params = [param for each in asked for param in each.statement.params(each.values)]
    names = [each.statement.name for each in asked]
    name = None if None in names else "cms_" + blake2b(repr(names).encode(), digest_size=12).hexdigest()
    connection = connections[asked[0].statement.using]
    [found] = execute(connection, name, "SELECT " + ", ".join(parts), params)
    return [each.statement.rows_of_json(text) for each, text in zip(asked, found, strict=True)]
