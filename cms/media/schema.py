"""Images and documents in GraphQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import graphene
from graphql import GraphQLResolveInfo
from taggit.models import Tag

from cms.graphql.errors import BadInput
from cms.graphql.fields import Batched, Computed, Link, fields_of
from cms.graphql.types import type_of
from cms.media.addresses import absolute
from cms.media.models import Document, Image, Rendition
from cms.media.presets import WIDTHS, ImageFormat, ImagePreset, with_format
from cms.media.renditions import renditions_by_image

# What tells where an image's focal point is and where its file: renditions are found and made by them.
IMAGE_FILE = [
    "file",
    "width",
    "height",
    "title",
    "description",
    "focal_point_x",
    "focal_point_y",
    "focal_point_width",
    "focal_point_height",
]
PresetEnum = graphene.Enum.from_enum(
    ImagePreset, description=lambda value: value.value.description if value else "What a picture is for."
)
FormatEnum = graphene.Enum.from_enum(
    ImageFormat, description=lambda value: f"The format {value.name}." if value else "A file format of pictures."
)
WIDTH_LIST = ", ".join(str(width) for width in WIDTHS)


class FocalPoint(graphene.ObjectType):
    """The middle of what a picture is about."""

    x = graphene.Float(required=True, description="From the left edge, 0, to the right edge, 1.")
    y = graphene.Float(required=True, description="From the upper edge, 0, to the lower edge, 1.")


@dataclass(frozen=True)
class Point:
    """An answer of type FocalPoint."""

    x: float
    y: float


def focal_point(image: Image, info: GraphQLResolveInfo) -> Point | None:
    """The focal point in parts of the width and the height; None where no editor set it."""
    if image.focal_point_x is None or image.focal_point_y is None or not image.width or not image.height:
        return None
    return Point(round(image.focal_point_x / image.width, 4), round(image.focal_point_y / image.height, 4))


def rendition(
    images: list[Image], info: GraphQLResolveInfo, *, preset: Any = None, format: Any = None, width: int | None = None
) -> dict[Any, Rendition]:
    """Each image at one size."""
    if (preset is None) is (width is None):
        raise BadInput("Say `preset`, or say `width`.", code="BAD_IMAGE_SIZE")
    spec = ImagePreset(preset).value.spec() if preset else f"width-{allowed_width(width)}"
    spec = with_format(spec, _format(format))
    return {pk: found for (pk, _spec), found in renditions_by_image(images, [spec]).items()}


def src_set(
    images: list[Image],
    info: GraphQLResolveInfo,
    *,
    preset: Any = None,
    format: Any = None,
    sizes: list[int] | None = None,
) -> dict[Any, str]:
    """Each image at several widths, as the value of a `srcset` attribute."""
    if (preset is None) is (sizes is None):
        raise BadInput("Say `preset`, or say `sizes`.", code="BAD_IMAGE_SIZE")
    if preset:
        shape = ImagePreset(preset).value
        shapes = [shape.spec(width) for width in shape.widths]
    else:
        shapes = [f"width-{allowed_width(width)}" for width in sorted(set(sizes))]
    found = renditions_by_image(images, [with_format(shape, _format(format)) for shape in shapes])
    sets: dict[Any, dict[int, str]] = {image.pk: {} for image in images}
    for (pk, _spec), each in found.items():
        sets[pk][each.width] = absolute(each.url)
    return {pk: ", ".join(f"{url} {width}w" for width, url in sorted(urls.items())) for pk, urls in sets.items()}


def allowed_width(width: int | None) -> int:
    """A width that a preset has; BadInput for any other."""
    if width not in WIDTHS:
        raise BadInput(f"{width} is no width of a preset; these are: {WIDTH_LIST}.", code="BAD_IMAGE_SIZE")
    return width


def _format(value: Any) -> ImageFormat:
    return ImageFormat(value) if value else ImageFormat.JPEG


def tags(objects: list[Any], info: GraphQLResolveInfo) -> dict[Any, list[Tag]]:
    """The tags of images or documents, in one statement."""
    model = type(objects[0])
    rows = model.tags.through.objects.filter(
        content_type__app_label=model._meta.app_label,
        content_type__model=model._meta.model_name,
        object_id__in=[each.pk for each in objects],
    )
    found: dict[Any, list[Tag]] = {each.pk: [] for each in objects}
    for row in rows.select_related("tag").order_by("tag__name"):
        found[row.object_id].append(row.tag)
    return found


def _tags_field() -> Batched:
    return Batched(
        lambda: graphene.NonNull(graphene.List(graphene.NonNull(type_of(Tag)))),
        load=tags,
        empty=[],
        columns=[],
        description="What it is marked with.",
    )


@fields_of(Rendition)
class RenditionFields:
    url = Computed(
        graphene.String,
        columns=["file"],
        resolve=lambda rendition, info: absolute(rendition.url),
        required=True,
        description="Address of the file, absolute.",
    )
    alt = Computed(
        graphene.String,
        columns=["image"],
        resolve=lambda rendition, info: rendition.image.description,
        required=True,
        description="What the picture shows, in words.",
    )
    file = Computed(
        graphene.String,
        columns=["file"],
        resolve=lambda rendition, info: rendition.file.name,
        required=True,
        description="Name of the file.",
    )


@fields_of(Image)
class ImageFields:
    title = Computed(graphene.String, required=True, description="The image's title in the admin.")
    alt = Computed(
        graphene.String,
        columns=["description"],
        resolve=lambda image, info: image.description,
        required=True,
        description="What the picture shows, in words.",
    )
    width = Computed(graphene.Int, required=True, description="Width of the original, in pixels.")
    height = Computed(graphene.Int, required=True, description="Height of the original, in pixels.")
    focal_point = Computed(
        FocalPoint,
        columns=["width", "height", "focal_point_x", "focal_point_y"],
        resolve=focal_point,
        description="The middle of what matters; null where no editor set it.",
    )
    rendition = Batched(
        lambda: type_of(Rendition),
        load=rendition,
        columns=IMAGE_FILE,
        args={
            "preset": graphene.Argument(PresetEnum, description="What the picture is for."),
            "format": graphene.Argument(FormatEnum, description="File format; JPEG if left out."),
            "width": graphene.Argument(graphene.Int, description=f"Instead of a preset, a width: {WIDTH_LIST}."),
        },
        description="The picture at a size; null where its file is lost.",
    )
    src_set = Batched(
        graphene.String,
        load=src_set,
        columns=IMAGE_FILE,
        args={
            "preset": graphene.Argument(PresetEnum, description="What the picture is for."),
            "format": graphene.Argument(FormatEnum, description="File format; JPEG if left out."),
            "sizes": graphene.Argument(
                graphene.List(graphene.NonNull(graphene.Int)),
                description=f"Instead of a preset, widths: {WIDTH_LIST}.",
            ),
        },
        description="The picture at several widths, as `srcset` takes it.",
    )
    url = Computed(
        graphene.String,
        columns=["file"],
        resolve=lambda image, info: absolute(image.file.url),
        required=True,
        description="Address of the original, absolute.",
    )
    src = Computed(
        graphene.String,
        columns=["file"],
        resolve=lambda image, info: absolute(image.file.url),
        deprecation_reason="Use `url`.",
        description="Address of the original, absolute.",
    )
    file = Computed(
        graphene.String,
        columns=["file"],
        resolve=lambda image, info: image.file.name,
        required=True,
        description="Name of the original file.",
    )
    aspect_ratio = Computed(
        graphene.Float,
        columns=["width", "height"],
        resolve=lambda image, info: image.width / image.height if image.height else 0,
        required=True,
        description="Width for one unit of height.",
    )
    is_svg = Computed(
        graphene.Boolean,
        columns=["file"],
        resolve=lambda image, info: image.is_svg(),
        required=True,
        description="Whether the original is a vector graphic.",
    )
    sizes = Computed(
        graphene.String,
        columns=["width"],
        resolve=lambda image, info: f"(max-width: {image.width}px) 100vw, {image.width}px",
        required=True,
        description="Value of the `sizes` attribute for the image at its own width.",
    )
    created_at = Computed(graphene.DateTime, required=True, description="When it was uploaded.")
    file_size = Computed(graphene.Int, description="Size of the original, in bytes.")
    file_hash = Computed(graphene.String, required=True, description="SHA-1 digest of the original.")
    focal_point_x = Computed(graphene.Int, description="Middle of the focal area, pixels from the left.")
    focal_point_y = Computed(graphene.Int, description="Middle of the focal area, pixels from above.")
    focal_point_width = Computed(graphene.Int, description="Width of the focal area, in pixels.")
    focal_point_height = Computed(graphene.Int, description="Height of the focal area, in pixels.")
    collection = Link("collection", description="The folder that it is in.")
    tags = _tags_field()


@fields_of(Document)
class DocumentFields:
    title = Computed(graphene.String, required=True, description="The document's title.")
    url = Computed(
        graphene.String,
        columns=["file"],
        resolve=lambda document, info: absolute(document.url),
        required=True,
        description="Address to download it from, absolute.",
    )
    file = Computed(
        graphene.String,
        columns=["file"],
        resolve=lambda document, info: document.filename,
        required=True,
        description="Name of the file.",
    )
    file_size = Computed(graphene.Int, description="Size in bytes.")
    file_extension = Computed(
        graphene.String, columns=["file"], required=True, description="Ending of the file's name, without the dot."
    )
    created_at = Computed(graphene.DateTime, required=True, description="When it was uploaded.")
    file_hash = Computed(graphene.String, required=True, description="SHA-1 digest of the file.")
    collection = Link("collection", description="The folder that it is in.")
    tags = _tags_field()
