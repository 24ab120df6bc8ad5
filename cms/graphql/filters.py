"""Typed filters: an input whose fields narrow a queryset."""

from __future__ import annotations

from typing import Any

import graphene
from django.db.models import QuerySet

from cms.graphql.context import Context


class FilterInput(graphene.InputObjectType):
    """Base of filters. A field `x` narrows by `filter_x(queryset, value, context)`, else by the column `x`.

    A field that is absent or null does not filter; several fields are combined with AND.
    """

    @classmethod
    def key(cls, values: dict[str, Any] | None) -> tuple[tuple[str, Any], ...] | None:
        """The conditions of `values`, where all are bare columns; None where one asks the clock or the database."""
        pairs = tuple((name, value) for name, value in (values or {}).items() if value is not None)
        return None if any(f"filter_{name}" in cls.__dict__ for name, _value in pairs) else pairs

    @classmethod
    def narrow(cls, queryset: QuerySet, values: dict[str, Any] | None, context: Context) -> QuerySet:
        """`queryset` with only the rows that all of `values` let through."""
        for name, value in (values or {}).items():
            if value is None:
                continue
            own = cls.__dict__.get(f"filter_{name}")
            queryset = own(queryset, value, context) if own else queryset.filter(**{name: value})
        return queryset
