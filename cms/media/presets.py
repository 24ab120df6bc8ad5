"""The sizes and formats that pictures come in. A reader can't order others: each one costs disk and time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Preset:
    """A shape, and the widths in pixels that it is made in; the last one is what `rendition` answers."""

    description: str
    widths: tuple[int, ...]
    #: Height for one unit of width; None keeps the picture's own shape.
    ratio: float | None = None

    def spec(self, width: int | None = None) -> str:
        """Wagtail's filter for the preset at one of its widths; a crop stays around the focal point."""
        width = width or self.widths[-1]
        return f"width-{width}" if self.ratio is None else f"fill-{width}x{round(width * self.ratio)}"


class ImagePreset(Enum):
    """What a picture is for."""

    THUMBNAIL = Preset("Square, for lists and options: 160 and 320 pixels.", (160, 320), 1)
    CARD = Preset("3:2, for cards: 320 and 640 pixels wide.", (320, 640), 2 / 3)
    WIDE = Preset("In its own shape, within text: 640, 960 and 1280 pixels wide.", (640, 960, 1280))
    HERO = Preset("16:9, across the page: 640, 1280 and 1600 pixels wide.", (640, 1280, 1600), 9 / 16)
    SOCIAL = Preset("1200 by 630 pixels, for social networks.", (1200,), 630 / 1200)


class ImageFormat(Enum):
    """A file format of pictures."""

    AVIF = "avif"
    WEBP = "webp"
    JPEG = "jpeg"


#: Widths of the presets: what grapple's `srcSet(sizes:)` and `rendition(width:)` may ask for.
WIDTHS = tuple(sorted({width for preset in ImagePreset for width in preset.value.widths}))


def with_format(spec: str, image_format: ImageFormat | None) -> str:
    """A filter that also turns the picture into a format; JPEG if none is asked for."""
    return f"{spec}|format-{(image_format or ImageFormat.JPEG).value}"


def specs(image_formats: tuple[ImageFormat, ...] = tuple(ImageFormat)) -> list[str]:
    """Every filter that can be asked for."""
    shapes = {preset.value.spec(width) for preset in ImagePreset for width in preset.value.widths}
    shapes |= {f"width-{width}" for width in WIDTHS}
    return sorted(with_format(shape, each) for shape in shapes for each in image_formats)
