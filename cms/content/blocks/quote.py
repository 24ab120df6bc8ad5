from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, TextBlock

from cms.content.blocks import groups, stored
from cms.content.blocks.registry import register_body_block
from cms.graphql.schema.fields import fields_of


@register_body_block("quote", order=40)
class QuoteBlock(StructBlock):
    """What somebody said."""

    text = TextBlock(label=_("Quotation"), max_length=2000, help_text=_("Without quotation marks."))
    attribution = CharBlock(
        label=_("Who said it"), required=False, max_length=200, help_text=_("Name and post, or the document.")
    )

    class Meta:
        icon = "openquote"
        template = "content/blocks/quote.html"
        group = groups.TEXT
        label = _("Quotation")
        description = _("Somebody's words, set off from the text.")
        preview_value = {"text": "Không để ai bị bỏ lại phía sau.", "attribution": "Kế hoạch số 4524/KH-UBND"}


@fields_of(QuoteBlock)
class QuoteBlockFields:
    text = stored.text("text", "The words, without quotation marks.")
    attribution = stored.text("attribution", "Who said them; empty where not told.")
