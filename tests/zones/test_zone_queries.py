"""Zones and their map, as clients read them."""

from __future__ import annotations

from datetime import date

import pytest
from shapely.geometry import shape

from tests.client import GraphQLClient
from tests.factories.media import DocumentFactory
from tests.factories.zones import ZoneMapPageFactory, ZonePageFactory, square
from zones.models import Industry, ZonePage

NAMES = "query($filter: ZoneFilter) { zones(filter: $filter) { totalCount nodes { name } } }"


def names(graphql: GraphQLClient, **chosen: object) -> list[str]:
    return [node["name"] for node in graphql.data(NAMES, filter=chosen)["zones"]["nodes"]]


@pytest.fixture
def zones(db: None) -> dict[str, ZonePage]:
    """Three zones that filters can tell apart."""
    electronics = Industry.objects.create(name="Điện tử", slug="dien-tu")
    full = ZonePageFactory(title="Đầy", state="OPERATING", leased_area_ha=80, locality="Phường Nông Trang")
    full.industries.add(electronics)
    full.save()
    half = ZonePageFactory(
        title="Nửa",
        state="UNDER_CONSTRUCTION",
        boundary=square(105.0, 21.0),
        center_longitude=105.005,
        center_latitude=21.005,
    )
    bare = ZonePageFactory(title="Trống", leased_area_ha=0, boundary=None)
    return {"full": full, "half": half, "bare": bare}


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({}, ["Nửa", "Trống", "Đầy"]),
        ({"state": "OPERATING"}, ["Đầy"]),
        ({"industry": "dien-tu"}, ["Đầy"]),
        ({"industry": "khong-co"}, []),
        ({"locality": "phường nông trang"}, ["Đầy"]),
        ({"freeAreaHaMin": 40}, ["Nửa", "Trống"]),
        ({"freeAreaHaMin": 40.5}, ["Trống"]),
        ({"freeAreaHaMax": 0}, ["Đầy"]),
        ({"bbox": {"west": 104.9, "south": 20.9, "east": 105.1, "north": 21.1}}, ["Nửa"]),
        ({"bbox": {"west": 105.2, "south": 21.3, "east": 105.3, "north": 21.4}}, ["Trống", "Đầy"]),
        ({"bbox": {"west": 100, "south": 10, "east": 101, "north": 11}}, []),
        ({"state": "OPERATING", "freeAreaHaMin": 1}, []),
    ],
)
def test_filters(graphql: GraphQLClient, zones: dict, chosen: dict, found: list[str]):
    assert sorted(names(graphql, **chosen)) == sorted(found)


def test_a_viewport_that_is_none_is_refused(graphql: GraphQLClient):
    box = {"west": 2, "south": 0, "east": 1, "north": 1}
    graphql.errors(NAMES, code="BAD_BBOX", filter={"bbox": box})


def test_the_map_adds_up_its_public_zones(graphql: GraphQLClient, zones: dict):
    zones["full"].enterprises.create(name="Một")
    zones["full"].enterprises.create(name="Hai")
    zones["full"].save()
    ZonePageFactory(title="Nháp", live=False).enterprises.create(name="Ba")
    ZonePageFactory(parent=ZoneMapPageFactory(slug="ban-do-khac"))
    found = graphql.operation("zone-map", "ZoneMap", urlPath="/khu-cong-nghiep/")["page"]
    assert found["totals"] == {
        "zones": 3,
        "areaHa": 300.0,
        "leasableAreaHa": 240.0,
        "leasedAreaHa": 120.0,
        "occupancyPercent": 50.0,
        "enterprises": 2,
    }
    assert len(found["zones"]["edges"]) == 3


def test_a_map_without_zones_has_zero_totals(graphql: GraphQLClient):
    ZoneMapPageFactory()
    found = graphql.operation("zone-map", "ZoneMap", urlPath="/khu-cong-nghiep/")["page"]
    assert found["totals"]["zones"] == 0
    assert found["totals"]["occupancyPercent"] is None
    assert found["featureCollection"] == {"type": "FeatureCollection", "features": []}
    assert found["tiles"] is None
    assert [entry["state"] for entry in found["legend"]] == [
        "PLANNED",
        "SITE_CLEARANCE",
        "UNDER_CONSTRUCTION",
        "OPERATING",
    ]


