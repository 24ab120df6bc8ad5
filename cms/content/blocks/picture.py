from __future__ import annotations

from collections.abc import Callable

import graphene
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from graphql import GraphQLResolveInfo
from wagtail.blocks import CharBlock, StructBlock, StructValue
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock

from cms.content.blocks import groups
from cms.content.blocks.previews import any_images
from cms.content.blocks.registry import register_body_block
from cms.content.visibility import public
from cms.graphql.execution.batch import batch_of
from cms.graphql.execution.scheduler import LoadGenerator, memoize
from cms.graphql.schema.fields import Batched, fields_of
from cms.graphql.wagtail.blocks import BlockItem, BlockLink
from cms.media.alt_text import validate_alt_text


class PictureValue(StructValue):
    """A picture where it stands: what is not said here, the image says."""

    @property
    def caption_or_own(self) -> str:
        return self.get("caption") or getattr(self.get("image"), "caption", "")

    @property
    def credit_or_own(self) -> str:
        return self.get("credit") or getattr(self.get("image"), "credit", "")


@register_body_block("picture", order=20)
class PictureBlock(StructBlock):
    """A picture with its caption."""

    image = ImageChooserBlock(label=_("Image"), help_text=_("It must say in words what it shows."))
    caption = CharBlock(
        label=_("Caption"), required=False, max_length=500, help_text=_("Left empty, the image's own.")
    )
    credit = CharBlock(
        label=_("Credit"), required=False, max_length=200, help_text=_("Left empty, the image's own.")
    )

    class Meta:
        icon = "image"
        template = "content/blocks/picture.html"
        group = groups.MEDIA
        value_class = PictureValue
        label = _("Picture")
        description = _("A picture across the text, with caption and credit.")

    def get_preview_value(self) -> StructValue:
        return self.normalize(
            {"image": next(iter(any_images(1)), None), "caption": "Lễ phát động phong trào thi đua"}
        )

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        # A draft may wait for its words; readers never see a picture without.
        if cleaned["image"] is not None and not self.is_deferred_validation:
            try:
                validate_alt_text(cleaned["image"])
            except ValidationError as error:
                raise StructBlockValidationError(block_errors={"image": error}) from error
        return cleaned


def _images(items: list[BlockItem], info: GraphQLResolveInfo) -> LoadGenerator:
    keys = {
        item.raw.get("image") for item in items if not (item.raw.get("caption") and item.raw.get("credit"))
    }
    if not keys:
        return {}
    images = public(get_image_model().objects.filter(pk__in=keys - {None}), info.context.rule).order_by()
    return {image.pk: (image.caption, image.credit) for image in (yield images.only("caption", "credit"))}


def own_or_image(name: str, index: int) -> Callable[..., dict[str, str]]:
    """A loader of what an occurrence says, or else its image; one statement for captions and credits together."""

    def load(items: list[BlockItem], info: GraphQLResolveInfo) -> LoadGenerator:
        # Kinds of blocks that select more or less load by themselves: the images are read for all of them.
        group, peers = batch_of(items[0])
        pictures = [each for each in peers if isinstance(each.raw, dict)]
        images = yield from memoize(group.loaded, "captions", lambda: _images(pictures, info))
        return {
            item.pk: item.raw.get(name) or images.get(item.raw.get("image"), ("", ""))[index]
            for item in items
        }

    return load


@fields_of(PictureBlock)
class PictureBlockFields:
    image = BlockLink(
        "image", "media.Image", description="The picture; null where it is not public any more."
    )
    caption = Batched(
        graphene.String,
        load=own_or_image("caption", 0),
        required=True,
        description="The caption; may be empty.",
    )
    credit = Batched(
        graphene.String,
        load=own_or_image("credit", 1),
        required=True,
        description="Who made the picture; may be empty.",
    )
