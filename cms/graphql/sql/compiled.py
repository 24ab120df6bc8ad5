"""Statements that are written once.

To make a queryset and turn it into SQL takes Django longer than it takes the database to answer. A load whose
statement differs from time to time only in its values yields a `QueryTemplate`: the SQL is written when the first one
asks, with a `bind_param` where a value goes, and kept.

The rows become instances without `Model.__init__`, which for a page costs more than the row itself. Nothing here
saves them, and no signal waits for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from itertools import count
from typing import Any
from uuid import UUID

import orjson
from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import Expression, Field, ForeignObject, JSONField, Lookup, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.expressions import Col
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.models.sql.compiler import SQLCompiler
from wagtail.fields import StreamField

from cms.graphql.accelerators import is_on
from cms.operations.lru import LRUCache

KEPT = 2000

#: What psycopg makes of a column's text, for columns whose text JSON has kept.
FROM_JSON: dict[str, Callable[[Any], Any]] = {
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
    "TimeField": time.fromisoformat,
    "DecimalField": Decimal,
    "UUIDField": UUID,
    "JSONField": lambda value: orjson.dumps(value).decode(),
}
#: Columns whose values JSON keeps, beside those that FROM_JSON makes again; a query with others is asked alone.
KEPT_BY_JSON = (
    models.BooleanField,
    models.CharField,
    models.FileField,
    models.FloatField,
    models.ForeignKey,
    models.IntegerField,
    models.TextField,
)
#: Arguments that a function of PostgreSQL takes.
MOST_ARGUMENTS = 100


class BindParam(Expression):
    """The place of a value in a statement."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    # Any: django-stubs knows no parameters but texts and numbers.
    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        return "%s", [self]


def bind_param(name: str) -> BindParam:
    """The place of the value `name` in the queryset of a QueryTemplate."""
    return BindParam(name)


def bind_params(names: Iterable[str]) -> dict[str, BindParam]:
    """The places of several values, by their names."""
    return {name: BindParam(name) for name in names}


