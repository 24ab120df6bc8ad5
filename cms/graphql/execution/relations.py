"""How the rows of a nested list belong to the objects above them."""

from __future__ import annotations

from typing import Any, Protocol

from django.db.models import BigIntegerField, F, Model, Q, QuerySet, Value, Window
from django.db.models.functions import Left, Length, RowNumber
from wagtail.models import Page

from cms.graphql.sql.compiled import BindParam

MAX_PATH = "z" * Page.steplen


def below(path: str, *, depth: int | None = None) -> Q:
    """The condition of pages below a tree path: of all of them, or of those of one level."""
    # A range of paths, unlike LIKE, begins in the index of every collation.
    condition = Q(path__gt=path, path__lte=path + MAX_PATH)
    return condition if depth is None else condition & Q(depth=depth)


def at_or_below(path: str) -> Q:
    """The condition of the page at a tree path and of all pages below it."""
    return Q(path=path) | below(path)


class Nesting(Protocol):
    """What a connection must know to read the rows of many objects in one statement."""

    parent_columns: list[str]
    child_columns: list[str]
    child_key: str

    def rows_of(self, rows: QuerySet, parents: list[Any]) -> QuerySet: ...

    def key(self, parent: Any) -> Any: ...

    def key_of_child(self, row: Model) -> Any: ...


class ByForeignKey:
    """A row belongs to the object that its foreign key names."""

    parent_columns: list[str] = []

    def __init__(self, name: str) -> None:
        self.child_key = f"{name}_id"
        self.child_columns = [name]

    def rows_of(self, rows: QuerySet, parents: list[Model] | BindParam) -> QuerySet:
        if isinstance(parents, BindParam):
            return rows.filter(**{f"{self.child_key}__any": parents})
        return rows.filter(**{f"{self.child_key}__in": [parent.pk for parent in parents]})

    def key(self, parent: Model) -> Any:
        return parent.pk

    def key_of_child(self, row: Model) -> Any:
        return getattr(row, self.child_key)


class ByTree:
    """A page belongs to its parent in the page tree."""

    parent_columns = ["path", "depth"]
    child_columns = ["path"]
    child_key = "parent_path"

    def rows_of(self, rows: QuerySet, parents: list[Page]) -> QuerySet:
        children = Q(pk__in=[])
        for parent in parents:
            children |= below(parent.path, depth=parent.depth + 1)
        return rows.filter(children).annotate(parent_path=Left("path", Length("path") - Page.steplen))

    def key(self, parent: Page) -> str:
        return parent.path

    def key_of_child(self, row: Page) -> str:
        return row.path[: -Page.steplen]


def top_n_per_group(rows: QuerySet, key: str, order: list[str], limit: int) -> QuerySet:
    """The first `limit` rows of every group of rows with the same `key`, in one statement."""
    columns = [F(name.removeprefix("-")).desc() if name.startswith("-") else F(name).asc() for name in order]
    number = Window(RowNumber(), partition_by=[F(key)], order_by=columns)
    return rows.annotate(_rank=number).filter(_rank__lte=limit).order_by(*order)


def keys_of_each(slices: dict[int, QuerySet]) -> QuerySet:
    """For querysets that are sliced, at least one, each by its own key: pairs of that key and a row's key."""
    parts = []
    for key, rows in slices.items():
        # A slice can't be part of a compound statement in SQLite; a condition on a slice can.
        part = rows.model._base_manager.filter(pk__in=rows.values("pk")).order_by()
        parts.append(part.annotate(_key=Value(key, output_field=BigIntegerField())).values_list("_key", "pk"))
    return parts[0].union(*parts[1:], all=True)
