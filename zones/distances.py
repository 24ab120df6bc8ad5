"""How far zones are from each other."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def _wgs84() -> Any:
    # 20 MB of memory, for those processes that are asked for distances.
    from pyproj import Geod

    return Geod(ellps="WGS84")


def distance_km(longitude: float, latitude: float, other_longitude: float, other_latitude: float) -> float:
    """The geodesic distance between two positions, in kilometres."""
    _forward, _back, metres = _wgs84().inv(longitude, latitude, other_longitude, other_latitude)
    return metres / 1000
