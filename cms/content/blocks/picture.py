from __future__ import annotations

from typing import Any

import graphene
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from cms.content.blocks.registry import register_body_block
from cms.graphql.fields import BlockLink, Computed, fields_of


@register_body_block("picture", order=20)
class PictureBlock(StructBlock):
    """A picture with its caption."""

    image = ImageChooserBlock(label=_("image"))
    caption = CharBlock(
        label=_("caption"), required=False, max_length=500, help_text=_("Left empty, the image's own.")
    )
    credit = CharBlock(
        label=_("credit"), required=False, max_length=200, help_text=_("Left empty, the image's own.")
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture across the text, with caption and credit.")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned["image"].description.strip():
            message = _(
                "This image has no alternative text. Open it under Images and describe what it shows."
            )
            raise StructBlockValidationError(
                block_errors={"image": ValidationError(message, code="no_alt_text")}
            )
        return cleaned


def _text(name: str) -> Any:
    return lambda item, info: item.raw.get(name) or ""


@fields_of(PictureBlock)
class PictureBlockFields:
    image = BlockLink(
        "image", "media.Image", description="The picture; null where it is not public any more."
    )
    caption = Computed(
        graphene.String, resolve=_text("caption"), required=True, description="Caption here; may be empty."
    )
    credit = Computed(
        graphene.String, resolve=_text("credit"), required=True, description="Credit here; may be empty."
    )
