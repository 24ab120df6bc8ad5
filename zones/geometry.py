"""Boundaries as shapes: checked, put in order, measured.

Positions are WGS 84, longitude before latitude. Areas are geodesic, in hectares. Only who writes a boundary needs this
module: it takes 40 MB of memory.
"""

from __future__ import annotations

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

from zones.geojson import UNREADABLE, check_positions, geometry_in, is_position, read_json

WGS84 = Geod(ellps="WGS84")
DECIMALS = 6
SQUARE_METRES_PER_HECTARE = 10_000


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
    geojson = geometry_in(read_json(value))
    polygons = [geojson["coordinates"]] if geojson["type"] == "Polygon" else geojson["coordinates"]
    check_positions(polygons)
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


def overlap_ha(boundary: Boundary, stored: dict[str, Any]) -> float:
    """How much of a boundary another one, as it is stored, lies within, in hectares."""
    common = boundary.geometry.intersection(shape(stored))
    # Where they only touch, a line or a point is common.
    return sum(area_ha(each) for each in getattr(common, "geoms", [common]) if each.area)


def _shaped(geojson: dict[str, Any]) -> Polygon | MultiPolygon:
    try:
        return shape({"type": geojson["type"], "coordinates": _flat(geojson["coordinates"])})
    except (ShapelyError, TypeError, ValueError, IndexError, RecursionError) as error:
        raise ValidationError(UNREADABLE) from error


def _flat(value: Any) -> Any:
    """Coordinates without heights, rounded: what is checked is what is stored."""
    return _listed(value[:2]) if is_position(value) else [_flat(each) for each in value]


def _ordered(geometry: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    if isinstance(geometry, Polygon):
        return orient(geometry)
    return MultiPolygon([orient(polygon) for polygon in getattr(geometry, "geoms", [])])


def _rounded(geometry: Polygon | MultiPolygon) -> dict[str, Any]:
    found = mapping(geometry)
    return {"type": found["type"], "coordinates": _listed(found["coordinates"])}


def _listed(value: Any) -> Any:
    return round(value, DECIMALS) if isinstance(value, float | int) else [_listed(each) for each in value]
