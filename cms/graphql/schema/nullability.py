"""Which fields may be null, beyond what they are declared with."""

from __future__ import annotations

from graphql import (
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_composite_type,
)


def allow_refusals(schema: GraphQLSchema) -> None:
    """Make lists and objects that take arguments nullable: a page size that is refused costs its own field.

    GraphQL passes the null of a field that must not be null on to what stands above it, in the end to the whole answer.
    """
    for each in schema.type_map.values():
        if each is schema.mutation_type or not isinstance(each, GraphQLObjectType | GraphQLInterfaceType):
            continue
        for field in each.fields.values():
            if (
                field.args
                and isinstance(field.type, GraphQLNonNull)
                and is_composite_type(get_named_type(field.type))
            ):
                field.type = field.type.of_type
