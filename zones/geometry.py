"""Boundaries as GeoJSON (RFC 7946): read, checked and put in order.

Positions are WGS 84, longitude before latitude. Areas are geodesic, in hectares.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from pyproj import Geod
from shapely import MultiPolygon, Point, Polygon
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape
from shapely.geometry.polygon import orient
from shapely.validation import explain_validity

WGS84 = Geod(ellps="WGS84")
DECIMALS = 6
MAX_POSITIONS = 5000
MAX_CHARACTERS = 1_000_000
MAX_NESTING = 20
UNREADABLE = _("The boundary cannot be read as a GeoJSON geometry.")
SQUARE_METRES_PER_HECTARE = 10_000
# Viet Nam and its waters: positions that fit only when swapped were written latitude first.
LONGITUDES, LATITUDES = (102.0, 118.0), (6.0, 24.0)


@dataclass(frozen=True)
class Boundary:
    """A checked boundary: its GeoJSON geometry, its area in hectares and its box (west, south, east, north)."""

    geojson: dict[str, Any]
    area_ha: float
    box: tuple[float, float, float, float]
    geometry: Polygon | MultiPolygon

    def contains(self, longitude: float, latitude: float) -> bool:
        """Whether a position lies within the boundary or on it."""
        return self.geometry.covers(Point(longitude, latitude))


def parse_boundary(value: str | dict[str, Any]) -> Boundary:
    """Read a Polygon or MultiPolygon, also within a Feature or a FeatureCollection of one.

    Rings are turned to the right-hand rule and positions rounded to six decimals, a tenth of a metre. Raises
    ValidationError with a message for editors.
    """
    geojson = _geometry_in(read_json(value))
    polygons = [geojson["coordinates"]] if geojson["type"] == "Polygon" else geojson["coordinates"]
    _check_positions(polygons)
    geometry = _shaped(geojson)
    if not geometry.is_valid:
        raise ValidationError(
            _("The boundary crosses or touches itself: %(where)s."),
            params={"where": explain_validity(geometry)},
        )
    geometry = _ordered(geometry)
    if geometry.is_empty or not geometry.area:
        raise ValidationError(_("The boundary encloses no area."))
    return Boundary(
        _rounded(geometry),
        area_ha(geometry),
        tuple(round(each, DECIMALS) for each in geometry.bounds),
        geometry,
    )


def area_ha(geometry: Polygon | MultiPolygon) -> float:
    """The geodesic area on the WGS 84 ellipsoid, holes taken out, in hectares."""
    area, _perimeter = WGS84.geometry_area_perimeter(geometry)
    return abs(area) / SQUARE_METRES_PER_HECTARE


def distance_km(longitude: float, latitude: float, other_longitude: float, other_latitude: float) -> float:
    """The geodesic distance between two positions, in kilometres."""
    _forward, _back, metres = WGS84.inv(longitude, latitude, other_longitude, other_latitude)
    return metres / 1000


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


def _geometry_in(value: Any) -> dict[str, Any]:
    if isinstance(value, dict) and value.get("type") == "FeatureCollection":
        features = value.get("features")
        if not isinstance(features, list) or len(features) != 1:
            raise ValidationError(_("The collection must hold exactly one feature."))
        value = features[0]
    if isinstance(value, dict) and value.get("type") == "Feature":
        value = value.get("geometry")
    if not isinstance(value, dict) or value.get("type") not in {"Polygon", "MultiPolygon"}:
        raise ValidationError(_("The boundary is a GeoJSON Polygon or MultiPolygon."))
    if not isinstance(value.get("coordinates"), list) or not value["coordinates"]:
        raise ValidationError(_("The boundary has no coordinates."))
    return value


def _check_positions(polygons: list[Any]) -> None:
    rings = [ring for polygon in polygons if isinstance(polygon, list) for ring in polygon]
    if not rings or not all(isinstance(ring, list) and len(ring) >= 4 for ring in rings):
        raise ValidationError(_("Each ring of the boundary has at least four positions."))
    if sum(len(ring) for ring in rings) > MAX_POSITIONS:
        raise ValidationError(
            _("The boundary has more than %(most)d positions."), params={"most": MAX_POSITIONS}
        )
    positions = [position for ring in rings for position in ring]
    if not all(_is_position(position) for position in positions):
        raise ValidationError(_("Each position is a longitude and a latitude, both numbers."))
    if any(ring[0][:2] != ring[-1][:2] for ring in rings):
        raise ValidationError(_("A ring is not closed: its last position must be its first."))
    if _swapped(positions):
        raise ValidationError(_("Latitude seems to stand before longitude; GeoJSON has longitude first."))
    if not all(abs(longitude) <= 180 and abs(latitude) <= 90 for longitude, latitude, *_height in positions):
        raise ValidationError(_("A position lies outside WGS 84: longitude -180 to 180, latitude -90 to 90."))


def _is_position(value: Any) -> bool:
    numbers = isinstance(value, list) and 2 <= len(value) <= 3
    return numbers and all(type(each) in (int, float) and abs(each) < 1e9 for each in value)


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _swapped(positions: list[list[float]]) -> bool:
    return all(
        _within(first, LATITUDES) and _within(second, LONGITUDES) for first, second, *_height in positions
    )


def _shaped(geojson: dict[str, Any]) -> Polygon | MultiPolygon:
    try:
        return shape({"type": geojson["type"], "coordinates": _flat(geojson["coordinates"])})
    except (ShapelyError, TypeError, ValueError, IndexError, RecursionError) as error:
        raise ValidationError(UNREADABLE) from error


def _flat(value: Any) -> Any:
    """Coordinates without heights, rounded: what is checked is what is stored."""
    return _listed(value[:2]) if _is_position(value) else [_flat(each) for each in value]


def _ordered(geometry: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    if isinstance(geometry, Polygon):
        return orient(geometry)
    return MultiPolygon([orient(polygon) for polygon in getattr(geometry, "geoms", [])])


def _rounded(geometry: Polygon | MultiPolygon) -> dict[str, Any]:
    found = mapping(geometry)
    return {"type": found["type"], "coordinates": _listed(found["coordinates"])}


def _listed(value: Any) -> Any:
    return round(value, DECIMALS) if isinstance(value, float | int) else [_listed(each) for each in value]
