"""Boundaries in the formats that editors have them in."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zones.geojson import MAX_CHARACTERS
from zones.geometry import Boundary, parse_boundary
from zones.kml import read_kml
from zones.vn2000 import read_points


def read_boundary(text: str, *, epsg: int) -> Boundary:
    """GeoJSON, KML, or points in VN-2000 of the zone `epsg`; ValidationError with a message for editors."""
    if len(text) > MAX_CHARACTERS:
        message = _("The boundary is longer than %(most)d characters.")
        raise ValidationError(message, params={"most": MAX_CHARACTERS})
    text = text.lstrip("\ufeff \t\r\n")
    if text.startswith(("{", "[")):
        return parse_boundary(text)
    return parse_boundary(read_kml(text) if text.startswith("<") else read_points(text, epsg=epsg))
