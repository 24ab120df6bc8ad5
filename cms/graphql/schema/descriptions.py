"""Descriptions for what the schema takes over from libraries without any: every type, field and argument has one."""

from __future__ import annotations

from django.db.models import Model
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
)
from grapple.registry import registry

from cms.graphql.schema.fields import DESCRIPTIONS

#: Entries of a list that a client sends, in a document or in variables (`operation/input_lists.py`).
MAX_INPUT_LIST = 100
SHARED_FIELDS = {
    "id": "Unique among the objects of this type.",
    "blockType": "Name of the block's type in this schema.",
    "field": "Name under which the block stands in its StreamField.",
    "rawValue": "The stored value, as JSON text.",
    "value": "The block's value, as text.",
}
TYPES = {
    "StreamFieldInterface": "A block of structured content.",
    "SearchOperatorEnum": "Whether all words must be found, or any of them.",
    "Page": "A page without a type of its own.",
    "StreamFieldBlock": "A block without a type of its own, shown as JSON.",
}


def describe(schema: GraphQLSchema) -> None:
    """Fill in the descriptions that are still missing."""
    models = {
        graphql_type._meta.name: model
        for model, graphql_type in registry.models.items()
        if model != "generic-block"
    }
    for name, each in schema.type_map.items():
        if not name.startswith("__"):
            _describe_type(each, models.get(name))


def _describe_type(each: GraphQLNamedType, shown: type | None) -> None:
    if not each.description:
        each.description = TYPES.get(each.name) or _from_class(shown) or f"A value of Wagtail's {each.name}."
    if isinstance(each, GraphQLEnumType):
        for name, value in each.values.items():
            value.description = value.description or name.replace("_", " ").capitalize() + "."
    if not isinstance(each, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
        return
    for name, field in each.fields.items():
        field.description = field.description or SHARED_FIELDS.get(name)
        if isinstance(field, GraphQLInputField):
            _describe_input(field)
        for argument in getattr(field, "args", {}).values():
            _describe_input(argument)


def _describe_input(given: GraphQLArgument | GraphQLInputField) -> None:
    given.description = given.description and str(given.description)
    kind = given.type.of_type if isinstance(given.type, GraphQLNonNull) else given.type
    if isinstance(kind, GraphQLList):
        given.description = f"{given.description or ''} At most {MAX_INPUT_LIST} entries.".lstrip()


def _from_class(shown: type | None) -> str | None:
    if shown is None:
        return None
    doc = (DESCRIPTIONS.get(shown) or shown.__doc__ or "").strip().split("\n\n")[0]
    generated = issubclass(shown, Model) and doc.startswith(f"{shown.__name__}(")
    return " ".join(doc.split()) if doc and not generated else None
