"""The sizes and formats that pictures come in. A reader can't order others: each one costs disk and time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Preset:
    """A shape, and the widths in pixels that it is made in, ascending; `rendition` answers the last one."""

    description: str
    widths: tuple[int, ...]
    #: Height for one unit of width; None keeps the picture's own shape.
    ratio: float | None = None

    def spec(self, width: int) -> str:
        """Wagtail's filter for the preset at one of its widths; a crop stays around the focal point."""
        return f"width-{width}" if self.ratio is None else f"fill-{width}x{round(width * self.ratio)}"

    def widths_for(self, width: int, height: int) -> tuple[int, ...]:
        """The widths that differ for an original of this size in pixels: nothing is made wider than the original.

        The last one may be wider than the original allows; what is made for it then has the original's own width.
        """
        natural = width if self.ratio is None else min(width, height / self.ratio)
        filled = [each for each in self.widths if each < natural]
        return self.widths[: len(filled) + 1]


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

#: The shape of a picture that is asked for by its width alone.
OWN_SHAPE = Preset("In its own shape.", WIDTHS)


def with_format(spec: str, image_format: ImageFormat) -> str:
    """A filter that also turns the picture into a format."""
    return f"{spec}|format-{image_format.value}"


def specs_for(width: int, height: int) -> list[str]:
    """Every filter that readers may ask for and that differs for an original of this size, in all formats."""
    presets = [*(preset.value for preset in ImagePreset), OWN_SHAPE]
    shapes = [preset.spec(each) for preset in presets for each in preset.widths_for(width, height)]
    return [
        with_format(shape, image_format) for shape in dict.fromkeys(shapes) for image_format in ImageFormat
    ]
