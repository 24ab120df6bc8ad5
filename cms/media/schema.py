"""Images and documents in GraphQL.

The fields of grapple's own types for them are all declared here again: several of its own run a query for each row.
"""

from __future__ import annotations

from dataclasses import dataclass

import graphene
from django.db.models import Model
from graphql import GraphQLResolveInfo
from taggit.models import Tag

from cms.graphql.execution.selection import Selection
from cms.graphql.schema.fields import Batched, Computed, Link, fields_of
from cms.graphql.schema.types import type_of
from cms.media import loading
from cms.media.addresses import absolute
from cms.media.models import Document, Image, Rendition
from cms.media.presets import WIDTHS, ImageFormat, ImagePreset

FOCAL_POINT = ["focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"]
# What tells where an image's file is, how large, and what to crop around: renditions are found and made by it.
IMAGE_FILE = ["file", "width", "height", "description", *FOCAL_POINT]

PresetEnum = graphene.Enum.from_enum(
    ImagePreset, description=lambda value: value.value.description if value else "What a picture is for."
)
FormatEnum = graphene.Enum.from_enum(
    ImageFormat,
    description=lambda value: f"The format {value.name}." if value else "A file format of pictures.",
)
WIDTH_LIST = ", ".join(str(width) for width in WIDTHS)
PRESET = graphene.Argument(PresetEnum, description="What the picture is for.")
FORMAT = graphene.Argument(
    FormatEnum, description="File format; JPEG if left out. A vector graphic stays one."
)


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
    return Point(
        x=min(1.0, round(image.focal_point_x / image.width, 4)),
        y=min(1.0, round(image.focal_point_y / image.height, 4)),
    )


def rendition_columns(model: type[Model], selection: Selection) -> list[str] | None:
    """What renditions need, and what is selected of their `image`: it is the same object."""
    behind = selection.below("image").columns(model)
    return None if behind is None else [*IMAGE_FILE, *behind]


def _file_url(item: Image | Rendition, info: GraphQLResolveInfo) -> str:
    return absolute(item.file.url)


def _file_name(item: Image | Rendition | Document, info: GraphQLResolveInfo) -> str:
    return item.file.name.rsplit("/", 1)[-1]


def _tags() -> Batched:
    return Batched(
        lambda: graphene.NonNull(graphene.List(graphene.NonNull(type_of(Tag)))),
        load=loading.tags,
        empty=[],
        columns=[],
        description="What it is marked with.",
    )


@fields_of(Rendition)
class RenditionFields:
    url = Computed(
        graphene.String,
        columns=["file"],
        resolve=_file_url,
        required=True,
        description="Address of the file, absolute.",
    )
    width = Computed(graphene.Int, required=True, description="Width in pixels.")
    height = Computed(graphene.Int, required=True, description="Height in pixels.")
    alt = Computed(
        graphene.String,
        columns=["image"],
        resolve=lambda rendition, info: rendition.image.description,
        required=True,
        description="What the picture shows, in words; empty for decoration.",
    )
    image = Computed(lambda: type_of(Image), required=True, description="The image that it was made from.")
    file = Computed(
        graphene.String, columns=["file"], resolve=_file_name, required=True, description="Name of the file."
    )
    filter_spec = Computed(graphene.String, required=True, description="How it was made from the original.")
    focal_point_key = Computed(
        graphene.String, required=True, description="Differs for each focal point that it was cropped around."
    )
    focal_point = Computed(
        graphene.String,
        columns=["image", "filter_spec"],
        resolve=lambda rendition, info: str(rendition.focal_point) if rendition.focal_point else None,
        description="Where the focal point lies within it, in pixels: left, top, right, bottom.",
    )
    background_position_style = Computed(
        graphene.String,
        columns=["image", "filter_spec", "width", "height"],
        required=True,
        description="CSS that keeps the focal point in view where it is a background.",
    )


