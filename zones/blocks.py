"""Zones on a map within a text."""

from __future__ import annotations

from typing import Any

import graphene
from django.utils.translation import gettext_lazy as _
from graphql import GraphQLResolveInfo
from wagtail.blocks import ListBlock, PageChooserBlock, StructBlock

from cms.content.blocks.registry import register_body_block
from cms.graphql.execution.loading import LoadGenerator, by_pk
from cms.graphql.schema.fields import Batched, fields_of
from cms.graphql.schema.types import type_of
from cms.graphql.wagtail.blocks import BlockItem, key_of


@register_body_block("zone_map", order=95)
class ZoneMapBlock(StructBlock):
    """Zones on a map within a text."""

    zones = ListBlock(
        PageChooserBlock("zones.ZonePage", label=_("zone")), label=_("zones"), min_num=1, max_num=50
    )

    class Meta:
        icon = "site"
        label = _("Zones on a map")
        description = _("One or more industrial zones, drawn on a map in the middle of the text.")


def zones(items: list[BlockItem], info: GraphQLResolveInfo) -> LoadGenerator:
    """The public zones of each block, in the order that the editor gave them."""
    keys = {item.pk: [_key(child) for child in item.raw.get("zones") or []] for item in items}
    model = items[0].block.child_blocks["zones"].child_block.target_models[0]
    found = yield from by_pk(model, {key for each in keys.values() for key in each}, info)
    return {pk: [found[key] for key in each if key in found] for pk, each in keys.items()}


def _key(child: Any) -> int | None:
    return key_of(child.get("value") if isinstance(child, dict) else child)


@fields_of(ZoneMapBlock)
class ZoneMapBlockFields:
    zones = Batched(
        lambda: graphene.NonNull(graphene.List(graphene.NonNull(type_of("zones.ZonePage")))),
        load=zones,
        empty=[],
        description="The zones; those that are not public are left out.",
    )
