"""Boundaries in KML, as Google Earth and surveyors' programs write them."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zones.geojson import MAX_POSITIONS


def read_kml(text: str) -> dict[str, Any]:
    """The GeoJSON geometry of all polygons of a document; ValidationError with a message for editors."""
    try:
        # A text that is read already has no encoding; what the file says of its own would be wrong.
        document = fromstring(text.encode("utf-8"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise ValidationError(_("The KML cannot be read.")) from error
    # By its name in whatever namespace: each version of KML has its own, and some programs write none.
    polygons = [_rings(element) for element in document.iter() if element.tag.rpartition("}")[2] == "Polygon"]
    if not polygons:
        raise ValidationError(_("The KML has no polygon."))
    return {"type": "MultiPolygon", "coordinates": polygons}


def _rings(polygon: Element) -> list[list[list[float]]]:
    """The outer ring, then the holes."""
    names = ("{*}outerBoundaryIs", "{*}innerBoundaryIs")
    return [
        _positions(ring.text or "")
        for name in names
        for boundary in polygon.findall(name)
        for ring in boundary.findall("{*}LinearRing/{*}coordinates")
    ]


def _positions(text: str) -> list[list[float]]:
    tuples = text.split()
    if len(tuples) > MAX_POSITIONS:
        message = _("The boundary has more than %(most)d positions.")
        raise ValidationError(message, params={"most": MAX_POSITIONS})
    try:
        return [[float(number) for number in each.split(",")[:2]] for each in tuples]
    except ValueError as error:
        raise ValidationError(_("The KML cannot be read.")) from error
