"""How the rows of a nested list belong to the objects above them."""

from __future__ import annotations

from typing import Any, Protocol

from django.db.models import BigIntegerField, F, Model, Q, QuerySet, Value, Window
from django.db.models.functions import Left, Length, RowNumber
from wagtail.models import Page

from cms.graphql.sql.compiled import BindParam

#: Values of a condition by their names, or their places in a statement that is kept.
Values = dict[str, Any]

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
    """What a connection must know to read the rows of many objects in one statement.

    `rows_of` takes the `values` of these objects, or a `bind_param` for each: the names are all that the statement
    depends on.
    """

    parent_columns: list[str]
    child_columns: list[str]
    child_key: str

    def values(self, parents: list[Any]) -> Values: ...

    def rows_of(self, rows: QuerySet, values: Values) -> QuerySet: ...

    def key(self, parent: Any) -> Any: ...

    def key_of_child(self, row: Model) -> Any: ...


class ByForeignKey:
    """A row belongs to the object that its foreign key names."""

    parent_columns: list[str] = []

    def __init__(self, name: str) -> None:
        self.child_key = f"{name}_id"
        self.child_columns = [name]

    def values(self, parents: list[Model]) -> Values:
        return {"parents": [parent.pk for parent in parents]}

    def rows_of(self, rows: QuerySet, values: Values) -> QuerySet:
        lookup = "any" if isinstance(values["parents"], BindParam) else "in"
        return rows.filter(**{f"{self.child_key}__{lookup}": values["parents"]})

    def key(self, parent: Model) -> Any:
        return parent.pk

    def key_of_child(self, row: Model) -> Any:
        return getattr(row, self.child_key)


class ByTree:
    """A page belongs to its parent in the page tree."""

    parent_columns = ["path", "depth"]
    child_columns = ["path"]
    child_key = "parent_path"

    def values(self, parents: list[Page]) -> Values:
        found: Values = {}
        for number, parent in enumerate(parents):
            found |= {f"above {number}": parent.path, f"last {number}": parent.path + MAX_PATH}
            found |= {f"depth {number}": parent.depth + 1}
        return found

    def rows_of(self, rows: QuerySet, values: Values) -> QuerySet:
        children = Q(pk__in=[])
        for number in range(sum(name.startswith("above") for name in values)):
            above, last, depth = (values[f"{name} {number}"] for name in ("above", "last", "depth"))
            children |= Q(path__gt=above, path__lte=last, depth=depth)
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
