"""Orders that a client may ask for: never a column's name, always ending in a unique column."""

from __future__ import annotations

import graphene
from django.db.models import F
from django.db.models.expressions import OrderBy

from cms.graphql.schema.errors import BadInput, quoted


def order_enum(name: str, description: str, **orders: tuple[list[str], str]) -> type[graphene.Enum]:
    """An enum of orders: `PUBLISHED_AT_DESC=(["-published_at"], "Newest first.")`.

    The columns must not be null; the primary key is added, in the direction of the last column.
    """
    descriptions = {value: text for value, (_columns, text) in orders.items()}
    enum = graphene.Enum(
        name,
        [(value, value) for value in orders],
        description=lambda value: descriptions[value.value] if value else description,
    )
    enum.columns = {value: _with_pk(columns) for value, (columns, _text) in orders.items()}
    return enum


def _with_pk(columns: list[str]) -> list[str]:
    if not columns:
        return ["pk"]
    return [*columns, "-pk" if columns[-1].startswith("-") else "pk"]


#: Values of the `order` argument of wagtail-grapple's lists, each with or without "-" before it. Its own lists order
#: by any path of columns (`owner__password`), which tells what is in them.
SAFE_ORDERS = ("id", "title", "slug", "path", "first_published_at", "last_published_at", "name", "created_at")


#: Columns of one order; what comes after them is no column's name.
MOST_ORDERS = 2 * len(SAFE_ORDERS)

#: Those that may be empty. Left to themselves the databases differ in where nulls stand.
NULLABLE = {"first_published_at", "last_published_at"}


def safe_order(order: str | None, columns: set[str]) -> list[str | OrderBy]:
    """The columns of an `order` argument, e.g. "-first_published_at,title"; BadInput for any but the safe ones.

    Nulls are before all values, and with "-" after them.
    """
    allowed = [name for name in SAFE_ORDERS if name in columns]
    asked = [part for each in (order or "").split(",", MOST_ORDERS) if (part := each.strip())]
    if refused := [part for part in asked if part.removeprefix("-") not in allowed]:
        known = ", ".join(allowed)
        message = (
            f"`order` cannot be {quoted(refused[0])}; it can be: {known}, or one of them with - before it."
        )
        raise BadInput(message, code="BAD_ORDER")
    # Rows with one value in a column are not told apart by that column once more.
    first: dict[str, str] = {}
    for part in asked:
        first.setdefault(part.removeprefix("-"), part)
    return [_with_nulls(part) if name in NULLABLE else part for name, part in first.items()]


def _with_nulls(column: str) -> OrderBy:
    if column.startswith("-"):
        return F(column[1:]).desc(nulls_last=True)
    return F(column).asc(nulls_first=True)
