"""Documents: values as they spell them, their nodes, and how one that was made up becomes valid."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from graphql import (
    ArgumentNode,
    BooleanValueNode,
    DirectiveNode,
    DocumentNode,
    EnumValueNode,
    FieldNode,
    FloatValueNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLSchema,
    IntValueNode,
    ListValueNode,
    NamedTypeNode,
    NameNode,
    NullValueNode,
    ObjectFieldNode,
    ObjectValueNode,
    SelectionNode,
    SelectionSetNode,
    StringValueNode,
    ValueNode,
    print_ast,
    validate,
)


def literal(kind: GraphQLInputType, value: Any) -> ValueNode:
    """A value as a document spells it."""
    if isinstance(kind, GraphQLNonNull):
        return literal(kind.of_type, value)
    if value is None:
        return NullValueNode()
    if isinstance(kind, GraphQLList):
        return ListValueNode(values=tuple(literal(kind.of_type, each) for each in value))
    if isinstance(kind, GraphQLInputObjectType):
        fields = [
            ObjectFieldNode(name=NameNode(value=name), value=literal(kind.fields[name].type, each))
            for name, each in value.items()
        ]
        return ObjectValueNode(fields=tuple(fields))
    if isinstance(kind, GraphQLEnumType):
        return EnumValueNode(value=value)
    return _plain(value)


def _plain(value: Any) -> ValueNode:
    match value:
        case bool():
            return BooleanValueNode(value=value)
        case int():
            return IntValueNode(value=str(value))
        case float():
            return FloatValueNode(value=repr(value))
    return StringValueNode(value=value)


def is_unwritable(value: Any) -> bool:
    """Whether a document would be refused for spelling this value, before it is executed."""
    match value:
        case str():
            return "\x00" in value or any("\ud800" <= each <= "\udfff" for each in value)
        case list():
            return any(map(is_unwritable, value))
        case dict():
            return any(map(is_unwritable, value.values()))
        case int():
            return not -(2**31) <= value < 2**31
    return False


def field_node(
    name: str,
    alias: str | None = None,
    *,
    arguments: tuple[ArgumentNode, ...] = (),
    directives: tuple[DirectiveNode, ...] = (),
    selections: Sequence[SelectionNode] = (),
) -> FieldNode:
    return FieldNode(
        name=NameNode(value=name),
        alias=NameNode(value=alias) if alias else None,
        arguments=arguments,
        directives=directives,
        selection_set=SelectionSetNode(selections=tuple(selections)) if selections else None,
    )


def named(kind: GraphQLNamedType) -> NamedTypeNode:
    return NamedTypeNode(name=NameNode(value=kind.name))


def repaired(schema: GraphQLSchema, document: DocumentNode, random: Random) -> bool:
    """Whether the document is valid, once fields that do not merge have got names of their own."""
    for number in range(30):
        errors = validate(schema, document)
        if not errors:
            return True
        clashing = [node for error in errors for node in error.nodes or () if isinstance(node, FieldNode)]
        if not clashing or any("conflict" not in error.message for error in errors):
            raise AssertionError(f"{errors[0]}\n{print_ast(document)}")
        random.choice(clashing).alias = NameNode(value=f"x{number}")
    return False
