"""Typed filters: an input whose fields narrow a queryset."""

from __future__ import annotations

from enum import Enum
from typing import Any, ClassVar

import graphene
from django.db.models import QuerySet

from cms.graphql.execution.context import Context


class FilterInput(graphene.InputObjectType):
    """Base of filters. A field `x` narrows by `filter_x(queryset, value, context)`, else by the column `x`.

    A field that is absent or null does not filter; several fields are combined with AND. A filter_x that needs nothing
    of the context but `now`, as a value of a condition, is named in `by_the_clock`, one that needs `today` in
    `by_the_day`: their statements are kept.
    """

    by_the_clock: ClassVar[set[str]] = set()
    by_the_day: ClassVar[set[str]] = set()

    @classmethod
    def key(cls, values: dict[str, Any] | None, context: Context) -> tuple[Any, ...] | None:
        """What a kept statement depends on; None where a condition asks the database, or what is not known."""
        pairs = [(name, value) for name, value in (values or {}).items() if value is not None]
        known = cls.by_the_clock | cls.by_the_day
        if any(f"filter_{name}" in cls.__dict__ and name not in known for name, _value in pairs):
            return None
        day = context.today if any(name in cls.by_the_day for name, _value in pairs) else None
        free = cls.free_values(values)
        return (
            *((name, None if name in free else getattr(value, "value", value)) for name, value in pairs),
            day,
        )

    @classmethod
    def free_values(cls, values: dict[str, Any] | None) -> dict[str, Any]:
        """The values of plain columns that clients make up; a kept query has a `bind_param` for each."""
        return {
            name: value
            for name, value in (values or {}).items()
            if isinstance(value, str | int | float) and not isinstance(value, bool | Enum)
            if f"filter_{name}" not in cls.__dict__
        }

    @classmethod
    def narrow(cls, queryset: QuerySet, values: dict[str, Any] | None, context: Context) -> QuerySet:
        """`queryset` with only the rows that all of `values` let through."""
        for name, value in (values or {}).items():
            if value is None:
                continue
            own = cls.__dict__.get(f"filter_{name}")
            queryset = own(queryset, value, context) if own else queryset.filter(**{name: value})
        return queryset
