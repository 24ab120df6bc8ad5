"""Pictures at their sizes, as they are stored: what readers ask for is looked up here, and never made.

`rendition_tasks.py` makes them. Until it has, readers get the nearest that there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition, Filter
from wagtail.images.utils import to_svg_safe_spec

from cms.media.addresses import PRIVATE
from cms.media.presets import specs_for

Wanted = Iterable[tuple[AbstractImage, str]]
Renditions = dict[tuple[int, str], AbstractRendition]

#: What the filters of the presets look like: kind, width, height of a crop, format.
SPEC = re.compile(r"(width|fill)-(\d+)(?:x(\d+))?(?:\|format-(\w+))?")
#: Formats by how few browsers know them: none is answered who asked for one that more of them know.
RARITY = {"jpeg": 0, "webp": 1, "avif": 2}


def find_renditions(wanted: Wanted) -> Renditions:
    """The stored renditions for pairs of an image and a filter spec, by (the image's id, spec), in one statement."""
    wanted = list(wanted)
    rows = get_image_model().get_rendition_model().objects
    keys = {f"{name}__in": values for name, values in keys_for(wanted).items()}
    return matched(wanted, rows.filter(image__in={image.pk for image, _spec in wanted}, **keys))


def keys_for(wanted: Wanted) -> dict[str, list[Any]]:
    """What the renditions for pairs of an image and a filter spec have in their columns."""
    safe = [(image, safe_spec(image, spec)) for image, spec in wanted]
    return {
        "filter_spec": sorted({spec for _image, spec in safe}),
        "focal_point_key": sorted({cache_key(image, spec) for image, spec in safe}),
    }


def matched(wanted: Wanted, rows: Iterable[AbstractRendition]) -> Renditions:
    """Those of `rows` that were asked for, by (the image's id, spec)."""
    found = {(row.image_id, row.filter_spec, row.focal_point_key): row for row in rows}
    renditions: Renditions = {}
    for image, spec in wanted:
        safe = safe_spec(image, spec)
        rendition = found.get((image.pk, safe, cache_key(image, safe)))
        if rendition is not None:
            rendition.image = image
            renditions[image.pk, spec] = rendition
    return renditions


def nearest(wanted: Wanted, rows: Iterable[AbstractRendition]) -> Renditions:
    """For pairs of an image and a filter spec the most similar of the image's `rows`, by (the image's id, spec).

    Where there is none in a format that every browser knows that knows the wanted one, the pair has no entry.
    """
    by_image: dict[int, list[AbstractRendition]] = {}
    for row in rows:
        by_image.setdefault(row.image_id, []).append(row)
    renditions: Renditions = {}
    for image, spec in wanted:
        far = {row: _distance(spec, row) for row in by_image.get(image.pk, ())}
        near = min((row for row in far if far[row] is not None), key=far.get, default=None)
        if near is not None:
            near.image = image
            renditions[image.pk, spec] = near
    return renditions


def missing_renditions(images: Iterable[AbstractImage]) -> dict[int, list[str]]:
    """The filters of the presets that have no rendition yet, by the ids of those images that lack any.

    Pictures of private collections lack none: no reader is shown them.
    """
    public = [image for image in images if not image.file.name.startswith(PRIVATE)]
    wanted = [(image, spec) for image in public for spec in specs_for(image.width, image.height)]
    found = find_renditions(wanted)
    missing: dict[int, list[str]] = {}
    for image, spec in wanted:
        safe = safe_spec(image, spec)
        if (image.pk, spec) not in found and safe not in missing.get(image.pk, ()):
            missing.setdefault(image.pk, []).append(safe)
    return missing


def mismeasured(images: Iterable[AbstractImage]) -> list[AbstractImage]:
    """The images that are stored as wide though their renditions are high, or the other way round."""
    by_pk = {image.pk: image for image in images}
    rows = get_image_model().get_rendition_model().objects.filter(image__in=by_pk)
    shapes = rows.exclude(filter_spec__startswith="fill-").values_list("image", "width", "height")
    found = {pk for pk, width, height in shapes if (width > height) != (by_pk[pk].width > by_pk[pk].height)}
    return [by_pk[pk] for pk in sorted(found)]


def safe_spec(image: AbstractImage, spec: str) -> str:
    """The filter that is used in place of `spec`, which a vector graphic may not allow as it is."""
    return (to_svg_safe_spec(spec) or "original") if image.is_svg() else spec


def cache_key(image: AbstractImage, spec: str) -> str:
    """Wagtail's key for the focal point that a filter crops around."""
    return _filter(spec).get_cache_key(image)


# A new Filter takes its spec apart, which inspects the signature of each operation: a fifth of what a home page took.
@lru_cache(maxsize=500)
def _filter(spec: str) -> Filter:
    return Filter(spec=spec)


def _distance(spec: str, row: AbstractRendition) -> tuple[float, ...] | None:
    wanted, found = SPEC.fullmatch(spec), SPEC.fullmatch(row.filter_spec)
    if wanted is None or found is None:
        return None
    kind, width, height, image_format = wanted.groups()
    other = found.group(4)
    if RARITY.get(other, 0) > RARITY.get(image_format, 0):
        return None
    ratio = int(height) / int(width) if kind == "fill" else None
    shape = row.height / row.width if row.width else 0
    is_cropped = found.group(1) == "fill"
    misshapen = (abs(shape - ratio) if is_cropped else 1 + abs(shape - ratio)) if ratio else float(is_cropped)
    step = row.width - int(width)
    # Its shape first, then its format; too large looks better than too small; the newest focal point wins.
    return round(misshapen, 2), float(other != image_format), float(step < 0), abs(step), -row.pk
