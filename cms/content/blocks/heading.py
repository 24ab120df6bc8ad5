from __future__ import annotations

import graphene
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, StructBlock

from cms.content.blocks.registry import register_body_block
from cms.graphql.fields import Computed, fields_of
from cms.search.folding import fold


@register_body_block("heading", order=10)
class HeadingBlock(StructBlock):
    """A heading within a text."""

    text = CharBlock(label=_("text"), max_length=200)
    level = ChoiceBlock(
        label=_("level"),
        choices=[("2", _("Heading")), ("3", _("Subheading")), ("4", _("Small heading"))],
        default="2",
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Begins a section; readers can link to it.")
        preview_value = {"text": "Mục tiêu của phong trào", "level": "2"}


@fields_of(HeadingBlock)
class HeadingBlockFields:
    text = Computed(
        graphene.String,
        resolve=lambda item, info: item.raw["text"],
        required=True,
        description="The heading.",
    )
    level = Computed(
        graphene.Int,
        resolve=lambda item, info: int(item.raw["level"]),
        required=True,
        description="2, 3 or 4, as in HTML.",
    )
    anchor = Computed(
        graphene.String,
        resolve=lambda item, info: slugify(fold(item.raw["text"])),
        required=True,
        description="For the heading's id, so that it can be linked to.",
    )
