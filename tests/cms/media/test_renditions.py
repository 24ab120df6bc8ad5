from __future__ import annotations

import io
import logging

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import ExifTags
from PIL import Image as Drawn
from wagtail.images.rect import Rect

from cms.media.models import Image
from cms.media.rendition_tasks import make_renditions
from tests.client import GraphQLClient
from tests.factories.media import ImageFactory

pytestmark = pytest.mark.django_db


def stored(image: Image, spec: str) -> Drawn.Image:
    """The picture in the file of a rendition."""
    with image.renditions.get(filter_spec=spec).file.open() as file:
        return Drawn.open(io.BytesIO(file.read()))


@pytest.mark.parametrize(("image_format", "written"), [("avif", "AVIF"), ("webp", "WEBP"), ("jpeg", "JPEG")])
def test_file_is_of_the_format_that_its_filter_names(image_format: str, written: str) -> None:
    image = ImageFactory(pixels=(200, 200), rendered=True)
    picture = stored(image, f"fill-160x160|format-{image_format}")
    assert (picture.format, picture.size) == (written, (160, 160))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_crop_shows_what_is_around_the_focal_point(kind: str) -> None:
    # Red on the left, blue on the right; the original is many times larger than needed.
    drawing = Drawn.new("RGB", (4000, 1000), "red")
    drawing.paste("blue", (2000, 0, 4000, 1000))
    buffer = io.BytesIO()
    drawing.save(buffer, kind)
    image = ImageFactory(
        file=ContentFile(buffer.getvalue(), name=f"a.{kind.lower()}"),
        focal_point_x=3500, focal_point_y=500, focal_point_width=10, focal_point_height=10, rendered=True,
    )  # fmt: skip
    red, _green, blue = stored(image, "fill-320x320|format-jpeg").convert("RGB").getpixel((10, 160))
    assert (red < 30, blue > 200) == (True, True)
    whole = stored(image, "width-640|format-jpeg").convert("RGB")
    assert whole.size == (640, 160)
    assert (whole.getpixel((20, 80))[0] > 200, whole.getpixel((620, 80))[2] > 200) == (True, True)


def on_its_side() -> ContentFile:
    """A portrait of 500 × 1000 pixels, blue with something red near its foot, as a mobile phone stores it."""
    portrait = Drawn.new("RGB", (500, 1000), "blue")
    portrait.paste("red", (200, 860, 300, 940))
    exif = Drawn.Exif()
    exif[ExifTags.Base.Orientation] = 6
    buffer = io.BytesIO()
    portrait.rotate(90, expand=True).save(buffer, "JPEG", exif=exif)
    return ContentFile(buffer.getvalue(), name="a.jpg")


@pytest.mark.parametrize("is_replaced", [False, True])
def test_picture_that_lies_on_its_side_is_measured_and_cropped_as_it_is_shown(
    graphql: GraphQLClient, is_replaced: bool
) -> None:
    image = ImageFactory() if is_replaced else ImageFactory(file=on_its_side())
    if is_replaced:
        image.file = on_its_side()
    image.focal_point_x, image.focal_point_y = 250, 900
    image.focal_point_width, image.focal_point_height = 100, 80
    image.save()
    make_renditions(image)
    query = "query($id: ID!) { image(id: $id) { width height aspectRatio } }"
    assert graphql.data(query, id=image.pk)["image"] == {"width": 500, "height": 1000, "aspectRatio": 0.5}
    assert stored(image, "width-640|format-webp").size == (500, 1000)
    crop = stored(image, "fill-640x427|format-jpeg").convert("RGB")
    assert any(
        red > 180 and blue < 90 for _number, (red, _green, blue) in crop.getcolors(crop.width * crop.height)
    )


def test_command_measures_pictures_anew_that_were_measured_unturned() -> None:
    image = ImageFactory(file=on_its_side(), rendered=True)
    unturned = {"width": 1000, "height": 500, "focal_point_x": 500, "focal_point_y": 450}
    Image.objects.filter(pk=image.pk).update(**unturned, focal_point_width=200, focal_point_height=40)
    call_command("make_renditions", stdout=io.StringIO())
    image = Image.objects.get(pk=image.pk)
    assert (image.width, image.height) == (500, 1000)
    assert image.get_focal_point() == Rect(200, 860, 300, 940)
    assert image.renditions.filter(filter_spec="fill-640x427|format-jpeg").count() == 2


def test_picture_that_was_measured_unturned_is_measured_anew_with_its_renditions() -> None:
    image = ImageFactory(file=on_its_side())
    Image.objects.filter(pk=image.pk).update(width=1000, height=500)
    make_renditions(Image.objects.get(pk=image.pk))
    image.refresh_from_db()
    assert (image.width, image.height) == (500, 1000)
    assert stored(image, "width-640|format-webp").size == (500, 1000)


def test_png_is_measured_without_its_pixels() -> None:
    buffer = io.BytesIO()
    Drawn.effect_noise((300, 200), 100).save(buffer, "PNG")
    image = Image(title="a", file=ContentFile(buffer.getvalue()[:1000], name="a.png"))
    assert (image.width, image.height) == (300, 200)


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\nrubbish", b"no picture at all", None])
def test_file_that_is_broken_or_lost_gives_none_and_no_error(
    content: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    image = ImageFactory()
    name = image.file.name
    image.file.storage.delete(name)
    if content is not None:
        image.file.storage.save(name, ContentFile(content))
    with caplog.at_level(logging.WARNING, logger="cms.media"):
        assert make_renditions(Image.objects.get(pk=image.pk)) == 0
    assert f"image {image.pk} cannot be rendered" in caplog.text


def test_picture_of_too_many_pixels_is_not_decoded(settings: LazySettings) -> None:
    image = ImageFactory(pixels=(300, 300))
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 300 * 300 - 1
    assert make_renditions(image) == 0


def test_svg_stays_a_vector_graphic(settings: LazySettings) -> None:
    settings.WAGTAILIMAGES_EXTENSIONS = ["svg"]
    image = ImageFactory(svg=True, rendered=True)
    assert {each.file.name.rsplit(".", 1)[1] for each in image.renditions.all()} == {"svg"}


def test_nothing_is_wider_than_the_original() -> None:
    image = ImageFactory(pixels=(500, 400), rendered=True)
    assert max(image.renditions.values_list("width", flat=True)) == 500