@fields_of(Image)
class ImageFields:
    title = Computed(graphene.String, required=True, description="The image's title in the admin.")
    alt = Computed(
        graphene.String,
        columns=["description"],
        resolve=lambda image, info: image.description,
        required=True,
        description="What the picture shows, in words; empty for decoration.",
    )
    description = Computed(
        graphene.String, required=True, description="The same as `alt`, under Wagtail's name."
    )
    url = Computed(
        graphene.String,
        columns=["file"],
        resolve=_file_url,
        required=True,
        description="Address of the original, absolute.",
    )
    width = Computed(graphene.Int, required=True, description="Width of the original, in pixels.")
    height = Computed(graphene.Int, required=True, description="Height of the original, in pixels.")
    aspect_ratio = Computed(
        graphene.Float,
        columns=["width", "height"],
        resolve=lambda image, info: round(image.width / image.height, 4) if image.height else 0,
        required=True,
        description="Width for one unit of height.",
    )
    rendition = Batched(
        lambda: type_of(Rendition),
        load=loading.rendition,
        columns=rendition_columns,
        args={
            "preset": PRESET,
            "format": FORMAT,
            "width": graphene.Argument(
                graphene.Int,
                description=f"A width of the preset; without one, any of {WIDTH_LIST}, in the picture's own shape.",
            ),
        },
        description=(
            "The picture at one size, never wider than the original. Sizes are made after the upload: until then, "
            "the nearest that there is; null where there is none yet, or where the file is lost."
        ),
    )
    src_set = Batched(
        graphene.String,
        load=loading.src_set,
        columns=IMAGE_FILE,
        args={
            "preset": PRESET,
            "format": FORMAT,
            "sizes": graphene.Argument(
                graphene.List(graphene.Int),
                description=f"Widths of the preset; without one, any of {WIDTH_LIST}, in the picture's own shape.",
            ),
        },
        description=(
            "The picture at several widths, as `srcset` takes it: those that are made by now, or the nearest; "
            "empty where there is none."
        ),
    )
    sizes = Computed(
        graphene.String,
        columns=["width"],
        resolve=lambda image, info: f"(max-width: {image.width}px) 100vw, {image.width}px",
        required=True,
        description="Value of a `sizes` attribute for the picture in its full width.",
    )
    focal_point = Computed(
        FocalPoint,
        columns=["width", "height", *FOCAL_POINT],
        resolve=focal_point,
        description="The middle of what matters; null where no editor set it.",
    )
    focal_point_x = Computed(
        graphene.Int, description="Centre of the focal point, in pixels of the original."
    )
    focal_point_y = Computed(
        graphene.Int, description="Centre of the focal point, in pixels of the original."
    )
    focal_point_width = Computed(
        graphene.Int, description="Width of the focal area, in pixels of the original."
    )
    focal_point_height = Computed(
        graphene.Int, description="Height of the focal area, in pixels of the original."
    )
    is_svg = Computed(
        graphene.Boolean,
        columns=["file"],
        resolve=lambda image, info: image.is_svg(),
        required=True,
        description="Whether the original is a vector graphic.",
    )
    file = Computed(
        graphene.String,
        columns=["file"],
        resolve=_file_name,
        required=True,
        description="Name of the original file.",
    )
    file_size = Computed(graphene.Int, description="Size of the original in bytes.")
    file_hash = Computed(
        graphene.String, required=True, description="SHA-1 of the original; empty where not known."
    )
    src = Computed(
        graphene.String,
        columns=["file"],
        resolve=_file_url,
        deprecation_reason="Use `url`.",
        description="Address of the original, absolute.",
    )
    created_at = Computed(graphene.DateTime, required=True, description="When it was uploaded.")
    collection = Link("collection", description="The folder that it is in.")
    tags = _tags()


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
        graphene.String, columns=["file"], resolve=_file_name, required=True, description="Name of the file."
    )
    file_size = Computed(graphene.Int, description="Size in bytes.")
    file_extension = Computed(
        graphene.String,
        columns=["file"],
        resolve=lambda document, info: document.file_extension.lower(),
        required=True,
        description="Ending of the file's name, without the dot, in small letters.",
    )
    file_hash = Computed(
        graphene.String, required=True, description="SHA-1 of the file; empty where not known."
    )
    created_at = Computed(graphene.DateTime, required=True, description="When it was uploaded.")
    collection = Link("collection", description="The folder that it is in.")
    tags = _tags()
