"""Pictures at their sizes: read many at once, made when a picture is used."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from PIL import UnidentifiedImageError
from wagtail.images import get_image_model
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, SourceImageIOError
from wagtail.images.utils import to_svg_safe_spec

logger = logging.getLogger(__name__)

Renditions = dict[tuple[int, str], AbstractRendition]


def renditions_by_image(images: Iterable[AbstractImage], specs: Iterable[str]) -> Renditions:
    """The renditions of images for filter specs, by (image's id, spec), in one statement.

    One that is missing is made. A picture whose file is lost or broken has none.
    """
    wanted = {(image.pk, spec): (image, _spec_for(image, spec)) for image in images for spec in specs}
    found = _stored(wanted.values())
    renditions: Renditions = {}
    for key, (image, spec) in wanted.items():
        rendition = found.get((image.pk, spec)) or _made(image, spec)
        if rendition is not None:
            rendition.image = image
            renditions[key] = rendition
    return renditions


def _spec_for(image: AbstractImage, spec: str) -> str:
    return (to_svg_safe_spec(spec) or "original") if image.is_svg() else spec


def _stored(wanted: Iterable[tuple[AbstractImage, str]]) -> Renditions:
    model = get_image_model().get_rendition_model()
    pairs = {(image.pk, spec): Filter(spec=spec).get_cache_key(image) for image, spec in wanted}
    rows = model.objects.filter(
        image__in={pk for pk, _spec in pairs},
        filter_spec__in={spec for _pk, spec in pairs},
        focal_point_key__in=set(pairs.values()),
    )
    return {
        (row.image_id, row.filter_spec): row
        for row in rows
        if pairs.get((row.image_id, row.filter_spec)) == row.focal_point_key
    }


def _made(image: AbstractImage, spec: str) -> AbstractRendition | None:
    try:
        return image.get_rendition(spec)
    except (SourceImageIOError, UnidentifiedImageError, InvalidFilterSpecError, OSError):
        logger.warning("image %s cannot be rendered as %s", image.pk, spec, exc_info=True)
        return None
