from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StructBlock
from wagtail.documents.blocks import DocumentChooserBlock

from cms.content.blocks.registry import register_body_block
from cms.graphql.fields import BlockLink, fields_of


@register_body_block("attachment", order=60)
class AttachmentBlock(StructBlock):
    """A file to download."""

    document = DocumentChooserBlock(label=_("document"))

    class Meta:
        icon = "doc-full"
        label = _("Attachment")
        description = _("A file that readers can download.")


@fields_of(AttachmentBlock)
class AttachmentBlockFields:
    document = BlockLink(
        "document", "media.Document", description="The file; null where it is not public any more."
    )