@ForeignObject.register_lookup
@Field.register_lookup
class AnyOf(Lookup):
    """`column__any=bind_param("values")`: as `in`, but the same SQL for however many values."""

    lookup_name = "any"
    prepare_rhs = False

    def as_postgresql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} = ANY({right})", [*left_params, *right_params]

    def as_sqlite(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        listed = f"SELECT value FROM json_each({right})"  # noqa: S608 - both are Django's own SQL
        return f"{left} IN ({listed})", [*left_params, *right_params]


class CompiledQuery:
    """The SQL of a queryset, and what makes of its rows what the queryset would have answered.

    It holds no connection: threads share it, and it outlives the one that wrote it. `sql` is empty where the queryset
    can have no rows. Raises NotImplementedError for a queryset whose rows are neither instances nor values.
    """

    def __init__(self, queryset: QuerySet) -> None:
        self.queryset = queryset
        self.model: type[Model] = queryset.model
        self.using: str = queryset.db
        compiler: SQLCompiler = queryset.query.get_compiler(self.using)
        try:
            self.sql, params = compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet:
            self.sql, params = "", ()
        self._params = tuple(params)
        #: Tells a statement that may be prepared from all others, in this process.
        self.name: str | None = None
        self.makes_instances = issubclass(queryset._iterable_class, ModelIterable)
        #: What others have found out about the statement, to keep as long as it is kept.
        self.annotations: dict[str, Any] = {}
        if self.sql:
            self._read_columns(compiler)

    def _read_columns(self, compiler: SQLCompiler) -> None:
        self._expressions = [expression for expression, _sql, _alias in compiler.select]
        self._names = [alias for _expression, _sql, alias in compiler.select]
        self._types = [expression.output_field.get_internal_type() for expression in self._expressions]
        self._converted = {
            index: self._expressions[index] for index in compiler.get_converters(self._expressions)
        }
        self._make = self._maker(compiler)

    def _maker(self, compiler: SQLCompiler) -> Callable[[Sequence[Sequence[Any]]], list[Any]]:
        kind = self.queryset._iterable_class
        if self.makes_instances:
            klass = compiler.klass_info
            first, last = klass["select_fields"][0], klass["select_fields"][-1] + 1
            names = [column.target.attname for column in self._expressions[first:last]]
            self._columns = list(enumerate(names, start=first))
            self._columns += [(index, name) for name, index in compiler.annotation_col_map.items()]
            self._related = get_related_populators(  # type: ignore[call-arg]  # the stubs are of a later Django
                klass, compiler.select, self.using
            )
            return self._instances
        if kind is ValuesListIterable:
            return lambda rows: [tuple(row) for row in rows]
        if kind is FlatValuesListIterable:
            return lambda rows: [row[0] for row in rows]
        if kind is ValuesIterable:
            query = self.queryset.query
            names = list(
                query.selected or (*query.extra_select, *query.values_select, *query.annotation_select)
            )
            return lambda rows: [dict(zip(names, row, strict=True)) for row in rows]
        raise NotImplementedError(
            f"Rows of {kind.__name__} can't be loaded; ask for instances or values_list()."
        )

    @cached_property
    def order(self) -> list[tuple[Expression, Any]]:
        """The expressions that the rows are ordered by."""
        if not self.sql or self.queryset.query.combinator:
            return []
        compiler = self.queryset.query.get_compiler(self.using)
        compiler.setup_query()
        return compiler.get_order_by()

    @cached_property
    def json(self) -> str:
        """SQL whose one value is all rows as JSON: lists of their columns, in the order of `rows`.

        Empty for columns of which JSON would not keep the type.
        """
        for kind, expression in zip(self._types, self._expressions, strict=True):
            if kind not in FROM_JSON and not isinstance(expression.output_field, KEPT_BY_JSON):
                return ""
        if None in self._names or len(self._names) > MOST_ARGUMENTS or self.queryset.query.combinator:
            if "DecimalField" in self._types:
                return ""
            return f"SELECT json_agg(r) FROM ({self.sql}) r"  # noqa: S608 - Django's SQL
        quote = connections[self.using].ops.quote_name
        # As a number of JSON a decimal would lose its last digits.
        columns = ", ".join(
            f"r.{quote(name)}" + ("::text" if kind == "DecimalField" else "")
            for name, kind in zip(self._names, self._types, strict=True)
        )
        return f"SELECT json_agg(json_build_array({columns})) FROM ({self.sql}) r"  # noqa: S608 - Django's SQL

    def params(self, values: dict[str, Any]) -> list[Any]:
        """The statement's parameters, with `values` in their places."""
        adapt = connections[self.using].ops.adapt_unknown_value
        on_sqlite = connections[self.using].vendor == "sqlite"
        bound: list[Any] = []
        for param in self._params:
            if not isinstance(param, BindParam):
                bound.append(param)
                continue
            value = values[param.name]
            if isinstance(value, list):
                bound.append(orjson.dumps(value).decode() if on_sqlite else value)
            else:
                bound.append(adapt(value))
        return bound

    def rows(self, found: Sequence[Sequence[Any]]) -> list[Any]:
        """What the queryset makes of the rows that the database answered."""
        if not self._converted:
            return self._make(found)
        rows = [list(row) for row in found]
        for index, expression in self._converted.items():
            self._convert(rows, index, expression)
        return self._make(rows)

    def rows_of_json(self, text: str | None) -> list[Any]:
        """As `rows`, of what PostgreSQL answers to `json`."""
        if not text:
            return []
        rows = orjson.loads(text)
        if isinstance(rows[0], dict):
            rows = [list(row.values()) for row in rows]
        for index, read, converted in self._json_readers:
            if read is not None:
                for row in rows:
                    if row[index] is not None:
                        row[index] = read(row[index])
            if converted is not None:
                self._convert(rows, index, converted)
        return self._make(rows)

    @cached_property
    def _json_readers(self) -> list[tuple[int, Callable[[Any], Any] | None, Expression | None]]:
        """For each column that JSON has not kept as it is: its place, what reads it, and what Django then converts."""
        readers: list[tuple[int, Callable[[Any], Any] | None, Expression | None]] = []
        for index, (name, expression) in enumerate(zip(self._types, self._expressions, strict=True)):
            column = expression.output_field
            # JSON within JSON is read with it: to write it again for Django's converter to read would take long.
            if isinstance(expression, Col) and isinstance(column, StreamField):
                readers.append((index, column.to_python, None))
            elif isinstance(expression, Col) and type(column) is JSONField and column.decoder is None:
                continue
            elif name in FROM_JSON or index in self._converted:
                readers.append((index, FROM_JSON.get(name), self._converted.get(index)))
        return readers

    def _convert(self, rows: list[list[Any]], index: int, expression: Expression) -> None:
        # As SQLCompiler.get_converters has it, for the connection of the thread that asks.
        connection = connections[self.using]
        for convert in (
            *connection.ops.get_db_converters(expression),
            *expression.get_db_converters(connection),
        ):
            for row in rows:
                row[index] = convert(row[index], expression, connection)

    def _instances(self, rows: Sequence[Sequence[Any]]) -> list[Any]:
        made = []
        for row in rows:
            instance = self.model.__new__(self.model)
            state = instance._state = ModelState()
            state.adding, state.db = False, self.using
            values = instance.__dict__
            for index, name in self._columns:
                values[name] = row[index]
            for related in self._related:
                related.populate(row, instance)
            made.append(instance)
        return made


@dataclass(frozen=True)
class BoundQuery:
    """A query with its values: what a load yields, beside querysets. The rest is as in QueryTemplate."""

    query: CompiledQuery
    values: dict[str, Any]
    key_column: str | None = None
    page_size: int | None = None


@dataclass(frozen=True)
class QueryTemplate:
    """A queryset that differs from time to time only in its values.

    `build` makes it, with `bind_param(name)` in place of each of `values`; `key` tells it from all others.
    With `key_column` the rows are found by the keys in `values["values"]` and by nothing else: an answer then depends
    on those rows, and not on who is in a list. `is_single` says that one page is asked for, which may be read at once
    as the page types that are selected from: `build` then takes one of them as `model`. A list may read one row more
    than its `page_size`, to see if there are more; that one is not shown. One that is not `is_prepared` is planned for
    its values each time, since it takes another plan for few rows than for many.
    """

    key: tuple[Any, ...]
    model: type[Model]
    build: Callable[[Any], QuerySet]
    values: dict[str, Any] = field(default_factory=dict)
    key_column: str | None = None
    is_single: bool = False
    page_size: int | None = None
    is_prepared: bool = True


class CompiledQueries:
    """The queries that were used last; a bounded number."""

    def __init__(self) -> None:
        self._queries: LRUCache[Any, CompiledQuery] = LRUCache(lambda: KEPT)
        self._numbers = count(1)

    def get(self, key: Any, build: Callable[[], QuerySet], *, is_prepared: bool = True) -> CompiledQuery:
        """The query kept under `key`, or that of the queryset that `build` makes; named if it may be prepared."""
        if not is_on("compiled_queries"):
            return CompiledQuery(build())
        if found := self._queries.get(key):
            return found
        made = CompiledQuery(build())
        if is_prepared:
            made.name = f"cms_{next(self._numbers)}"
        self._queries.put(key, made)
        return made


compiled_queries = CompiledQueries()
