"""Pages of a list: what part of it a client asks for, and what it gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from cms.graphql.schema.errors import BadInput
from cms.graphql.schema.lists.cursors import Order

MAX_PAGE_SIZE = 100
DEFAULT_PAGE_SIZE = 20


def page_size(
    size: int | None, *, argument: str = "first", most: int = MAX_PAGE_SIZE, default: int = DEFAULT_PAGE_SIZE
) -> int:
    """A page size that a client may ask for; BadInput for less than 1 or more than `most`."""
    size = default if size is None else size
    if not 1 <= size <= most:
        raise BadInput(
            f"`{argument}` is {size}; it can be 1 to {most}.", code="BAD_PAGE_SIZE", field=argument, max=most
        )
    return size


@dataclass(frozen=True)
class Slice:
    """The part of a list that is asked for."""

    size: int
    backward: bool
    cursor: str | None

    @classmethod
    def of(cls, args: dict[str, Any], *, most: int, default: int) -> Slice:
        first, last, after, before = (args.get(name) for name in ("first", "last", "after", "before"))
        if first is not None and last is not None:
            raise BadInput("Ask for `first` or for `last`, not for both.", code="BAD_PAGE_SIZE", field="last")
        backward = last is not None or (first is None and before is not None)
        if (after if backward else before) is not None:
            raise BadInput("`after` goes with `first`, and `before` with `last`.", code="BAD_CURSOR")
        if backward:
            return cls(page_size(last, argument="last", most=most, default=default), True, before)
        return cls(page_size(first, most=most, default=default), False, after)

    @property
    def argument(self) -> str:
        return "before" if self.backward else "after"


@dataclass
class Page:
    """One page of rows, in the list's order; `more` where the slice was cut short of what there is."""

    rows: list[Model]
    more: bool
    order: Order
    slice: Slice
    total_count: int

    @property
    def edges(self) -> list[Edge]:
        return [Edge(row, self.order.cursor(row)) for row in self.rows]

    @property
    def nodes(self) -> list[Model]:
        return self.rows

    @property
    def page_info(self) -> dict[str, Any]:
        beyond = self.slice.cursor is not None
        return {
            "has_next_page": beyond if self.slice.backward else self.more,
            "has_previous_page": self.more if self.slice.backward else beyond,
            "start_cursor": self.order.cursor(self.rows[0]) if self.rows else None,
            "end_cursor": self.order.cursor(self.rows[-1]) if self.rows else None,
        }


@dataclass
class Edge:
    node: Model
    cursor: str
