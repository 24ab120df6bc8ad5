"""Occurrences of StreamField blocks, as the GraphQL types of blocks read them.

They are made from the stored JSON and not from Wagtail's block values: those run a query for each chooser of each
page. Client caches merge objects by their ids, and Wagtail copies the ids of blocks with their page: an occurrence's id
names the page, too. A stored value that is none of its block's is answered as an error in the place of that block.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

import graphene
from django.apps import apps
from django.db.models import Model
from graphql import GraphQLResolveInfo
from wagtail.blocks import (
    Block,
    CharBlock,
    ChooserBlock,
    ListBlock,
    RawHTMLBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
    URLBlock,
)

from cms.graphql.execution.batch import attach_batch
from cms.graphql.execution.loading import by_pk
from cms.graphql.execution.planner import prefetch
from cms.graphql.execution.scheduler import LoadGenerator
from cms.graphql.execution.selection import Columns, selection_of
from cms.graphql.schema.errors import BrokenContent
from cms.graphql.schema.fields import Batched
from cms.graphql.schema.types import type_of
from cms.preview.drafts import object_id

logger = logging.getLogger(__name__)


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


Items = list[BlockItem | BrokenContent]

#: What the JSON of a child of a StructBlock is, where it is there.
STORED_AS: tuple[tuple[tuple[type[Block], ...], type], ...] = (
    ((CharBlock, TextBlock, URLBlock, RichTextBlock, RawHTMLBlock), str),
    ((ListBlock, StreamBlock), list),
    ((StructBlock,), dict),
)


def key_of(stored: Any) -> int | None:
    """The primary key that a chooser stores; None for what can't be one."""
    return stored if isinstance(stored, int) and 0 < stored < 2**63 else None


def items_of(objects: list[Model], field_name: str) -> dict[Any, Items]:
    """The blocks of a StreamField of several objects, all siblings, by the objects' primary keys."""
    found: dict[Any, Items] = {}
    for each in objects:
        value = getattr(each, field_name)
        # A draft's blocks are not those that readers see, though Wagtail gives them the same ids.
        prefix = f"{object_id(each)}.{field_name}"
        found[each.pk] = _stream_items(value.stream_block, list(value.raw_data), prefix)
        found[each.pk] += [_broken(value.stream_block, prefix)] * getattr(value, "left_out", 0)
    attach_batch(sound(found.values()))
    return found


def children_of(items: list[BlockItem], name: str) -> dict[Any, Items]:
    """The blocks within the list or stream `name` of several struct blocks, all siblings, by the structs' ids."""
    found: dict[Any, Items] = {}
    for item in items:
        found[item.pk] = _nested_items(item.block.child_blocks[name], item.raw.get(name), f"{item.id}.{name}")
    attach_batch(sound(found.values()))
    return found


def sound(lists: Iterable[Items]) -> list[BlockItem]:
    """The blocks of several lists that can be shown."""
    return [item for items in lists for item in items if isinstance(item, BlockItem)]


def _nested_items(block: Block, raw: Any, prefix: str) -> Items:
    if isinstance(block, StreamBlock):
        return _stream_items(block, raw or [], prefix)
    if isinstance(block, ListBlock):
        return _list_items(block, raw or [], prefix)
    return [_item(prefix, block, raw)] if raw else []


def _stream_items(stream: StreamBlock, raw: list[Any], prefix: str) -> Items:
    items: Items = []
    for index, child in enumerate(raw):
        kind = child.get("type") if isinstance(child, dict) else None
        if not isinstance(kind, str):
            items.append(_broken(stream, f"{prefix}.{index}"))
        elif block := stream.child_blocks.get(kind):
            items.append(_item(f"{prefix}.{child.get('id') or index}", block, child.get("value")))
    return items


def _list_items(block: ListBlock, raw: list[Any], prefix: str) -> Items:
    items: Items = []
    for index, child in enumerate(raw):
        wrapped = isinstance(child, dict) and child.keys() >= {"id", "type", "value"}
        value = child["value"] if wrapped else child
        identity = child.get("id") if wrapped else None
        items.append(_item(f"{prefix}.{identity or index}", block.child_block, value))
    return items


def _item(identity: str, block: Block, raw: Any) -> BlockItem | BrokenContent:
    if _fits(block, raw) and not (raw is None and isinstance(block, StructBlock)):
        return BlockItem(identity, block, raw)
    return _broken(block, identity)


def _fits(block: Block, raw: Any) -> bool:
    """Whether a stored value is of the kind that the block stores; what is not there always is."""
    if raw is None:
        return True
    if not all(isinstance(raw, kind) for blocks, kind in STORED_AS if isinstance(block, blocks)):
        return False
    if isinstance(block, ChooserBlock):
        return key_of(raw) is not None
    if isinstance(block, StructBlock):
        return all(_fits(child, raw.get(name)) for name, child in block.child_blocks.items())
    return True


def _broken(block: Block, identity: str) -> BrokenContent:
    logger.warning("block %s holds what is no value of a %s", identity, type(block).__name__)
    return BrokenContent("This block can't be shown: what is stored of it is broken.", id=identity)


class Blocks(Batched):
    """A StreamField, or the blocks within a block, as a list of blocks; `of` where all are of one block class."""

    def __init__(self, source: str, *, of: type | None = None, **kwargs: Any) -> None:
        self.source = source
        self.of = of
        super().__init__(lambda: self._list_type(), load=self._load, empty=[], **kwargs)

    def default_columns(self, name: str) -> Columns:
        return [self.source]

    def _list_type(self) -> Any:
        # A broken block is null, and costs none of the others.
        return graphene.NonNull(graphene.List(type_of(self.of or "block")))

    def _load(self, objects: list[Any], info: GraphQLResolveInfo) -> dict[Any, Items]:
        of = items_of if isinstance(objects[0], Model) else children_of
        found = of(objects, self.source)
        prefetch(sound(found.values()), selection_of(info).nodes, info)
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
