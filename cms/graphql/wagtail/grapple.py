"""What types wagtail-grapple builds, of which fields, and how those of blocks are answered."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import orjson
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from graphene.utils.str_converters import to_camel_case
from graphql import GraphQLField, GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema, get_named_type
from grapple.actions import register_model
from grapple.registry import registry
from grapple.types.pages import Page as PageType
from taggit.models import Tag
from wagtail.blocks import ChoiceBlock, ChooserBlock, DateBlock, DateTimeBlock, FieldBlock, TimeBlock
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Locale, Page, Site

from cms.content.autodiscovery import autodiscover
from cms.content.raw_values import sanitize_raw
from cms.graphql.execution.selection import COLUMNS
from cms.graphql.schema.fields import declared_fields
from cms.graphql.wagtail.blocks import BlockItem

#: Wagtail's own models whose types grapple builds from our declarations instead of its fixed ones.
WAGTAIL_MODELS = (Site, Locale, Redirect, Collection, Tag)


def prepare() -> None:
    """Collect the declarations of all apps; to be called before grapple builds its types."""
    for module in ("pages", "sites", "redirects", "media", "snippets", "routes"):
        import_module(f"cms.graphql.wagtail.types.{module}")
    autodiscover("schema")
    for model in WAGTAIL_MODELS:
        register_model(model, "")


def prune() -> None:
    """Leave in each type what is declared, and nothing else.

    graphene-django adds every column and relation that grapple forgets to exclude: `draftTitle`, `expireAt`, who has
    it locked, even the redirects and aliases of a page. And grapple's types of containers and choosers read Wagtail's
    block values, with a query each; a block without a type of its own is shown by its JSON instead.
    """
    registry.pages[Page] = PageType
    for model, graphql_type in registry.class_models.items():
        _keep(graphql_type, {each.field_name for each in declared_fields(model)})
    for block in [each for each in registry.streamfield_blocks if isinstance(each, type)]:
        if not _is_shown_by_value(block) and not hasattr(block, "graphql_fields"):
            del registry.streamfield_blocks[block]
    for block, graphql_type in registry.streamfield_blocks.items():
        _keep(graphql_type, {"value", *(each.field_name for each in declared_fields(block))})


def _is_shown_by_value(block: type) -> bool:
    return issubclass(block, FieldBlock) and not issubclass(
        block, ChooserBlock | DateBlock | TimeBlock | DateTimeBlock | ChoiceBlock
    )


def _keep(graphql_type: Any, names: set[str]) -> None:
    fields = graphql_type._meta.fields
    inherited = {name for interface in graphql_type._meta.interfaces for name in interface._meta.fields}
    for name in set(fields) - names - inherited - {"id"}:
        del fields[name]


def plain_columns() -> None:
    """Note which columns the fields read that models name in `graphql_fields`."""
    for model in registry.class_models:
        for declared in getattr(model, "graphql_fields", ()):
            field = declared() if callable(declared) else declared
            if isinstance(field, tuple):
                continue  # it says itself what it reads
            key = (model.__name__, to_camel_case(field.field_name))
            if key not in COLUMNS and _is_column(model, field.field_source):
                COLUMNS[key] = [field.field_source]
        COLUMNS.setdefault((model.__name__, "id"), ["pk"])


def _is_column(model: type[Model], name: str) -> bool:
    try:
        return model._meta.get_field(name).concrete
    except (FieldDoesNotExist, AttributeError):
        return False


def block_fields(schema: GraphQLSchema) -> None:
    """Answer the fields of StreamFieldInterface for our block occurrences.

    grapple's `rawValue` fails for every StructBlock.
    """
    resolvers = {
        "blockType": lambda item, info: type(item.block).__name__,
        "field": lambda item, info: item.block.name,
        "rawValue": lambda item, info: orjson.dumps(sanitize_raw(item.block, item.raw)).decode(),
    }
    for block_type in _implementations(schema, "StreamFieldInterface"):
        for name, resolve in resolvers.items():
            block_type.fields[name].resolve = resolve
        if "value" in block_type.fields:
            _answer_value(block_type)


def _answer_value(block_type: GraphQLObjectType) -> None:
    field = block_type.fields["value"]
    field.resolve = _value
    kind = get_named_type(field.type).name
    if kind != "String":
        # No document may select `value` of two types; a field of its own for each may be selected beside the others.
        name = f"{kind.lower()}Value"
        field.deprecation_reason = f"Use `{name}`: the `value` of other blocks is of another type."
        block_type.fields[name] = GraphQLField(field.type, description="The value.", resolve=_value)


def _value(item: BlockItem, info: Any, **_args: Any) -> Any:
    value = sanitize_raw(item.block, item.raw)
    is_plain = isinstance(value, str | int | float)
    return value if is_plain else orjson.dumps(value).decode()


def _implementations(schema: GraphQLSchema, interface: str) -> list[GraphQLObjectType]:
    named = schema.type_map.get(interface)
    return list(schema.get_implementations(named).objects) if isinstance(named, GraphQLInterfaceType) else []
