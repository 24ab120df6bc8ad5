"""Drawing renditions: an original is decoded once, and all its sizes are made of that.

Wagtail's filters say what is cropped and how large it becomes; only the work is done here.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from io import BytesIO
from math import floor
from typing import Any, BinaryIO

from django.conf import settings
from PIL import ExifTags, ImageCms, ImageOps
from PIL import Image as Pillow
from wagtail.images.models import AbstractImage, Filter
from willow.image import AvifImageFile, ImageFile, JPEGImageFile, WebPImageFile

from cms.media.measures import displayed_size
from cms.media.presets import ImageFormat

FORMATS = ["AVIF", "GIF", "JPEG", "PNG", "WEBP"]
FILES: dict[ImageFormat, type[ImageFile]] = {
    ImageFormat.AVIF: AvifImageFile,
    ImageFormat.WEBP: WebPImageFile,
    ImageFormat.JPEG: JPEGImageFile,
}
#: An original is reduced to this many times what the largest rendition needs: more makes no difference to be seen.
OVERSAMPLING = 2.0
#: All that renditions keep of an original's EXIF data: who made it, and whose it is.
KEPT_TAGS = (ExifTags.Base.Artist, ExifTags.Base.Copyright)

#: Sizes of one picture that are drawn side by side.
DRAWING_THREADS = min(4, os.cpu_count() or 1)

Box = tuple[float, float, float, float]


class TooManyPixels(Exception):
    """A picture is larger than WAGTAILIMAGES_MAX_IMAGE_PIXELS allows to be decoded."""


class Drawing:
    """A picture, decoded once and just as large as its filters need it.

    Raises TooManyPixels before it decodes more than WAGTAILIMAGES_MAX_IMAGE_PIXELS, and whatever Pillow raises of a
    file that is broken.
    """

    def __init__(self, image: AbstractImage, file: BinaryIO, filters: Sequence[DrawnFilter]) -> None:
        self._image = image
        self._filters = filters
        with Pillow.open(file, formats=FORMATS) as original:
            exif = original.getexif()
            self._size = displayed_size(original)
            scale = OVERSAMPLING * max(self._scale(each) for each in filters)
            self._credit = _credit(exif)
            self._picture = _plain(_reduced(original, scale))

    def draw(self) -> None:
        """Give each filter the content of its file. What crops and scales alike is made smaller once."""
        alike: dict[tuple[Box, tuple[int, int]], list[DrawnFilter]] = {}
        for each in self._filters:
            transform = each.get_transform(self._image, self._size)
            size = tuple(max(1, int(side)) for side in transform.size)
            alike.setdefault((self._box(transform.get_rect().round()), size), []).append(each)
        # Pillow holds no interpreter lock while it makes a picture smaller or encodes it.
        with ThreadPoolExecutor(DRAWING_THREADS) as threads:
            for _done in threads.map(self._draw_one_size, alike, alike.values()):
                pass

    def _draw_one_size(self, box_and_size: tuple[Box, tuple[int, int]], filters: list[DrawnFilter]) -> None:
        box, size = box_and_size
        picture = self._picture.resize(size, Pillow.Resampling.LANCZOS, box=box, reducing_gap=OVERSAMPLING)
        formats = {each.image_format for each in filters}
        files = {image_format: self._encode(picture, image_format) for image_format in formats}
        for each in filters:
            each.content = files[each.image_format]

    def _scale(self, chosen: Filter) -> float:
        transform = chosen.get_transform(self._image, self._size)
        rect = transform.get_rect()
        return max(transform.size[0] / rect.width, transform.size[1] / rect.height)

    def _box(self, rect: Any) -> Box:
        across, down = (have / full for have, full in zip(self._picture.size, self._size, strict=True))
        left, right = (min(max(0, each * across), self._picture.width) for each in (rect.left, rect.right))
        top, bottom = (min(max(0, each * down), self._picture.height) for each in (rect.top, rect.bottom))
        return left, top, right, bottom

    def _encode(self, picture: Pillow.Image, image_format: ImageFormat) -> bytes:
        output = BytesIO()
        if image_format is ImageFormat.JPEG and picture.mode == "RGBA":
            white = Pillow.new("RGBA", picture.size, "white")
            picture = Pillow.alpha_composite(white, picture).convert("RGB")
        picture.save(output, image_format.name, exif=self._credit, **_options(image_format))
        return output.getvalue()


class DrawnFilter(Filter):
    """A filter of a preset, whose content a Drawing has made; the file is not opened again."""

    content: bytes

    @cached_property
    def image_format(self) -> ImageFormat:
        """The format that the filter ends with."""
        return ImageFormat(self.spec.rpartition("format-")[2])

    def run(self, image: AbstractImage, output: BinaryIO, source: Any = None) -> ImageFile:
        """Wagtail's way to make a file of a rendition."""
        output.write(self.content)
        return FILES[self.image_format](output)


def _options(image_format: ImageFormat) -> dict[str, Any]:
    if image_format is ImageFormat.AVIF:
        quality = getattr(settings, "WAGTAILIMAGES_AVIF_QUALITY", 61)
        return {"quality": quality, "speed": settings.CMS_AVIF_SPEED}
    if image_format is ImageFormat.WEBP:
        # Method 4, the default, takes twice as long for files that are 3 % smaller.
        return {"quality": getattr(settings, "WAGTAILIMAGES_WEBP_QUALITY", 80), "method": 2}
    quality = getattr(settings, "WAGTAILIMAGES_JPEG_QUALITY", 76)
    return {"quality": quality, "progressive": True, "optimize": True}


def _reduced(original: Pillow.Image, scale: float) -> Pillow.Image:
    # JPEG can be decoded at a half, a quarter or an eighth of its size; the others are made smaller right after.
    if scale < 1:
        original.draft(None, (floor(original.width * scale), floor(original.height * scale)))
    if original.width * original.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise TooManyPixels(f"{original.width} x {original.height} pixels")
    before = original.width
    original.load()
    picture = _of_whole_values(original)
    factor = floor(min(before, original.width) / max(1, before * scale)) if scale < 1 else 1
    picture = picture.reduce(factor) if factor > 1 else picture
    return ImageOps.exif_transpose(picture)


def _of_whole_values(picture: Pillow.Image) -> Pillow.Image:
    """The picture with bytes that can be averaged: no palette, no bits, no 16 bits a pixel."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in {"P", "PA"}:
        return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    return picture.convert("L") if picture.mode == "1" else picture


def _plain(picture: Pillow.Image) -> Pillow.Image:
    """The picture in sRGB, with alpha where something can be seen through; it carries nothing of the original's."""
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "RGBA", "CMYK", "L"}:
        picture = _in_srgb(picture, profile, mode)
    picture = picture.convert(mode)
    if mode == "RGBA" and picture.getextrema()[3] == (255, 255):
        picture = picture.convert("RGB")
    picture.info = {}
    return picture


def _in_srgb(picture: Pillow.Image, profile: bytes, mode: str) -> Pillow.Image:
    try:
        return ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode=mode,
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # a broken profile, or one of another kind: the colours as they are


def _credit(exif: Pillow.Exif) -> bytes:
    kept = Pillow.Exif()
    for tag in KEPT_TAGS:
        if exif.get(tag):
            kept[tag] = exif[tag]
    return kept.tobytes() if len(kept) else b""
