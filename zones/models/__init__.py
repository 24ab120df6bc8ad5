from __future__ import annotations

from zones.models.industries import Industry
from zones.models.maps import LegendEntry, ZoneMapPage
from zones.models.parts import Enterprise, Infrastructure, Transport, ZoneDocument
from zones.models.zones import ZonePage

__all__ = [
    "Enterprise",
    "Industry",
    "Infrastructure",
    "LegendEntry",
    "Transport",
    "ZoneDocument",
    "ZoneMapPage",
    "ZonePage",
]
