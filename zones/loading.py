"""What maps and zones lead to, read for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db.models import Count, Model, QuerySet, Sum
from graphql import GraphQLResolveInfo

from cms.content.visibility import PublicRule, public
from cms.graphql.execution.loading import (
    ByTree,
    LoadGenerator,
    QueryTemplate,
    bind_params,
    by_pk,
    having_any,
)
from cms.graphql.schema.lists.paging import page_size
from cms.graphql.schema.sites import root_at
from zones.distances import distance_km
from zones.models import Enterprise, LegendEntry, ZoneMapPage, ZonePage
from zones.states import COLORS, ZoneState

MAX_FEATURES = 100
MAX_NEARBY = 20
#: Columns of a zone that a feature shows.
SHOWN = [
    "path",
    "title",
    "url_path",
    "state",
    "area_ha",
    "leasable_area_ha",
    "leased_area_ha",
    "boundary",
    "center_longitude",
    "center_latitude",
    "west",
    "south",
    "east",
    "north",
]
ADDED_UP = ("area_ha", "leasable_area_ha", "leased_area_ha")
TREE = ByTree()


def _public_zones(rule: PublicRule) -> QuerySet:
    return public(ZonePage.objects.order_by(), rule)


def _zones_of(
    pages: list[ZoneMapPage], what: str, build: Callable[[QuerySet], QuerySet], model: type[Model] = ZonePage
) -> QueryTemplate:
    """What `build` makes of the public zones of these maps; `what` tells it from the others."""
    values = TREE.values(pages)

    def statement(rule: PublicRule) -> QuerySet:
        return build(TREE.rows_of(_public_zones(rule), bind_params(values)))

    return QueryTemplate((what, *values), model, statement, values)


def legends(pages: list[ZoneMapPage], info: GraphQLResolveInfo) -> LoadGenerator:
    """Each map's legend: all states, those that an editor named and coloured in the editor's way."""
    stored = [page.pk for page in pages if page.pk]
    entries = (yield info.context.wanted(having_any(LegendEntry, "map", stored))) if stored else []
    chosen = {(entry.map_id, entry.state): entry for entry in entries}
    return {page.pk: [_entry(state, chosen.get((page.pk, state))) for state in ZoneState] for page in pages}


def _entry(state: ZoneState, chosen: LegendEntry | None) -> dict[str, str]:
    label = chosen.label if chosen and chosen.label else str(state.label)
    return {"state": state.value, "label": label, "color": chosen.color if chosen else COLORS[state]}


def totals(pages: list[ZoneMapPage], info: GraphQLResolveInfo) -> LoadGenerator:
    """Sums over the public zones of each map, added up by the database."""
    asked = [
        _zones_of(pages, "sums", _sums),
        _zones_of(pages, "enterprises", _enterprises, model=Enterprise),
    ]
    sums, companies = yield [info.context.wanted(each) for each in asked]
    areas = {row["parent_path"]: row for row in sums}
    enterprises: dict[str, int] = defaultdict(int)
    for path, number in companies:
        enterprises[path[: -ZonePage.steplen]] += number
    return {page.pk: _totals(areas.get(page.path, {}), enterprises[page.path]) for page in pages}


def _sums(zones: QuerySet) -> QuerySet:
    sums = {f"sum_{name}": Sum(name) for name in ADDED_UP}
    return zones.values("parent_path").annotate(zones=Count("pk"), **sums)


def _enterprises(zones: QuerySet) -> QuerySet:
    there = Enterprise.objects.filter(zone__in=zones.values("pk"))
    return there.values_list("zone__path").annotate(number=Count("pk"))


def _totals(row: dict[str, Any], enterprises: int) -> dict[str, Any]:
    found = {name: float(row.get(f"sum_{name}") or 0) for name in ADDED_UP}
    leasable = found["leasable_area_ha"]
    occupancy = round(100 * found["leased_area_ha"] / leasable, 1) if leasable else None
    return {"zones": row.get("zones", 0), **found, "occupancy_percent": occupancy, "enterprises": enterprises}


def feature_collections(
    pages: list[ZoneMapPage], info: GraphQLResolveInfo, narrow: Callable[[QuerySet], QuerySet] | None
) -> LoadGenerator:
    """The zones of each map as a FeatureCollection (RFC 7946); a zone without a boundary is a Point."""
    asked: QuerySet | QueryTemplate = _zones_of(pages, "features", _features)
    if narrow:
        zones = TREE.rows_of(_public_zones(info.context.rule), TREE.values(pages))
        asked = _features(narrow(zones))
    groups: dict[str, list[ZonePage]] = defaultdict(list)
    for zone in (yield info.context.wanted(asked)):
        groups[TREE.key_of_child(zone)].append(zone)
    return {page.pk: _collection(groups[page.path][:MAX_FEATURES], info) for page in pages}


def _features(zones: QuerySet) -> QuerySet:
    return zones.order_by("title", "pk").only(*SHOWN)


def _collection(zones: list[ZonePage], info: GraphQLResolveInfo) -> dict[str, Any]:
    collection: dict[str, Any] = {
        "type": "FeatureCollection",
        "features": [_feature(zone, info) for zone in zones],
    }
    boxes = [_box(zone) for zone in zones]
    if boxes:
        wests, souths, easts, norths = zip(*boxes, strict=True)
        collection["bbox"] = [min(wests), min(souths), max(easts), max(norths)]
    return collection


def _box(zone: ZonePage) -> tuple[float, float, float, float]:
    if zone.boundary:
        return zone.west, zone.south, zone.east, zone.north
    return zone.center_longitude, zone.center_latitude, zone.center_longitude, zone.center_latitude


def _feature(zone: ZonePage, info: GraphQLResolveInfo) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [zone.center_longitude, zone.center_latitude]}
    occupancy = zone.occupancy_percent
    return {
        "type": "Feature",
        "id": zone.pk,
        "geometry": zone.boundary or point,
        "properties": {
            "name": zone.title,
            "url": info.context.sites.path(zone),
            "state": zone.state,
            "areaHa": float(zone.area_ha),
            "occupancyPercent": None if occupancy is None else float(occupancy),
        },
    }


def _places(rule: PublicRule) -> QuerySet:
    return _public_zones(rule).values_list("pk", "locale_id", "path", "center_longitude", "center_latitude")


def nearby(zones: list[ZonePage], info: GraphQLResolveInfo, *, first: int) -> LoadGenerator:
    """The nearest other public zones of each zone, in its language and on its site.

    First it is read where all are, then those that are near.
    """
    first = page_size(first, most=MAX_NEARBY)
    places = yield info.context.wanted(QueryTemplate(("places",), ZonePage, _places))
    root = root_at(info)
    near: dict[Any, list[tuple[float, int]]] = {}
    for zone in zones:
        own = root(zone.path) if root else None
        here = (zone.center_longitude, zone.center_latitude)
        others = (
            (distance_km(*here, longitude, latitude), pk)
            for pk, locale_id, path, longitude, latitude in places
            if pk != zone.pk and locale_id == zone.locale_id and (root is None or root(path) == own)
        )
        near[zone.pk] = sorted(others)[:first]
    found = yield from by_pk(ZonePage, {pk for each in near.values() for _distance, pk in each}, info, "zone")
    return {
        key: [{"zone": found[pk], "distance_km": round(distance, 1)} for distance, pk in each if pk in found]
        for key, each in near.items()
    }
