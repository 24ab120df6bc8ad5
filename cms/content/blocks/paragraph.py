from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import RichTextBlock, StructBlock

from cms.content.blocks import groups
from cms.content.blocks.registry import register_body_block
from cms.graphql.schema.fields import fields_of
from cms.graphql.wagtail.rich_text import RichTextHtml, RichTextPlain

# Headings, pictures and videos are blocks: here they would escape the rules for them.
FEATURES = ["bold", "italic", "superscript", "subscript", "ol", "ul", "hr", "link", "document-link"]


@register_body_block("paragraph", order=0)
class ParagraphBlock(StructBlock):
    """Running text, with lists and links."""

    text = RichTextBlock(label=_("Text"), features=FEATURES)

    class Meta:
        icon = "pilcrow"
        template = "content/blocks/paragraph.html"
        group = groups.TEXT
        label = _("Paragraph")
        description = _("Running text with lists and links. Headings and pictures are blocks of their own.")
        preview_value = {
            "text": "<p>Cả hệ thống chính trị và toàn xã hội cùng chung tay <b>vì người nghèo</b>.</p>"
        }


@fields_of(ParagraphBlock)
class ParagraphBlockFields:
    html = RichTextHtml("text", description="The text as HTML; a link to what is not public has no address.")
    plain_text = RichTextPlain("text", description="The text without markup, a line for each paragraph.")
