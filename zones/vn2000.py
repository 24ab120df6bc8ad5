"""Boundaries as tables of points in VN-2000, as decisions and cadastral drawings have them.

A line has a point: its northing (X) and easting (Y) in metres, in any order, beside its number and whatever else. An
empty line, or a point that closes the ring, ends a ring; a ring within another one is a hole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from pyproj import Transformer
from shapely import Polygon, STRtree, make_valid

from zones.geojson import MAX_POSITIONS
from zones.meridians import MERIDIANS

WGS84 = 4326
# Viet Nam in metres: no number fits both, so that the columns may stand in either order.
NORTHINGS, EASTINGS = (850_000, 2_650_000), (150_000, 849_999)

GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(\1\d{3})*(?!\1)([.,]\d+)?")  # 2.356.789,12 and 2,356,789.12
PLAIN = re.compile(r"\d+([.,]\d+)?")
SEPARATORS = re.compile(r"[\s;|=:]+|,(?=\s)")


def read_points(text: str, *, epsg: int) -> dict[str, Any]:
    """The GeoJSON geometry, in WGS 84, of a table of points; ValidationError with a message for editors."""
    rings = [ring for ring in _rings(text) if ring]
    if not rings:
        raise ValidationError(
            _(
                "This is neither GeoJSON nor KML, nor does any line have X and Y of a point in VN-2000, in metres."
            )
        )
    if any(len(set(ring)) < 3 for ring in rings):
        raise ValidationError(_("Each part of the boundary has at least three points."))
    transform = _transformer(epsg).transform
    return _nested([[list(transform(*point)) for point in ring] for ring in rings])


@lru_cache(maxsize=len(MERIDIANS))
def _transformer(epsg: int) -> Transformer:
    return Transformer.from_crs(epsg, WGS84, always_xy=True)


def _rings(text: str) -> Iterator[list[tuple[float, float]]]:
    """Rings as eastings and northings, not closed."""
    ring: list[tuple[float, float]] = []
    count = 0
    for line in text.splitlines():
        point = _point(line)
        count += point is not None
        if count > MAX_POSITIONS:
            message = _("The boundary has more than %(most)d positions.")
            raise ValidationError(message, params={"most": MAX_POSITIONS})
        closes = bool(ring) and point == ring[0]
        if point and not closes:
            ring.append(point)
        elif closes or not line.strip():
            yield ring
            ring = []
    yield ring


def _point(line: str) -> tuple[float, float] | None:
    """Easting and northing of a line; None where it has not one of each, such as a heading."""
    numbers = [number for token in SEPARATORS.split(line) if (number := _number(token)) is not None]
    eastings = [number for number in numbers if EASTINGS[0] <= number <= EASTINGS[1]]
    northings = [number for number in numbers if NORTHINGS[0] <= number <= NORTHINGS[1]]
    return (eastings[0], northings[0]) if len(eastings) == len(northings) == 1 else None


def _number(token: str) -> float | None:
    if found := GROUPED.fullmatch(token):
        return float(token.replace(found[1], "").replace(",", "."))
    return float(token.replace(",", ".")) if PLAIN.fullmatch(token) else None


def _nested(rings: list[list[list[float]]]) -> dict[str, Any]:
    """The rings as parts and holes: what lies within an odd number of others is a hole of the smallest."""
    shapes = [make_valid(Polygon(ring)) for ring in rings]
    around: dict[int, list[int]] = {each: [] for each in range(len(rings))}
    for inner, outer in STRtree(shapes).query(shapes, predicate="within").T.tolist():
        if inner != outer:
            around[inner].append(outer)
    closed = [[*ring, ring[0]] for ring in rings]
    parts = {each: [closed[each]] for each in around if len(around[each]) % 2 == 0}
    for each, outer in around.items():
        if each not in parts:
            parts[min(outer, key=lambda other: shapes[other].area)].append(closed[each])
    return {"type": "MultiPolygon", "coordinates": list(parts.values())}
