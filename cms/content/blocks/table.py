from __future__ import annotations

from typing import Any

import graphene
from django.utils.translation import gettext_lazy as _
from graphql import GraphQLResolveInfo
from wagtail.blocks import CharBlock, DecimalBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from cms.content.blocks import groups
from cms.content.blocks.registry import register_body_block
from cms.graphql.schema.fields import Computed, fields_of
from cms.graphql.wagtail.blocks import BlockItem

COLUMNS = [
    ("text", CharBlock(label=_("Text"), required=False)),
    ("number", DecimalBlock(label=_("Number"), required=False)),
]
PREVIEW = {
    "columns": [
        {"type": "text", "heading": "Khu công nghiệp"},
        {"type": "number", "heading": "Diện tích (ha)"},
    ],
    "rows": [{"values": ["Thụy Vân", "335"]}, {"values": ["Cẩm Khê", "450"]}],
    "caption": "Các khu công nghiệp",
}


@register_body_block("data_table", order=50)
class DataTableBlock(StructBlock):
    """Figures in rows and columns."""

    # The caption is the table's own: Wagtail's table asks for one itself.
    table = TypedTableBlock(
        COLUMNS,
        label=_("Table"),
        help_text=_("Each column has a heading; the caption says what the table shows."),
    )

    class Meta:
        icon = "table"
        template = "content/blocks/table.html"
        group = groups.TEXT
        label = _("Table")
        description = _("Figures in rows and columns, each column with a heading.")

    def get_preview_value(self) -> Any:
        return self.to_python({"table": PREVIEW})


def caption(item: BlockItem, info: GraphQLResolveInfo) -> str:
    """What the table shows; imports may say it beside the table."""
    return _table(item).get("caption") or item.raw.get("caption") or ""


def headers(item: BlockItem, info: GraphQLResolveInfo) -> list[str]:
    """The columns' headings."""
    return [column.get("heading") or "" for column in _table(item).get("columns", [])]


def rows(item: BlockItem, info: GraphQLResolveInfo) -> list[list[str]]:
    """The cells, row by row, as text."""
    stored = _table(item).get("rows", [])
    return [["" if value is None else str(value) for value in row.get("values", [])] for row in stored]


def _table(item: BlockItem) -> dict[str, Any]:
    return item.raw.get("table") or {}


def _texts() -> graphene.List:
    return graphene.List(graphene.NonNull(graphene.String))


@fields_of(DataTableBlock)
class DataTableBlockFields:
    caption = Computed(
        graphene.String, resolve=caption, required=True, description="What the table shows; may be empty."
    )
    headers = Computed(_texts(), resolve=headers, required=True, description="The columns' headings.")
    rows = Computed(
        graphene.List(graphene.NonNull(_texts())),
        resolve=rows,
        required=True,
        description="The cells, row by row.",
    )
