"""Industrial zones in imports and exports."""

from __future__ import annotations

from cms.exchange.registry import register
from cms.exchange.resources import ModelResource, PageResource
from zones.models import Industry, ZoneMapPage, ZonePage

register(
    ModelResource("industry", Industry, natural_key=["slug"]),
    PageResource("zone_map", ZoneMapPage),
    PageResource("zone", ZonePage, order=41),
)
