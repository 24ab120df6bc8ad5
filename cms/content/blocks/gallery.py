from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ListBlock, StructBlock

from cms.content.blocks import groups
from cms.content.blocks.picture import PictureBlock
from cms.content.blocks.previews import any_images
from cms.content.blocks.registry import register_body_block
from cms.graphql.schema.fields import fields_of
from cms.graphql.wagtail.blocks import Blocks


@register_body_block("gallery", order=30)
class GalleryBlock(StructBlock):
    """Several pictures together."""

    pictures = ListBlock(PictureBlock(), label=_("Pictures"), min_num=2, max_num=30)

    class Meta:
        icon = "grip"
        template = "content/blocks/gallery.html"
        group = groups.MEDIA
        label = _("Gallery")
        description = _("Two to thirty pictures that belong together.")

    def get_preview_value(self) -> dict:
        return self.normalize({"pictures": [{"image": image} for image in any_images(3)]})


@fields_of(GalleryBlock)
class GalleryBlockFields:
    pictures = Blocks("pictures", of=PictureBlock, description="The pictures, in order.")
