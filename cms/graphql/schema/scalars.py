"""Scalars beside those of the GraphQL specification."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

import graphene
from graphql import (
    GraphQLError,
    GraphQLScalarType,
    GraphQLSchema,
    IntValueNode,
    ValueNode,
    is_specified_scalar_type,
)
from graphql.language.printer import print_ast

from cms.graphql.schema.errors import quoted
from cms.operations.dates import as_utc

#: Where the form of each scalar is laid down, for `@specifiedBy`.
SPECIFICATIONS = {
    "Date": "https://scalars.graphql.org/andimarek/local-date.html",
    "DateTime": "https://scalars.graphql.org/andimarek/date-time.html",
    "GeoJSON": "https://www.rfc-editor.org/rfc/rfc7946",
    "JSON": "https://www.rfc-editor.org/rfc/rfc8259",
    "PositiveInt": "https://spec.graphql.org/September2025/#sec-Int",
}


def settle_scalars(schema: GraphQLSchema) -> None:
    """Say where each scalar is specified, and write all moments in one way: graphene writes what Python does."""
    for name, scalar in schema.type_map.items():
        if isinstance(scalar, GraphQLScalarType) and not is_specified_scalar_type(scalar):
            scalar.specified_by_url = SPECIFICATIONS.get(name)
    moments = cast(GraphQLScalarType, schema.type_map["DateTime"])
    moments.serialize = serialize_moment  # type: ignore[method-assign]  # as graphql-core means it to be set
    moments.description = (
        "A moment, in UTC and to the second: 2026-01-11T01:00:00Z. As input, in any zone (RFC 3339)."
    )


def serialize_moment(value: Any) -> str:
    """A moment in the one shape that DateTime has; raises GraphQLError for what is none."""
    if not isinstance(value, datetime):
        raise GraphQLError(f"DateTime cannot represent value: {quoted(str(value))}")
    return as_utc(value)


class JSON(graphene.Scalar):
    """Any JSON value, as an object and not as text."""

    serialize = staticmethod(lambda value: value)
    parse_value = staticmethod(lambda value: value)


class GeoJSON(JSON):
    """A GeoJSON object (RFC 7946): WGS 84, longitude before latitude, outer rings counter-clockwise."""


class PositiveInt(graphene.Int):
    """A whole number that is not negative."""

    @staticmethod
    def parse_value(value: Any) -> int:
        if type(value) is not int or not 0 <= value < 2**31:
            raise GraphQLError(
                f"PositiveInt cannot be {quoted(str(value))}: it is a whole number, 0 or more."
            )
        return value

    @staticmethod
    def parse_literal(node: ValueNode, _variables: dict[str, Any] | None = None) -> int:
        return PositiveInt.parse_value(int(node.value) if isinstance(node, IntValueNode) else print_ast(node))
