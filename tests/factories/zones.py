from __future__ import annotations

from typing import Any

import factory
import wagtail_factories

from tests.factories.home import HomePageFactory
from zones.models import ZoneMapPage, ZonePage


def square(west: float, south: float, side: float = 0.01) -> dict[str, Any]:
    """A square boundary, counter-clockwise, `side` in degrees."""
    east, north = round(west + side, 6), round(south + side, 6)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


class ZoneMapPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = ZoneMapPage
        django_get_or_create = ("slug", "parent")

    title = "Các khu công nghiệp"
    slug = "khu-cong-nghiep"
    parent = factory.SubFactory(HomePageFactory)


class ZonePageFactory(wagtail_factories.PageFactory):
    """A public zone of 100 ha, 80 to lease, 40 leased, with a square boundary around 105.2 E 21.3 N."""

    class Meta:
        model = ZonePage

    title = factory.Sequence(lambda number: f"Khu công nghiệp {number:03}")
    slug = factory.Sequence(lambda number: f"khu-{number:03}")
    code = factory.Sequence(lambda number: f"KCN-{number:03}")
    locality = "Xã Tam Nông"
    area_ha = 100
    leasable_area_ha = 80
    leased_area_ha = 40
    center_longitude = 105.205
    center_latitude = 21.305
    boundary = factory.LazyFunction(lambda: square(105.2, 21.3))
    parent = factory.SubFactory(ZoneMapPageFactory)
