from __future__ import annotations

import graphene
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from cms.content.blocks.registry import register_body_block
from cms.graphql.blocks import BlockItem
from cms.graphql.fields import Computed, fields_of


@register_body_block("data_table", order=50)
class DataTableBlock(StructBlock):
    """Figures in rows and columns."""

    caption = CharBlock(label=_("caption"), required=False, max_length=300)
    table = TypedTableBlock([("text", CharBlock(label=_("Text"), required=False))], label=_("table"))

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Figures in rows and columns, each column with a heading.")


def headers(item: BlockItem, info: object) -> list[str]:
    """The columns' headings."""
    return [column.get("heading") or "" for column in (item.raw.get("table") or {}).get("columns", [])]


def rows(item: BlockItem, info: object) -> list[list[str]]:
    """The cells, row by row, as text."""
    stored = (item.raw.get("table") or {}).get("rows", [])
    return [["" if value is None else str(value) for value in row.get("values", [])] for row in stored]


def _texts() -> graphene.List:
    return graphene.List(graphene.NonNull(graphene.String))


@fields_of(DataTableBlock)
class DataTableBlockFields:
    caption = Computed(
        graphene.String,
        resolve=lambda item, info: item.raw.get("caption") or "",
        required=True,
        description="What the table shows; may be empty.",
    )
    headers = Computed(_texts(), resolve=headers, required=True, description="The columns' headings.")
    rows = Computed(
        graphene.List(graphene.NonNull(_texts())),
        resolve=rows,
        required=True,
        description="The cells, row by row.",
    )
