"""Zones and their map in GraphQL."""

from __future__ import annotations

from typing import Any

import graphene
from django.db.models import F, Q, QuerySet

from cms.content.blocks import PictureBlock
from cms.content.visibility import public
from cms.graphql.execution.loading import ByTree, Context, all_of, read
from cms.graphql.schema.errors import BadInput
from cms.graphql.schema.fields import Address, Batched, Children, Computed, Link, Root, fields_of
from cms.graphql.schema.lists.connections import Connection
from cms.graphql.schema.lists.filters import FilterInput
from cms.graphql.schema.lists.ordering import order_enum
from cms.graphql.schema.registry import root_query
from cms.graphql.schema.scalars import GeoJSON
from cms.graphql.schema.types import type_of
from cms.graphql.wagtail.blocks import Blocks
from cms.graphql.wagtail.rich_text import RichTextHtml
from cms.search.query import only_matching
from cms.search.registry import searchable, stream_text
from zones.loading import feature_collections, legends, nearby, totals
from zones.models import Enterprise, Industry, Infrastructure, Transport, ZoneMapPage, ZonePage
from zones.states import ZoneState
from zones.types import (
    InfrastructureKindEnum,
    Investor,
    LandPrice,
    LegendEntryType,
    NearbyZone,
    Position,
    Tiles,
    TransportKindEnum,
    Viewport,
    ZoneStateEnum,
    ZoneTotals,
    investor,
    land_price,
    position,
    tiles,
    viewport,
)

MAX_ZONES = 100

searchable(
    ZonePage,
    "ZONE",
    "Industrial zones",
    text=lambda zone: "\n".join(
        [zone.code, zone.locality, zone.former_district, zone.investor_name, stream_text(zone, "body")]
    ),
)
searchable(ZoneMapPage, "ZONE_MAP", "Zone maps", text=lambda page: page.introduction)

ZoneOrder = order_enum(
    "ZoneOrder",
    "How zones are ordered.",
    NAME_ASC=(["title_key"], "By name, in Vietnamese alphabetical order."),
    AREA_DESC=(["-area_ha"], "The largest first."),
    CODE_ASC=(["code"], "By code."),
)


class BoxInput(graphene.InputObjectType):
    """A viewport, in degrees of WGS 84."""

    west = graphene.Float(required=True, description="Western longitude.")
    south = graphene.Float(required=True, description="Southern latitude.")
    east = graphene.Float(required=True, description="Eastern longitude.")
    north = graphene.Float(required=True, description="Northern latitude.")


class ZoneFilter(FilterInput):
    """Which zones."""

    state = graphene.InputField(ZoneStateEnum, description="How far they have come.")
    industry = graphene.String(description="Slug of an industry that they take.")
    locality = graphene.String(description="Their commune or ward, as written.")
    free_area_ha_min = graphene.Float(description="With at least so many hectares left to lease.")
    free_area_ha_max = graphene.Float(description="With at most so many hectares left to lease.")
    bbox = graphene.InputField(
        BoxInput, description="Whose boundary, or middle where there is none, is in the viewport."
    )

    def filter_state(queryset: QuerySet, value: Any, context: Context) -> QuerySet:
        return queryset.filter(state=ZoneState(value))

    def filter_industry(queryset: QuerySet, value: str, context: Context) -> QuerySet:
        taking = ZonePage.industries.through.objects.filter(
            industry__in=public(Industry.objects.filter(slug=value), context.rule)
        )
        return queryset.filter(pk__in=taking.values("zonepage"))

    def filter_locality(queryset: QuerySet, value: str, context: Context) -> QuerySet:
        if len(value) > ZonePage._meta.get_field("locality").max_length:
            return queryset.none()
        return queryset.filter(locality__iexact=value)

    def filter_free_area_ha_min(queryset: QuerySet, value: float, context: Context) -> QuerySet:
        return queryset.filter(leasable_area_ha__gte=F("leased_area_ha") + value)

    def filter_free_area_ha_max(queryset: QuerySet, value: float, context: Context) -> QuerySet:
        return queryset.filter(leasable_area_ha__lte=F("leased_area_ha") + value)

    def filter_bbox(queryset: QuerySet, value: Any, context: Context) -> QuerySet:
        if value.west > value.east or value.south > value.north:
            raise BadInput("`bbox` is west <= east and south <= north.", code="BAD_BBOX", field="bbox")
        boundary = Q(
            west__lte=value.east, east__gte=value.west, south__lte=value.north, north__gte=value.south
        )
        middle = Q(
            west__isnull=True,
            center_longitude__gte=value.west,
            center_longitude__lte=value.east,
            center_latitude__gte=value.south,
            center_latitude__lte=value.north,
        )
        return queryset.filter(boundary | middle)


def _hectares(name: str, description: str) -> Computed:
    return Computed(
        graphene.Float,
        columns=[name],
        resolve=lambda zone, info: float(getattr(zone, name)),
        required=True,
        description=description,
    )


def _occupancy(zone: ZonePage, info: Any) -> float | None:
    return None if zone.occupancy_percent is None else float(zone.occupancy_percent)


def _state(**kwargs: Any) -> Computed:
    return Computed(
        ZoneStateEnum,
        columns=["state"],
        resolve=lambda zone, info: zone.state,
        required=True,
        description="How far it has come.",
        **kwargs,
    )


