"""How large a picture is as it is shown: mobile phones store a portrait on its side, and say in EXIF how to turn it.

The focal point that an editor marks, the crops, and what readers are told all go by these measures.
"""

from __future__ import annotations

import logging
from typing import Any

import willow
from PIL import ExifTags, UnidentifiedImageError
from PIL import Image as Pillow
from wagtail.images.models import AbstractImage, WagtailImageFieldFile

logger = logging.getLogger(__name__)

#: Values of EXIF's Orientation that swap width and height: https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf.
TRANSPOSED = {5, 6, 7, 8}


def displayed_size(picture: Pillow.Image) -> tuple[int, int]:
    """Width and height in pixels of a picture that is opened, as it is shown."""
    return picture.size[::-1] if _is_transposed(picture) else picture.size


def size_of(file: Any) -> tuple[int, int]:
    """Width and height in pixels of the picture in a file, as it is shown."""
    try:
        with Pillow.open(file) as picture:
            return displayed_size(picture)
    except UnidentifiedImageError:
        # A vector graphic measures itself in fractions of pixels.
        width, height = willow.Image.open(file).get_size()
        return int(width), int(height)


def _is_transposed(picture: Pillow.Image) -> bool:
    try:
        # Not by a subclass's own method: a PNG's decodes all of it, for data that may follow the pixels.
        return Pillow.Image.getexif(picture).get(ExifTags.Base.Orientation) in TRANSPOSED
    except Exception:
        # Pillow has errors of many kinds for data that is damaged, which turns nothing.
        logger.info("a picture has EXIF data that cannot be read", exc_info=True)
        return False


class OrientedImageFieldFile(WagtailImageFieldFile):
    """Wagtail's file of an image, which ignores the orientation: https://github.com/wagtail/wagtail/issues/2909."""

    def get_image_dimensions(self) -> tuple[int, int]:
        is_closed = self.closed
        try:
            self.open()
            return size_of(self)
        finally:
            if is_closed:
                self.close()
            else:
                self.seek(0)


def measure_anew(image: AbstractImage) -> None:
    """Correct the dimensions that are stored of an image; its focal point stays around what it is around."""
    with image.open_file() as file:
        width, height = size_of(file)
    if (width, height) == (image.width, image.height):
        return
    if image.has_focal_point():
        across, down = width / image.width, height / image.height
        image.focal_point_x = round(image.focal_point_x * across)
        image.focal_point_y = round(image.focal_point_y * down)
        image.focal_point_width = round(image.focal_point_width * across)
        image.focal_point_height = round(image.focal_point_height * down)
    image.width, image.height = width, height
    focal_point = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
    image.save(update_fields=["width", "height", *focal_point])
