"""Blocks of campaign pages."""

from __future__ import annotations

import graphene
from django.utils.translation import gettext_lazy as _
from grapple.helpers import register_streamfield_block
from wagtail.blocks import CharBlock, StreamBlock, StructBlock

from cms.content.blocks import HeadingBlock, ParagraphBlock
from cms.graphql.schema.fields import Computed, fields_of
from cms.graphql.wagtail.blocks import Blocks


class TextStreamBlock(StreamBlock):
    """Text in paragraphs, under headings where it is long."""

    paragraph = ParagraphBlock()
    heading = HeadingBlock()


class DescriptionStreamBlock(StreamBlock):
    """Text in paragraphs."""

    paragraph = ParagraphBlock()


@register_streamfield_block
class MeasureBlock(StructBlock):
    """Something that a campaign does."""

    title = CharBlock(label=_("title"), max_length=200)
    description = DescriptionStreamBlock(label=_("description"), required=False)

    class Meta:
        icon = "tasks"
        label = _("Measure")
        description = _("Something that the campaign does, with its description.")


@fields_of(MeasureBlock)
class MeasureBlockFields:
    title = Computed(
        graphene.String,
        resolve=lambda item, info: item.raw.get("title") or "",
        required=True,
        description="The measure in short.",
    )
    description = Blocks("description", description="The measure in full.")
