"""Scalars beside those of the GraphQL specification."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLError, IntValueNode, ValueNode
from graphql.language.printer import print_ast


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
            raise GraphQLError(f"PositiveInt cannot be {value!r}: it is a whole number, 0 or more.")
        return value

    @staticmethod
    def parse_literal(node: ValueNode, _variables: dict[str, Any] | None = None) -> int:
        return PositiveInt.parse_value(int(node.value) if isinstance(node, IntValueNode) else print_ast(node))
