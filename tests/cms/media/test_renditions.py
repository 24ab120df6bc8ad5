from __future__ import annotations

import io
import logging

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.files.base import ContentFile
from PIL import Image as Drawing
from pytest_django import DjangoAssertNumQueries

from cms.media.models import Image, Rendition
from cms.media.presets import specs_for
from cms.media.renditions import renditions_by_image
from tests.factories.media import ImageFactory

SPECS = ["fill-160x160|format-jpeg", "width-320|format-webp"]

pytestmark = pytest.mark.django_db


def pairs(images: list[Image], specs: list[str]) -> list[tuple[Image, str]]:
    return [(image, spec) for image in images for spec in specs]


def fresh(images: list[Image]) -> list[Image]:
    return list(Image.objects.filter(pk__in=[image.pk for image in images]))


@pytest.mark.parametrize("count", [1, 20])
def test_stored_renditions_are_read_in_one_statement(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    images = ImageFactory.create_batch(count, pixels=(400, 300))
    renditions_by_image(pairs(images, SPECS))
    images = fresh(images)
    with django_assert_num_queries(1):
        found = renditions_by_image(pairs(images, SPECS))
        alts = {rendition.alt for rendition in found.values()}
    assert len(found) == 2 * count
    assert alts == {"Workers at a gate"}


def test_missing_rendition_is_made_and_kept() -> None:
    image = ImageFactory(pixels=(400, 300))
    found = renditions_by_image(pairs([image], SPECS))
    assert {spec: (each.width, each.height) for (_pk, spec), each in found.items()} == {
        "fill-160x160|format-jpeg": (160, 160),
        "width-320|format-webp": (320, 240),
    }
    assert Rendition.objects.count() == 2


@pytest.mark.parametrize(("image_format", "written"), [("avif", "AVIF"), ("webp", "WEBP"), ("jpeg", "JPEG")])
def test_file_is_of_the_format_that_was_asked_for(image_format: str, written: str) -> None:
    image = ImageFactory(pixels=(200, 200))
    (rendition,) = renditions_by_image([(image, f"fill-160x160|format-{image_format}")]).values()
    with rendition.file.open() as file:
        assert Drawing.open(io.BytesIO(file.read())).format == written


def test_new_focal_point_gets_a_rendition_of_its_own() -> None:
    image = ImageFactory(pixels=(400, 200))
    before = renditions_by_image(pairs([image], SPECS[:1]))
    Image.objects.filter(pk=image.pk).update(
        focal_point_x=350, focal_point_y=100, focal_point_width=40, focal_point_height=40
    )
    image.refresh_from_db()
    after = renditions_by_image(pairs([image], SPECS[:1]))
    assert before[image.pk, SPECS[0]].pk != after[image.pk, SPECS[0]].pk
    assert renditions_by_image(pairs([image], SPECS[:1])) == after


def test_lost_file_gives_no_rendition_and_no_error(caplog: pytest.LogCaptureFixture) -> None:
    lost, kept = ImageFactory.create_batch(2)
    lost.file.storage.delete(lost.file.name)
    with caplog.at_level(logging.WARNING, logger="cms.media"):
        found = renditions_by_image(pairs([lost, kept], SPECS[:1]))
    assert list(found) == [(kept.pk, SPECS[0])]
    assert f"image {lost.pk} cannot be rendered" in caplog.text


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\nrubbish", b"no picture at all"])
def test_broken_file_gives_no_rendition_and_no_error(content: bytes) -> None:
    image = ImageFactory()
    name = image.file.name
    image.file.storage.delete(name)
    image.file.storage.save(name, ContentFile(content))
    assert renditions_by_image(pairs(fresh([image]), SPECS)) == {}


def test_broken_file_is_tried_once_a_minute_only(caplog: pytest.LogCaptureFixture) -> None:
    image = ImageFactory()
    image.file.storage.delete(image.file.name)
    for _time in range(3):
        renditions_by_image(pairs([image], SPECS))
    assert len(caplog.records) == 1
    cache.clear()
    renditions_by_image(pairs([image], SPECS))
    assert len(caplog.records) == 2


def test_svg_stays_a_vector_graphic(settings: LazySettings) -> None:
    settings.WAGTAILIMAGES_EXTENSIONS = ["svg"]
    image = ImageFactory(svg=True)
    found = renditions_by_image(pairs([image], ["fill-160x160|format-webp", "format-webp"]))
    cropped, whole = found.values()
    assert cropped.file.name.endswith(".svg")
    assert cropped.filter_spec == "fill-160x160"
    assert whole.filter_spec == "original"


def test_two_filters_that_are_one_for_svg_make_one_rendition(settings: LazySettings) -> None:
    settings.WAGTAILIMAGES_EXTENSIONS = ["svg"]
    image = ImageFactory(svg=True)
    found = renditions_by_image(pairs([image], ["fill-160x160|format-webp", "fill-160x160|format-jpeg"]))
    assert len(found) == 2
    assert Rendition.objects.count() == 1


def test_nothing_is_wider_than_the_original() -> None:
    image = ImageFactory(pixels=(500, 400))
    found = renditions_by_image(
        pairs([image], [spec for spec in specs_for(500, 400) if spec.endswith("jpeg")])
    )
    assert max(rendition.width for rendition in found.values()) == 500
