from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import DjangoCaptureOnCommitCallbacks

from cms.media.models import Image, Rendition
from tests.factories.media import ImageFactory, drawn

pytestmark = pytest.mark.django_db


def saved(capture: DjangoCaptureOnCommitCallbacks, image: Image) -> Image:
    """The image after a save and what a worker does then."""
    with capture(execute=True):
        image.save()
    return Image.objects.get(pk=image.pk)


def test_upload_makes_the_renditions_that_the_schema_offers(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        image = ImageFactory(pixels=(100, 80))
    assert image.renditions.count() == 6 * 3
    assert {
        (each.width, each.height) for each in image.renditions.filter(filter_spec__startswith="width")
    } == {(100, 80)}


def test_new_focal_point_makes_the_crops_again(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    image = ImageFactory(pixels=(100, 80), rendered=True)
    image.focal_point_x = image.focal_point_y = 9
    image.focal_point_width = image.focal_point_height = 5
    saved(django_capture_on_commit_callbacks, image)
    # A picture in its own shape is cropped around nothing, and stays.
    assert image.renditions.count() == 6 * 3 + 4 * 3


def test_another_file_makes_all_of_them_again(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    image = ImageFactory(pixels=(100, 80), rendered=True)
    image.file = drawn(90, 90)
    saved(django_capture_on_commit_callbacks, image)
    shapes = image.renditions.filter(filter_spec__startswith="width").values_list("width", "height")
    assert set(shapes) == {(90, 90)}


def test_command_makes_what_is_missing_and_says_so() -> None:
    whole, lacking = ImageFactory(pixels=(100, 80), rendered=True), ImageFactory(pixels=(100, 80))
    output = StringIO()
    call_command("make_renditions", stdout=output)
    assert output.getvalue() == "2 pictures, 18 renditions made\n"
    assert (
        Rendition.objects.filter(image=lacking).count() == Rendition.objects.filter(image=whole).count() == 18
    )
