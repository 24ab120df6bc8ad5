from __future__ import annotations

import pytest

from cms.media.presets import OWN_SHAPE, WIDTHS, ImageFormat, ImagePreset, specs_for

pytestmark = pytest.mark.one_database


def test_widths_that_may_be_asked_for_are_those_of_the_presets() -> None:
    assert WIDTHS == (160, 320, 640, 960, 1200, 1280, 1600)


@pytest.mark.parametrize(
    ("preset", "spec"),
    [
        (ImagePreset.THUMBNAIL, "fill-320x320"),
        (ImagePreset.CARD, "fill-640x427"),
        (ImagePreset.WIDE, "width-1280"),
        (ImagePreset.HERO, "fill-1600x900"),
        (ImagePreset.SOCIAL, "fill-1200x630"),
    ],
)
def test_largest_size_of_a_preset(preset: ImagePreset, spec: str) -> None:
    assert preset.value.spec(preset.value.widths[-1]) == spec


@pytest.mark.parametrize(
    ("preset", "size", "widths"),
    [
        (ImagePreset.WIDE, (4000, 3000), (640, 960, 1280)),
        (ImagePreset.WIDE, (1280, 700), (640, 960, 1280)),
        (ImagePreset.WIDE, (800, 600), (640, 960)),
        (ImagePreset.WIDE, (300, 200), (640,)),
        (ImagePreset.HERO, (1600, 360), (640,)),
        (ImagePreset.HERO, (1600, 361), (640, 1280)),
        (ImagePreset.THUMBNAIL, (2000, 161), (160, 320)),
    ],
)
def test_no_width_is_made_twice_for_a_small_original(
    preset: ImagePreset, size: tuple[int, int], widths: tuple[int, ...]
) -> None:
    assert preset.value.widths_for(*size) == widths


def test_filters_of_all_presets_are_bounded() -> None:
    specs = specs_for(10_000, 10_000)
    assert len(specs) == len(set(specs)) == 15 * len(ImageFormat)
    assert "fill-1600x900|format-avif" in specs
    assert specs_for(100, 100)[:3] == [
        "fill-160x160|format-avif",
        "fill-160x160|format-webp",
        "fill-160x160|format-jpeg",
    ]


def test_own_shape_has_every_width() -> None:
    assert OWN_SHAPE.widths == WIDTHS
    assert OWN_SHAPE.spec(320) == "width-320"
