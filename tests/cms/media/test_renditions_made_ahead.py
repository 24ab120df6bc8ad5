from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from cms.media.models import Rendition
from cms.media.renditions import renditions_by_image
from tests.factories.blocks import page_with_body, raw
from tests.factories.media import ImageFactory

pytestmark = pytest.mark.django_db


def test_publishing_makes_the_renditions_of_all_its_pictures(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    hero, single, listed, unused = ImageFactory.create_batch(4, pixels=(100, 80))
    pictures = [{"image": listed.pk, "caption": "", "credit": ""}]
    page = page_with_body(raw("picture", image=single.pk), raw("gallery", pictures=pictures), live=False)
    page.hero_image = hero
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert {each.image_id for each in Rendition.objects.all()} == {hero.pk, single.pk, listed.pk}
    assert Rendition.objects.filter(image=hero).count() == 5 * 3
    with django_assert_num_queries(1):
        renditions_by_image([(hero, "fill-640x360|format-avif"), (listed, "width-640|format-webp")])
    assert not unused.renditions.exists()


def test_draft_makes_none(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    page = page_with_body(live=False)
    page.hero_image = ImageFactory(pixels=(100, 80))
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision()
    assert not Rendition.objects.exists()


def test_new_focal_point_of_a_used_picture_makes_them_again(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    image, unused = ImageFactory.create_batch(2, pixels=(100, 80))
    page = page_with_body(raw("picture", image=image.pk), live=False)
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert image.renditions.count() == 5 * 3
    with django_capture_on_commit_callbacks(execute=True):
        for each in (image, unused):
            each.focal_point_x, each.focal_point_y, each.focal_point_width, each.focal_point_height = (
                9,
                9,
                5,
                5,
            )
            each.save()
    # A picture in its own shape is cropped around nothing, and stays.
    assert image.renditions.count() == 5 * 3 + 4 * 3
    assert unused.renditions.count() == 0
