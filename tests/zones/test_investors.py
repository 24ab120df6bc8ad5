"""What investors get beside figures: the plan of a zone, what is left to lease, the province and the ground of the map."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from tests.client import GraphQLClient
from tests.factories.media import DocumentFactory, private_collection
from tests.factories.zones import ZoneMapPageFactory, ZonePageFactory, square
from zones.models import ZoneMapPage

PLAN = "query($id: ID!) { page(id: $id) { ... on ZonePage { freeAreaHa plan { title url } } } }"
GROUND = """query($id: ID!) { page(id: $id) { ... on ZoneMapPage {
  outline tiles { url format attribution maxZoom } } } }"""


def test_a_zone_has_a_plan_and_an_area_that_is_left(graphql: GraphQLClient):
    plan = DocumentFactory(title="Quy hoạch 1/2000")
    zone = ZonePageFactory(plan=plan, leasable_area_ha="80.10", leased_area_ha="40.20")
    found = graphql.data(PLAN, id=zone.pk)["page"]
    assert found["freeAreaHa"] == 39.9
    assert found["plan"]["title"] == "Quy hoạch 1/2000"
    assert f"/documents/{plan.pk}/" in found["plan"]["url"]


def test_a_plan_in_a_private_collection_is_not_told(graphql: GraphQLClient):
    zone = ZonePageFactory(plan=DocumentFactory(collection=private_collection()))
    assert graphql.data(PLAN, id=zone.pk)["page"]["plan"] is None
    assert graphql.data(PLAN, id=ZonePageFactory().pk)["page"]["plan"] is None


def test_a_plan_that_is_deleted_leaves_the_zone(graphql: GraphQLClient):
    plan = DocumentFactory()
    zone = ZonePageFactory(plan=plan)
    assert graphql.data(PLAN, id=zone.pk)["page"]["plan"]
    plan.delete()
    assert graphql.data(PLAN, id=zone.pk)["page"]["plan"] is None


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://tiles.example.vn/{z}/{x}/{y}.png", "RASTER"),
        ("https://maps.example.vn/phu-tho.pmtiles", "PMTILES"),
        ("/maps/phu-tho.pmtiles", "PMTILES"),
    ],
)
def test_a_map_tells_its_ground_and_its_province(graphql: GraphQLClient, address: str, kind: str):
    page = ZoneMapPageFactory(outline=square(105, 21, 0.5), tile_url=address, tile_attribution="© Sở")
    assert graphql.data(GROUND, id=page.pk)["page"] == {
        "outline": square(105, 21, 0.5),
        "tiles": {"url": address, "format": kind, "attribution": "© Sở", "maxZoom": 18},
    }


@pytest.mark.parametrize(
    "address",
    [
        "http://maps.example.vn/phu-tho.pmtiles",
        "//maps.example.vn/phu-tho.pmtiles",
        "/\\maps.example.vn/phu-tho.pmtiles",
        "javascript:alert(1)//x.pmtiles",
        "maps/phu-tho.pmtiles",
        "/maps/phu-tho.pmtiles?key=1",
        "/maps/{z}.pmtiles",
        "/maps/phu-tho.mbtiles",
    ],
)
def test_an_address_that_is_no_ground_is_refused(graphql: GraphQLClient, address: str):
    page = ZoneMapPageFactory()
    page.tile_url = address
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    ZoneMapPage.objects.update(tile_url=address)
    assert set(refused.value.message_dict) == {"tile_url"}
    assert graphql.data(GROUND, id=page.pk)["page"]["tiles"] is None


def test_an_address_that_is_longer_than_any_is_refused_at_once(db: None):
    page = ZoneMapPageFactory()
    page.tile_url = "https://a/" + "{z}{x}{y}" * 10_000 + "\nx"
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert {each.code for each in refused.value.error_dict["tile_url"]} == {"invalid", "max_length"}
