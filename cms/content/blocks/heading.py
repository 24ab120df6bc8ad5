from __future__ import annotations

import graphene
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from graphql import GraphQLResolveInfo
from wagtail.blocks import CharBlock, ChoiceBlock, StructBlock

from cms.content.blocks import groups, stored
from cms.content.blocks.registry import register_body_block
from cms.graphql.schema.fields import Computed, fields_of
from cms.graphql.wagtail.blocks import BlockItem
from cms.search.folding import fold

LEVELS = [("2", _("Heading")), ("3", _("Subheading")), ("4", _("Small heading"))]


@register_body_block("heading", order=10)
class HeadingBlock(StructBlock):
    """A heading within a text."""

    text = CharBlock(label=_("Text"), max_length=200)
    level = ChoiceBlock(label=_("Level"), choices=LEVELS, default="2", search_index=False)

    class Meta:
        icon = "title"
        template = "content/blocks/heading.html"
        group = groups.TEXT
        label = _("Heading")
        label_format = "{text}"
        description = _("Begins a section; readers can link to it.")
        preview_value = {"text": "Mục tiêu của phong trào", "level": "2"}


def level(item: BlockItem, info: GraphQLResolveInfo) -> int:
    """The level as in HTML; 2 where a draft has none."""
    return int(item.raw.get("level") or 2)


def anchor(item: BlockItem, info: GraphQLResolveInfo) -> str:
    """The heading in small letters of ASCII, so that addresses stay readable: đường -> duong."""
    return slugify(fold(item.raw.get("text") or ""))


@fields_of(HeadingBlock)
class HeadingBlockFields:
    text = stored.text("text", "The heading.")
    level = Computed(graphene.Int, resolve=level, required=True, description="2, 3 or 4, as in HTML.")
    anchor = Computed(
        graphene.String,
        resolve=anchor,
        required=True,
        description="For the heading's id, so that it can be linked to; the same for headings of the same words.",
    )
