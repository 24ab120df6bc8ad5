"""Pictures at their sizes: many are read at once, and one that is missing is made."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition, Filter
from wagtail.images.utils import to_svg_safe_spec

logger = logging.getLogger(__name__)

Renditions = dict[tuple[int, str], AbstractRendition]

#: Columns that tell one rendition from all others.
KEY = ("image", "filter_spec", "focal_point_key")
#: Seconds for which a file that could not be read is not tried again.
RETRY_AFTER = 60


def renditions_by_image(wanted: Iterable[tuple[AbstractImage, str]]) -> Renditions:
    """The renditions for pairs of an image and a filter spec, by (the image's id, spec), read in one statement.

    One that is missing is made. A picture whose file is lost or broken has no entry; nothing is raised.
    """
    wanted = list(wanted)
    rows = get_image_model().get_rendition_model().objects
    keys = {f"{name}__in": values for name, values in keys_for(wanted).items()}
    return completed(wanted, rows.filter(**keys))


def keys_for(wanted: Iterable[tuple[AbstractImage, str]]) -> dict[str, list[Any]]:
    """What the renditions for pairs of an image and a filter spec have in their columns."""
    keys = [
        (image.pk, safe, _key(image, safe)) for image, spec in wanted for safe in [_safe_spec(image, spec)]
    ]
    columns = zip(*keys, strict=True) if keys else ((), (), ())
    return dict(zip(KEY, (sorted(set(column)) for column in columns), strict=True))


def completed(wanted: Iterable[tuple[AbstractImage, str]], rows: Iterable[AbstractRendition]) -> Renditions:
    """The renditions for pairs of an image and a filter spec, from `rows` or made, by (the image's id, spec)."""
    found = {(row.image_id, row.filter_spec, row.focal_point_key): row for row in rows}
    safe = {(image.pk, spec): (image, _safe_spec(image, spec)) for image, spec in wanted}
    stored = {
        (image.pk, spec): found.get((image.pk, spec, _key(image, spec))) for image, spec in safe.values()
    }
    renditions: Renditions = {}
    for key, (image, spec) in safe.items():
        rendition = stored.get((image.pk, spec)) or make_rendition(image, spec)
        if rendition is not None:
            stored[image.pk, spec] = rendition
            rendition.image = image
            renditions[key] = rendition
    return renditions


def _safe_spec(image: AbstractImage, spec: str) -> str:
    return (to_svg_safe_spec(spec) or "original") if image.is_svg() else spec


def _key(image: AbstractImage, spec: str) -> str:
    return Filter(spec=spec).get_cache_key(image)


def make_rendition(image: AbstractImage, spec: str) -> AbstractRendition | None:
    """Make an image's rendition and store it; None, and a line in the log, where its file can't be read."""
    broken = f"media:broken:{image.pk}:{image.file.name}"
    if cache.get(broken):
        return None
    chosen = Filter(spec=spec)
    try:
        file = image.generate_rendition_file(chosen)
    except Exception:
        # Willow, Pillow and every store of files have errors of their own; no reader is to see one.
        logger.warning("image %s cannot be rendered as %s", image.pk, spec, exc_info=True)
        cache.set(broken, True, RETRY_AFTER)
        return None
    key = {"filter_spec": spec, "focal_point_key": chosen.get_cache_key(image)}
    rendition = image.renditions.get_or_create(**key, defaults={"file": file})[0]
    # A vector graphic measures itself in fractions of pixels; the database keeps whole ones.
    rendition.width, rendition.height = int(rendition.width), int(rendition.height)
    return rendition
