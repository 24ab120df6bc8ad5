from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StructBlock
from wagtail.documents.blocks import DocumentChooserBlock

from cms.content.blocks import groups
from cms.content.blocks.previews import any_document
from cms.content.blocks.registry import register_body_block
from cms.graphql.schema.fields import fields_of
from cms.graphql.wagtail.blocks import BlockLink


@register_body_block("attachment", order=60)
class AttachmentBlock(StructBlock):
    """A file to download."""

    document = DocumentChooserBlock(
        label=_("Document"), help_text=_("Readers see its title, its kind and its size, and can download it.")
    )

    class Meta:
        icon = "doc-full"
        template = "content/blocks/attachment.html"
        group = groups.MEDIA
        label = _("Attachment")
        description = _("A file that readers can download.")

    def get_preview_value(self) -> dict:
        return self.normalize({"document": any_document()})


@fields_of(AttachmentBlock)
class AttachmentBlockFields:
    document = BlockLink(
        "document", "media.Document", description="The file; null where it is not public any more."
    )
