"""What an answer is made of: the tags that a change of content bumps (`cms.invalidation.tags`).

Objects leave their row's tag. A list leaves the tags of what decides who is in it and in which order: the lists and
columns that its statement filters and orders by, read off the statement itself. A query by key leaves only the tags
of its rows, also of keys that no row has. A statement that goes past all this leaves coarse tags, so that nothing can
be forgotten: it is only thrown away more often.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, cast

from django.apps import apps
from django.db.models import Expression, Model, QuerySet
from django.db.models.expressions import Col
from django.db.models.sql import Query
from django.db.models.sql.datastructures import Join
from wagtail.models import Page

from cms.graphql.sql.compiled import BoundQuery, CompiledQuery
from cms.invalidation import tags
from cms.invalidation.capture import content_tables

TABLE = re.compile(r'\b(?:FROM|JOIN)\s+"(\w+)"', re.IGNORECASE)
#: Columns that no two pages share.
UNIQUE = {"path", "url_path"}


def tags_of_rows(asked: BoundQuery, rows: list[Any]) -> set[str]:
    """The tags of what was read: `rows`, and the way in which they were found."""
    statement = asked.query
    found = {tags.table(table) for table in _tables(statement)}
    if not _by_key(asked, rows, found):
        found |= _lists(statement)
    if statement.makes_instances:
        for row in rows[: asked.page_size]:
            found.update(_tags_of(row))
    return found


def tags_of_sql(sql: str) -> set[str]:
    """Coarse tags for a statement of which only the text is known."""
    return {tags.any_row(table) for table in TABLE.findall(sql) if table in content_tables()}


def is_of_content(statement: CompiledQuery) -> bool:
    """Whether a statement reads tables of content alone: no others have tags that tell of each change."""
    found = statement.annotations.get("of content")
    if found is None:
        tables = set(TABLE.findall(statement.sql))
        found = statement.annotations["of content"] = bool(tables) and tables <= content_tables().keys()
    return found


def _by_key(asked: BoundQuery, rows: list[Any], found: set[str]) -> bool:
    """Whether rows were found by keys; `found` then gets the tags of all keys that were asked for."""
    model, column = asked.query.model, asked.key_column
    if column is None:
        return False
    keys = asked.values["values"]
    if column in {"pk", "id"}:
        owner = tags.owner_of(model)
        found.update(() if owner else (tags.row(model, key) for key in keys))
        return owner is None
    owner = tags.owner_of(model)
    if owner and column in {owner[0], owner[0].removesuffix("_id")}:
        found.update(tags.row(owner[1], key) for key in keys)
        return True
    # A page of another type than asked for is found among all pages.
    is_found = len(rows) == len(keys) or (model is not Page and issubclass(model, Page))
    return issubclass(model, Page) and column in UNIQUE and is_found


def _tags_of(instance: Model) -> Iterator[str]:
    model, values = type(instance), instance.__dict__
    owner = tags.owner_of(model)
    if owner is None:
        yield tags.row(model, instance.pk)
    elif values.get(owner[0]) is not None:
        yield tags.row(owner[1], values[owner[0]])
    for related in instance._state.fields_cache.values():
        if isinstance(related, Model) and related._meta.db_table in content_tables():
            yield from _tags_of(related)


def _tables(statement: CompiledQuery) -> frozenset[str]:
    found: frozenset[str] | None = statement.annotations.get("tables")
    if found is None:
        found = frozenset(content_tables().keys() & TABLE.findall(statement.sql))
        statement.annotations["tables"] = found
    return found


def _lists(statement: CompiledQuery) -> frozenset[str]:
    found: frozenset[str] | None = statement.annotations.get("lists")
    if found is None:
        found = frozenset(_listed(statement)) if statement.sql else frozenset()
        statement.annotations["lists"] = found
    return found


def _listed(statement: CompiledQuery) -> Iterator[str]:
    yield from _of_query(statement.queryset.query)
    for expression, _order in statement.order:
        yield from _of_expression(expression, statement.queryset.query)


def _of_query(query: Query) -> Iterator[str]:
    # Django makes queries without a model for expressions alone; they read no table.
    if query.model is not None and query.model._meta.db_table in content_tables():
        yield tags.listed(query.model)
    for part in query.combined_queries:
        yield from _of_query(part)
    selected = [] if query.default_cols else query.select
    for expression in [*selected, *query.annotations.values(), *_conditions(query.where)]:
        yield from _of_expression(expression, query)


def _conditions(node: Any) -> Iterator[Any]:
    for child in getattr(node, "children", ()):
        if hasattr(child, "children"):
            yield from _conditions(child)
        else:
            yield child


def _of_expression(expression: Any, query: Query) -> Iterator[str]:
    if isinstance(expression, Query):
        yield from _of_query(expression)
    elif isinstance(expression, Col):
        yield from _of_column(expression, query)
    elif isinstance(inner := getattr(expression, "query", None), Query):
        yield from _of_query(inner)  # a subquery: EXISTS, or IN
    sources: Callable[[], Iterable[Any]] | None = getattr(expression, "get_source_expressions", None)
    for source in sources() if sources else ():
        if source is not None and not isinstance(expression, Query):
            yield from _of_expression(source, query)
    for side in (getattr(expression, "lhs", None), getattr(expression, "rhs", None)):
        if isinstance(side, Expression | Query | QuerySet) and sources is None:
            yield from _of_expression(side, query)


def _of_column(column: Col, query: Query) -> Iterator[str]:
    source = query.alias_map.get(column.alias)
    table = source.table_name if source else column.target.model._meta.db_table
    # A field without a column, which the stubs allow for, is in no statement.
    yield from _of_table(table, cast(str, column.target.column), query)
    # The columns of the joins that lead to its table count as well.
    while isinstance(source, Join):
        above = query.alias_map[source.parent_alias]
        for left, right in source.join_cols:
            yield from _of_table(above.table_name, left, query)
            yield from _of_table(source.table_name, right, query)
        source = above


def _of_table(table: str, column: str, query: Query) -> Iterator[str]:
    if table not in content_tables():
        return
    own = query.model
    model = own if own is not None and table in _own_tables(own) else _model_of(table)
    yield tags.listed(model)
    yield tags.column(model, column)


@cache
def _own_tables(model: type[Model]) -> frozenset[str]:
    return frozenset(each._meta.db_table for each in [model, *model._meta.get_parent_list()])


@cache
def _model_of(table: str) -> type[Model]:
    models = apps.get_models(include_auto_created=True)
    return next(model for model in models if model._meta.db_table == table)
