from __future__ import annotations

import graphene
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, TextBlock

from cms.content.blocks.registry import register_body_block
from cms.graphql.fields import Computed, fields_of


@register_body_block("quote", order=40)
class QuoteBlock(StructBlock):
    """What somebody said."""

    text = TextBlock(label=_("quotation"), max_length=2000)
    attribution = CharBlock(label=_("who said it"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("Somebody's words, set off from the text.")
        preview_value = {"text": "Không để ai bị bỏ lại phía sau.", "attribution": "Kế hoạch số 4524/KH-UBND"}


@fields_of(QuoteBlock)
class QuoteBlockFields:
    text = Computed(
        graphene.String, resolve=lambda item, info: item.raw["text"], required=True, description="The words."
    )
    attribution = Computed(
        graphene.String,
        resolve=lambda item, info: item.raw.get("attribution") or "",
        required=True,
        description="Who said them; empty where not told.",
    )
