"""Which fields may be null, beyond what they are declared with."""

from __future__ import annotations

from graphql import (
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_composite_type,
)

from cms.preview.drafts import object_id


def settle_ids(schema: GraphQLSchema) -> None:
    """Let every object tell its id: clients' caches merge by it. Libraries declare ids as if there might be none."""
    for each in schema.type_map.values():
        if isinstance(each, GraphQLObjectType | GraphQLInterfaceType) and "id" in each.fields:
            field = each.fields["id"]
            field.type = GraphQLNonNull(get_nullable_type(field.type))
            field.resolve = lambda instance, info: object_id(instance)


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
