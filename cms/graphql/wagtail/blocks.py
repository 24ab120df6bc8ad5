"""Occurrences of StreamField blocks, as the GraphQL types of blocks read them.

They are made from the stored JSON and not from Wagtail's block values: those run a query for each chooser of each
page. An occurrence has an id of its own, unique within an answer, because client caches merge objects by it.
"""

from __future__ import annotations

from typing import Any

import graphene
from django.apps import apps
from django.db.models import Model
from graphql import GraphQLResolveInfo
from wagtail.blocks import Block, ListBlock, StreamBlock

from cms.graphql.execution.batch import attach_batch
from cms.graphql.execution.loading import by_pk
from cms.graphql.execution.planner import prefetch
from cms.graphql.execution.scheduler import LoadGenerator
from cms.graphql.execution.selection import Columns, selection_of
from cms.graphql.schema.fields import Batched
from cms.graphql.schema.types import type_of


class BlockItem:
    """A block where it stands: `raw` is its JSON value, a dictionary of raw children for a StructBlock."""

    __slots__ = ("_batch", "block", "id", "raw")

    def __init__(self, id: str, block: Block, raw: Any) -> None:
        self.id = id
        self.block = block
        self.raw = raw

    @property
    def pk(self) -> str:
        return self.id


def items_of(objects: list[Model], field_name: str) -> dict[Any, list[BlockItem]]:
    """The blocks of a StreamField of several objects, all siblings, by the objects' primary keys."""
    found: dict[Any, list[BlockItem]] = {}
    for each in objects:
        value = getattr(each, field_name)
        found[each.pk] = _stream_items(value.stream_block, list(value.raw_data), f"{each.pk}.{field_name}")
    attach_batch([item for items in found.values() for item in items])
    return found


def children_of(items: list[BlockItem], name: str) -> dict[Any, list[BlockItem]]:
    """The blocks within the list or stream `name` of several struct blocks, all siblings, by the structs' ids."""
    found: dict[Any, list[BlockItem]] = {}
    for item in items:
        found[item.pk] = _nested_items(item.block.child_blocks[name], item.raw.get(name), f"{item.id}.{name}")
    attach_batch([child for children in found.values() for child in children])
    return found


def _nested_items(block: Block, raw: Any, prefix: str) -> list[BlockItem]:
    if isinstance(block, StreamBlock):
        return _stream_items(block, raw or [], prefix)
    if isinstance(block, ListBlock):
        return _list_items(block, raw or [], prefix)
    return [BlockItem(prefix, block, raw)] if raw else []


def _stream_items(stream: StreamBlock, raw: list[dict], prefix: str) -> list[BlockItem]:
    return [
        BlockItem(child.get("id") or f"{prefix}.{index}", stream.child_blocks[child["type"]], child["value"])
        for index, child in enumerate(raw)
        if child["type"] in stream.child_blocks
    ]


def _list_items(block: ListBlock, raw: list[Any], prefix: str) -> list[BlockItem]:
    items = []
    for index, child in enumerate(raw):
        wrapped = isinstance(child, dict) and child.keys() >= {"id", "type", "value"}
        value = child["value"] if wrapped else child
        identity = child.get("id") if wrapped else None
        items.append(BlockItem(identity or f"{prefix}.{index}", block.child_block, value))
    return items


class Blocks(Batched):
    """A StreamField, or the blocks within a block, as a list of blocks; `of` where all are of one block class."""

    def __init__(self, source: str, *, of: type | None = None, **kwargs: Any) -> None:
        self.source = source
        self.of = of
        super().__init__(lambda: self._list_type(), load=self._load, empty=[], **kwargs)

    def default_columns(self, name: str) -> Columns:
        return [self.source]

    def _list_type(self) -> Any:
        return graphene.NonNull(graphene.List(graphene.NonNull(type_of(self.of or "block"))))

    def _load(self, objects: list[Any], info: GraphQLResolveInfo) -> dict[Any, list[BlockItem]]:
        of = items_of if isinstance(objects[0], Model) else children_of
        found = of(objects, self.source)
        prefetch([item for items in found.values() for item in items], selection_of(info).nodes, info)
        return found


class BlockLink(Batched):
    """The object that a chooser within a block points to, where a reader may see it; else null."""

    def __init__(self, child: str, model: str, **kwargs: Any) -> None:
        self.child = child
        self.model = model
        super().__init__(lambda: type_of(model), load=self._load, **kwargs)

    def _load(self, items: list[BlockItem], info: GraphQLResolveInfo) -> LoadGenerator:
        keys = {item.pk: item.raw.get(self.child) for item in items}
        found = yield from by_pk(apps.get_model(self.model), keys.values(), info)
        return {pk: found.get(key) for pk, key in keys.items()}
