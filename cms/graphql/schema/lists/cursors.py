"""Keyset cursors: where a row stands in its order, so that a page begins in an index and not after an offset."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, cast

import orjson
from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.utils.timezone import is_naive

from cms.graphql.schema.errors import BadInput

#: What Python and Django raise for a value that is none of a column.
NO_VALUE = (TypeError, ValueError, OverflowError, ValidationError)


@dataclass(frozen=True)
class Order:
    """The order of one list: its name, its columns ("-" before a descending one), the last of them unique."""

    name: str
    columns: list[str]

    @property
    def attributes(self) -> list[str]:
        return [column.removeprefix("-") for column in self.columns]

    def reversed(self) -> list[str]:
        return [column[1:] if column.startswith("-") else f"-{column}" for column in self.columns]

    def cursor(self, row: Model) -> str:
        """The place of `row`, as an opaque text."""
        payload = orjson.dumps(
            [self.name, *[getattr(row, attribute) for attribute in self.attributes]], default=str
        )
        return base64.urlsafe_b64encode(payload).rstrip(b"=").decode()

    def place(self, cursor: str, model: type[Model], *, argument: str) -> list[Any]:
        """The column values that a cursor holds; BadInput where it isn't one of this list in this order."""
        try:
            payload = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
            name, *values = payload
            fields = [_field(model, attribute) for attribute in self.attributes]
            if name != self.name or len(values) != len(fields):
                raise ValueError(name)
            return [_value(field, value) for field, value in zip(fields, values, strict=True)]
        except (binascii.Error, orjson.JSONDecodeError, *NO_VALUE) as error:
            message = f"`{argument}` is not a cursor of this list in this order; take one from its edges or pageInfo."
            raise BadInput(message, code="BAD_CURSOR", field=argument) from error

    def beyond(self, queryset: QuerySet, place: list[Any], *, backward: bool) -> QuerySet:
        """The rows after a place, or before it."""
        rows = Q()
        equal = Q()
        for column, value in zip(self.columns, place, strict=True):
            attribute = column.removeprefix("-")
            below = column.startswith("-") is not backward
            rows |= equal & Q(**{f"{attribute}__{'lt' if below else 'gt'}": value})
            equal &= Q(**{attribute: value})
        # The first column's bound stands alone as well: only so do both databases begin in its index.
        first = self.columns[0]
        bound = "lte" if first.startswith("-") is not backward else "gte"
        return queryset.filter(Q(**{f"{first.removeprefix('-')}__{bound}": place[0]}) & rows)


def _field(model: type[Model], attribute: str) -> Field:
    # Relations, which `get_field` finds as well, are no columns to order by.
    return model._meta.pk if attribute == "pk" else cast(Field, model._meta.get_field(attribute))


def _value(field: Field, stored: Any) -> Any:
    """A column's value as a cursor holds it; raises one of NO_VALUE for what the databases would refuse."""
    value = field.to_python(stored)
    if value is None:
        raise ValueError("orders go by columns that are never null")
    if isinstance(value, str):
        value.encode()  # half of a surrogate pair is no text
        if "\x00" in value:
            raise ValueError("PostgreSQL takes no NUL in a text")
    elif isinstance(value, datetime):
        if is_naive(value):
            raise ValueError("cursors name a moment with its zone")
        value.astimezone(UTC)  # the first and the last moments of a calendar are in some zones only
    elif isinstance(value, Decimal):
        field.run_validators(value)
    elif isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise OverflowError("the databases' integers have 64 bits")
    return value