@fields_of(ZonePage)
class ZonePageFields:
    name = Computed(
        graphene.String,
        columns=["title"],
        resolve=lambda zone, info: zone.title,
        required=True,
        description="The zone's name.",
    )
    zone_state = _state()
    state = _state(deprecation_reason="Use `zoneState`: other pages have a `state` of another type.")
    established_on = Computed(graphene.Date, description="When it was established.")
    area_ha = _hectares("area_ha", "Area in hectares.")
    leasable_area_ha = _hectares("leasable_area_ha", "Area that can be leased, in hectares.")
    leased_area_ha = _hectares("leased_area_ha", "Area that is leased, in hectares.")
    free_area_ha = Computed(
        graphene.Float,
        columns=["leasable_area_ha", "leased_area_ha"],
        resolve=lambda zone, info: float(zone.free_area_ha),
        required=True,
        description="Area that is left to lease, in hectares.",
    )
    occupancy_percent = Computed(
        graphene.Float,
        columns=["leasable_area_ha", "leased_area_ha"],
        resolve=_occupancy,
        description="How much of the area to lease is leased, 0 to 100; null where there is none.",
    )
    land_price = Computed(
        LandPrice,
        columns=["land_price_amount", "land_price_currency", "land_price_unit", "land_price_note"],
        resolve=land_price,
        description="What land costs; null where not told.",
    )
    figures_as_of = Computed(graphene.Date, description="Day of the figures.")
    investor = Computed(
        Investor,
        columns=["investor_name", "investor_website", "investor_phone", "investor_email"],
        resolve=investor,
        description="Who builds the infrastructure; null where not told.",
    )
    industries = Children("industries", description="Industries that it takes.")
    infrastructure = Children("infrastructure", description="Supplies that it has.")
    transport = Children("transport", description="Places that goods go to or come from.")
    enterprises = Children("enterprises", description="Companies in it.")
    center = Computed(
        Position,
        columns=["center_latitude", "center_longitude"],
        resolve=position,
        required=True,
        description="The middle of the zone.",
    )
    boundary = Computed(
        GeoJSON, description="The boundary, a GeoJSON Polygon or MultiPolygon; null where not drawn."
    )
    boundary_area_ha = Computed(
        graphene.Float, description="Area within the boundary, in hectares, on the ellipsoid."
    )
    pictures = Blocks("pictures", of=PictureBlock, description="Pictures of the zone.")
    plan = Link("plan", description="Its approved plan as a file, if public.")
    documents = Children("document_links", to="document", description="Files about the zone.")
    body = Blocks("body", description="The text, block by block.")
    nearby = Batched(
        lambda: graphene.NonNull(graphene.List(graphene.NonNull(NearbyZone))),
        load=nearby,
        empty=[],
        columns=["center_latitude", "center_longitude", "locale"],
        args={"first": graphene.Argument(graphene.Int, default_value=3, description="How many; 1 to 20.")},
        description="The nearest other zones, in its language.",
    )


@fields_of(Infrastructure)
class InfrastructureFields:
    kind = Computed(InfrastructureKindEnum, required=True, description="Which supply.")


@fields_of(Enterprise)
class EnterpriseFields:
    website = Address(required=True, description="Its website; may be empty.")


@fields_of(Transport)
class TransportFields:
    kind = Computed(TransportKindEnum, required=True, description="What kind of place.")
    distance_km = Computed(
        graphene.Float,
        columns=["distance_km"],
        resolve=lambda place, info: float(place.distance_km),
        required=True,
        description="How far away, in kilometres.",
    )


@fields_of(ZoneMapPage)
class ZoneMapPageFields:
    introduction = RichTextHtml(
        "introduction", description="What stands above the map, as HTML; may be empty."
    )
    viewport = Computed(
        Viewport,
        columns=[
            "center_latitude",
            "center_longitude",
            "zoom",
            "bounds_west",
            "bounds_south",
            "bounds_east",
            "bounds_north",
        ],
        resolve=viewport,
        required=True,
        description="What the map shows at first, and how far it may be moved.",
    )
    outline = Computed(
        GeoJSON, description="The province, a GeoJSON Polygon or MultiPolygon; null where not drawn."
    )
    tiles = Computed(
        Tiles,
        columns=["tile_url", "tile_attribution", "tile_max_zoom"],
        resolve=tiles,
        description="The map's background; null for a plain one.",
    )
    legend = Batched(
        graphene.List(graphene.NonNull(LegendEntryType)),
        load=legends,
        empty=[],
        columns=[],
        required=True,
        description="Name and colour of each state.",
    )
    totals = Batched(
        ZoneTotals,
        load=totals,
        columns=["path", "depth"],
        required=True,
        description="Sums over the public zones of the map.",
    )
    zones = Connection(
        "zones.ZonePage",
        via=ByTree(),
        filter=ZoneFilter,
        order=ZoneOrder,
        search=only_matching,
        description="The map's public zones.",
    )
    feature_collection = Batched(
        GeoJSON,
        load=lambda pages, info, filter=None: feature_collections(
            pages, info, (lambda zones: ZoneFilter.narrow(zones, filter, info.context)) if filter else None
        ),
        columns=["path", "depth"],
        args={"filter": graphene.Argument(ZoneFilter, description="Which zones.")},
        required=True,
        description=f"The map's public zones as a GeoJSON FeatureCollection; {MAX_ZONES} at the most.",
    )


@root_query
class ZoneQueries:
    zones = Connection(
        "zones.ZonePage",
        filter=ZoneFilter,
        order=ZoneOrder,
        search=only_matching,
        localized=True,
        description="Public industrial zones.",
    )
    industries = Root(
        lambda: graphene.NonNull(graphene.List(graphene.NonNull(type_of(Industry)))),
        load=lambda info: read(all_of(Industry), info),
        description="Industries that zones take, by name.",
    )
