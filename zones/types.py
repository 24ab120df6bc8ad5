"""What the fields of zones and maps answer: small GraphQL types, and how they are made of a page's columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import graphene

from cms.content.links import safe_address
from cms.content.sanitizing import clean_links
from cms.graphql.schema.enums import word_enum
from cms.graphql.schema.types import type_of
from zones.models import Infrastructure, Transport, ZoneMapPage, ZonePage
from zones.models.maps import tile_address
from zones.states import ZoneState


def _enum(choices: Any, name: str, about: str) -> type[graphene.Enum]:
    return graphene.Enum.from_enum(
        choices,
        name=name,
        description=lambda value: f"{value.name.replace('_', ' ').capitalize()}." if value else about,
    )


ZoneStateEnum = _enum(ZoneState, "ZoneState", "How far a zone has come.")
InfrastructureKindEnum = _enum(Infrastructure.Kind, "InfrastructureKind", "A kind of supply.")
TransportKindEnum = _enum(Transport.Kind, "TransportKind", "A kind of place that goods go to or come from.")


class Position(graphene.ObjectType):
    """A place on the earth, WGS 84."""

    latitude = graphene.Float(required=True, description="Degrees north.")
    longitude = graphene.Float(required=True, description="Degrees east.")


@dataclass(frozen=True)
class Place:
    """An answer of type Position."""

    latitude: float
    longitude: float


class Box(graphene.ObjectType):
    """A part of the map, in degrees."""

    west = graphene.Float(required=True, description="Western longitude.")
    south = graphene.Float(required=True, description="Southern latitude.")
    east = graphene.Float(required=True, description="Eastern longitude.")
    north = graphene.Float(required=True, description="Northern latitude.")


class Viewport(graphene.ObjectType):
    """What a map shows."""

    center = graphene.Field(Position, required=True, description="The middle.")
    zoom = graphene.Int(required=True, description="Zoom, as web maps count it.")
    bounds = graphene.Field(Box, required=True, description="How far the map may be moved.")


TileFormatEnum = word_enum(
    "TileFormat",
    "What the tiles of a map are.",
    {
        "RASTER": "Pictures, at an address with {z}, {x} and {y}.",
        "PMTILES": "One PMTiles archive of vector tiles with Protomaps' layers, read in ranges.",
    },
)


class Tiles(graphene.ObjectType):
    """Where a map's background comes from."""

    url = graphene.String(required=True, description="Address; an archive's may be a path of the frontend.")
    format = graphene.Field(TileFormatEnum, required=True, description="What there is at the address.")
    attribution = graphene.String(
        required=True, description="To be shown on the map: HTML with links and nothing else."
    )
    max_zoom = graphene.Int(required=True, description="Highest zoom that there is.")


class LandPrice(graphene.ObjectType):
    """What land costs."""

    amount = graphene.Float(required=True, description="The price.")
    currency = graphene.Field(
        word_enum(
            "Currency",
            "A currency, by its code (ISO 4217).",
            {"VND": "Vietnamese đồng.", "USD": "US dollars."},
        ),
        required=True,
        description="What the price is in.",
    )
    unit = graphene.String(required=True, description="What it is for, e.g. m²/year; may be empty.")
    note = graphene.String(required=True, description="What else matters; may be empty.")


class Investor(graphene.ObjectType):
    """Who builds a zone's infrastructure."""

    name = graphene.String(required=True, description="Name.")
    website = graphene.String(required=True, description="Website; may be empty.")
    phone = graphene.String(required=True, description="Telephone; may be empty.")
    email = graphene.String(required=True, description="E-mail address; may be empty.")


class LegendEntryType(graphene.ObjectType):
    """How zones of a state are drawn and named."""

    class Meta:
        name = "LegendEntry"

    state = graphene.Field(ZoneStateEnum, required=True, description="The state.")
    label = graphene.String(required=True, description="Its name, in the language of the answer.")
    color = graphene.String(required=True, description="Its colour, e.g. #0b6fa4.")


class ZoneTotals(graphene.ObjectType):
    """Sums over zones."""

    zones = graphene.Int(required=True, description="How many zones.")
    area_ha = graphene.Float(required=True, description="Area in hectares.")
    leasable_area_ha = graphene.Float(required=True, description="Area that can be leased, in hectares.")
    leased_area_ha = graphene.Float(required=True, description="Area that is leased, in hectares.")
    occupancy_percent = graphene.Float(
        description="How much of the area to lease is leased; null where there is none."
    )
    enterprises = graphene.Int(required=True, description="Companies in the zones.")


class NearbyZone(graphene.ObjectType):
    """A zone and how far away it is."""

    zone = graphene.Field(lambda: type_of(ZonePage), required=True, description="The zone.")
    distance_km = graphene.Float(
        required=True, description="Kilometres between the middles, as the crow flies."
    )


def position(zone: ZonePage, info: Any) -> Place:
    return Place(zone.center_latitude, zone.center_longitude)


def land_price(zone: ZonePage, info: Any) -> dict[str, Any] | None:
    if zone.land_price_amount is None:
        return None
    return {
        "amount": float(zone.land_price_amount),
        "currency": zone.land_price_currency,
        "unit": zone.land_price_unit,
        "note": zone.land_price_note,
    }


def investor(zone: ZonePage, info: Any) -> dict[str, str] | None:
    if not zone.investor_name:
        return None
    return {
        "name": zone.investor_name,
        "website": safe_address(zone.investor_website) or "",
        "phone": zone.investor_phone,
        "email": zone.investor_email,
    }


def viewport(page: ZoneMapPage, info: Any) -> dict[str, Any]:
    bounds = {side: getattr(page, f"bounds_{side}") for side in ("west", "south", "east", "north")}
    center = Place(page.center_latitude, page.center_longitude)
    return {"center": center, "zoom": page.zoom, "bounds": bounds}


def tiles(page: ZoneMapPage, info: Any) -> dict[str, Any] | None:
    if not tile_address.regex.search(page.tile_url):
        return None
    attribution = clean_links(page.tile_attribution)
    return {
        "url": page.tile_url,
        "format": "PMTILES" if page.tile_url.endswith(".pmtiles") else "RASTER",
        "attribution": attribution,
        "max_zoom": page.tile_max_zoom,
    }
