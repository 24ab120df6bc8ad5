"""Many querysets, one statement.

What a level of a request needs comes from many tables. Over a network each statement costs a journey, so PostgreSQL
is asked for all of them at once: each queryset becomes a subquery whose rows come back as JSON. SQLite has no journey
to save and is asked one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

#: What psycopg makes of a column's text, for columns whose text JSON has kept.
FROM_JSON: dict[str, Callable[[Any], Any]] = {
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
    "TimeField": time.fromisoformat,
    "DecimalField": lambda value: Decimal(str(value)),
    "UUIDField": UUID,
    "JSONField": lambda value: orjson.dumps(value).decode(),
}


def fetch(querysets: Sequence[QuerySet]) -> list[list[Any]]:
    """The rows of each queryset: its model's instances, or what its `values()` or `values_list()` says."""
    parts = [Part(queryset) for queryset in querysets]
    asked = [part for part in parts if part.sql]
    if len(asked) > 1 and connections[asked[0].using].vendor == "postgresql":
        _ask(asked)
        return [part.answer() for part in parts]
    return [list(part.queryset) if part.sql else [] for part in parts]


def _ask(parts: list[Part]) -> None:
    columns = ", ".join(f"(SELECT json_agg(r) FROM ({part.sql}) r)::text" for part in parts)
    with connections[parts[0].using].cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [param for part in parts for param in part.params])
        for part, found in zip(parts, cursor.fetchone(), strict=True):
            part.found = orjson.loads(found) if found else []


class Part:
    """A queryset whose rows come out of a statement that it shares with others."""

    def __init__(self, queryset: QuerySet) -> None:
        self.queryset = queryset
        self.using = queryset.db
        self.compiler: SQLCompiler = queryset.query.get_compiler(self.using)
        self.found: list[dict[str, Any]] = []
        try:
            self.sql, self.params = self.compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet:
            self.sql, self.params = "", ()

    def answer(self) -> list[Any]:
        """The rows as the queryset itself would have answered them."""
        if not self.found:
            return []
        chunk = [self._rows()]
        self.compiler.execute_sql = lambda *args, **kwargs: chunk
        # The queryset's own iterator makes of the rows what it always makes of them.
        queryset = self.queryset.all()
        queryset.query.get_compiler = lambda *args, **kwargs: self.compiler
        return list(queryset._iterable_class(queryset))

    def _rows(self) -> list[list[Any]]:
        rows = [list(row.values()) for row in self.found]
        for index, (expression, _sql, _alias) in enumerate(self.compiler.select):
            convert = FROM_JSON.get(expression.output_field.get_internal_type())
            if convert is not None:
                for row in rows:
                    if row[index] is not None:
                        row[index] = convert(row[index])
        return rows