def test_the_feature_collection_is_geojson(graphql: GraphQLClient, zones: dict):
    found = graphql.operation("zone-map", "ZoneMap", urlPath="/khu-cong-nghiep/")["page"]["featureCollection"]
    assert found["type"] == "FeatureCollection"
    assert found["bbox"] == [105.0, 21.0, 105.21, 21.31]
    kinds = {each["properties"]["name"]: each["geometry"]["type"] for each in found["features"]}
    assert kinds == {"Đầy": "Polygon", "Nửa": "Polygon", "Trống": "Point"}
    for each in found["features"]:
        assert each["type"] == "Feature"
        assert shape(each["geometry"]).is_valid
        assert each["geometry"]["type"] != "Polygon" or shape(each["geometry"]).exterior.is_ccw
        assert set(each["properties"]) == {"name", "url", "state", "areaHa", "occupancyPercent"}


def test_the_feature_collection_is_filtered(graphql: GraphQLClient, zones: dict):
    query = """{ page(urlPath: "/khu-cong-nghiep/") { ... on ZoneMapPage {
      featureCollection(filter: { state: OPERATING }) } } }"""
    features = graphql.data(query)["page"]["featureCollection"]["features"]
    assert [(each["id"], each["properties"]["url"]) for each in features] == [
        (zones["full"].pk, f"/khu-cong-nghiep/{zones['full'].slug}/")
    ]


def test_a_zone_field_by_field(graphql: GraphQLClient):
    zone = ZonePageFactory(
        title="Thụy Vân",
        slug="thuy-van",
        code="KCN-TV",
        state="OPERATING",
        former_district="Việt Trì",
        established_on=date(1997, 11, 7),
        figures_as_of=date(2026, 9, 30),
        land_price_amount="65.50",
        land_price_unit="m²",
        investor_name="Công ty hạ tầng",
        body=[{"type": "heading", "value": {"text": "Tổng quan", "level": "2"}}],
    )
    zone.industries.add(Industry.objects.create(name="Dệt may", slug="det-may"))
    zone.infrastructure.create(kind="POWER", description="Trạm 110 kV", capacity="40 MVA")
    zone.transport.create(kind="AIRPORT", name="Nội Bài", distance_km="55.5")
    zone.enterprises.create(name="Công ty A", country="Việt Nam")
    zone.document_links.create(document=DocumentFactory(title="Quy hoạch"))
    zone.save()
    far = ZonePageFactory(title="Xa", boundary=None, center_latitude=21.405)
    found = graphql.operation("zone", "Zone", urlPath="/khu-cong-nghiep/thuy-van/")["page"]
    documents = found.pop("documents")
    assert [document["title"] for document in documents] == ["Quy hoạch"]
    assert found.pop("boundaryAreaHa") == pytest.approx(114.9, abs=0.2)
    assert found == {
        "title": "Thụy Vân",
        "name": "Thụy Vân",
        "code": "KCN-TV",
        "locality": "Xã Tam Nông",
        "formerDistrict": "Việt Trì",
        "state": "OPERATING",
        "establishedOn": "1997-11-07",
        "areaHa": 100.0,
        "leasableAreaHa": 80.0,
        "leasedAreaHa": 40.0,
        "occupancyPercent": 50.0,
        "landPrice": {"amount": 65.5, "currency": "USD", "unit": "m²", "note": ""},
        "figuresAsOf": "2026-09-30",
        "investor": {"name": "Công ty hạ tầng", "website": "", "phone": "", "email": ""},
        "industries": [{"name": "Dệt may", "slug": "det-may"}],
        "infrastructure": [{"kind": "POWER", "description": "Trạm 110 kV", "capacity": "40 MVA"}],
        "transport": [{"name": "Nội Bài", "kind": "AIRPORT", "distanceKm": 55.5}],
        "enterprises": [{"name": "Công ty A", "country": "Việt Nam", "industry": "", "website": ""}],
        "center": {"latitude": 21.305, "longitude": 105.205},
        "boundary": square(105.2, 21.3),
        "pictures": [],
        "body": [{"__typename": "HeadingBlock", "text": "Tổng quan", "level": 2}],
        "nearby": [{"zone": {"name": "Xa", "url": f"/khu-cong-nghiep/{far.slug}/"}, "distanceKm": 11.1}],
    }
