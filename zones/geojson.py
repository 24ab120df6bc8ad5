"""The text of a boundary: GeoJSON (RFC 7946) whose size and form are checked before anything is made of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_POSITIONS = 5000
MAX_CHARACTERS = 1_000_000
MAX_NESTING = 20
UNREADABLE = _("The boundary cannot be read as a GeoJSON geometry.")
#: For a LineString, which the map writes while a ring is being drawn, beside the closed ones in a GeometryCollection.
OPEN = _(
    "The boundary is drawn but not closed: close it on the map. For a zone without a boundary, empty the text."
)
# Viet Nam and its waters: positions that fit only when swapped were written latitude first.
LONGITUDES, LATITUDES = (102.0, 118.0), (6.0, 24.0)


def read_json(value: str | dict[str, Any]) -> Any:
    """What a JSON text says, a value that is no text as it is; ValidationError with a message for editors."""
    if not isinstance(value, str):
        return value
    if len(value) > MAX_CHARACTERS:
        message = _("The boundary is longer than %(most)d characters.")
        raise ValidationError(message, params={"most": MAX_CHARACTERS})
    try:
        found = json.loads(value)
    except json.JSONDecodeError as error:
        message = _("This is not JSON: line %(line)d, column %(column)d.")
        raise ValidationError(message, params={"line": error.lineno, "column": error.colno}) from error
    except (RecursionError, ValueError) as error:  # nested too deep, or a number of thousands of digits
        raise ValidationError(UNREADABLE) from error
    if _is_deep(found):
        raise ValidationError(UNREADABLE)
    return found


def _is_deep(value: Any) -> bool:
    """Whether lists and objects are nested deeper than any GeoJSON: what walks through them would run out of stack."""
    level = [value]
    for _depth in range(MAX_NESTING):
        level = [child for each in level for child in _children(each)]
    return bool(level)


def _children(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def geometry_in(value: Any) -> dict[str, Any]:
    """The Polygon or MultiPolygon that a value is or holds; ValidationError where there is none."""
    if isinstance(value, dict) and value.get("type") == "FeatureCollection":
        features = value.get("features")
        if not isinstance(features, list) or len(features) != 1:
            raise ValidationError(_("The collection must hold exactly one feature."))
        value = features[0]
    if isinstance(value, dict) and value.get("type") == "Feature":
        value = value.get("geometry")
    if isinstance(value, dict) and value.get("type") in {"LineString", "GeometryCollection"}:
        raise ValidationError(OPEN)
    if not isinstance(value, dict) or value.get("type") not in {"Polygon", "MultiPolygon"}:
        raise ValidationError(_("The boundary is a GeoJSON Polygon or MultiPolygon."))
    if not isinstance(value.get("coordinates"), list) or not value["coordinates"]:
        raise ValidationError(_("The boundary has no coordinates."))
    return value


def check_positions(polygons: list[Any]) -> None:
    """Raise ValidationError where rings are not closed, or positions none of WGS 84."""
    rings = [ring for polygon in polygons if isinstance(polygon, list) for ring in polygon]
    if not rings or not all(isinstance(ring, list) and len(ring) >= 4 for ring in rings):
        raise ValidationError(_("Each ring of the boundary has at least four positions."))
    if sum(len(ring) for ring in rings) > MAX_POSITIONS:
        raise ValidationError(
            _("The boundary has more than %(most)d positions."), params={"most": MAX_POSITIONS}
        )
    positions = [position for ring in rings for position in ring]
    if not all(is_position(position) for position in positions):
        raise ValidationError(_("Each position is a longitude and a latitude, both numbers."))
    if any(ring[0][:2] != ring[-1][:2] for ring in rings):
        raise ValidationError(_("A ring is not closed: its last position must be its first."))
    if _swapped(positions):
        raise ValidationError(_("Latitude seems to stand before longitude; GeoJSON has longitude first."))
    if not all(abs(longitude) <= 180 and abs(latitude) <= 90 for longitude, latitude, *_height in positions):
        raise ValidationError(_("A position lies outside WGS 84: longitude -180 to 180, latitude -90 to 90."))


def is_position(value: Any) -> bool:
    """Whether a value is a list of two or three numbers."""
    numbers = isinstance(value, list) and 2 <= len(value) <= 3
    return numbers and all(type(each) in (int, float) and abs(each) < 1e9 for each in value)


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _swapped(positions: list[list[float]]) -> bool:
    return all(
        _within(first, LATITUDES) and _within(second, LONGITUDES) for first, second, *_height in positions
    )
