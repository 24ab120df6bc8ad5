"""Boundaries are checked and put in order."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tests.factories.zones import square
from zones.distances import distance_km
from zones.geometry import parse_boundary

pytestmark = pytest.mark.one_database


def polygon(*rings: list[list[float]]) -> dict:
    return {"type": "Polygon", "coordinates": list(rings)}


def ring(*positions: tuple[float, float]) -> list[list[float]]:
    return [list(position) for position in positions]


GOOD = ring((105.0, 21.0), (105.1, 21.0), (105.1, 21.1), (105.0, 21.1), (105.0, 21.0))
HOLE = ring((105.02, 21.02), (105.02, 21.04), (105.04, 21.04), (105.04, 21.02), (105.02, 21.02))


def test_a_good_boundary_stays_as_it_is():
    boundary = parse_boundary(polygon(GOOD))
    assert boundary.geojson == polygon(GOOD)
    assert boundary.box == (105.0, 21.0, 105.1, 21.1)


def test_a_clockwise_ring_is_turned():
    assert parse_boundary(polygon(GOOD[::-1])).geojson == polygon(GOOD)


def test_a_hole_runs_clockwise_and_is_taken_out_of_the_area():
    whole, holed = parse_boundary(polygon(GOOD)), parse_boundary(polygon(GOOD, HOLE[::-1]))
    assert len(holed.geojson["coordinates"]) == 2
    hole = parse_boundary(polygon(HOLE))
    assert holed.area_ha == pytest.approx(whole.area_ha - hole.area_ha)


def test_several_parts_are_kept():
    parts = {"type": "MultiPolygon", "coordinates": [[GOOD], square(106.0, 21.0)["coordinates"]]}
    boundary = parse_boundary(parts)
    assert boundary.geojson["type"] == "MultiPolygon"
    assert boundary.box == (105.0, 21.0, 106.01, 21.1)


def test_positions_are_rounded_to_six_decimals_and_lose_their_height():
    fine = [[longitude + 0.00000012, latitude, 12.5] for longitude, latitude in GOOD]
    assert parse_boundary(polygon(fine)).geojson == polygon(GOOD)


def test_the_area_is_that_of_the_ellipsoid():
    # A cell of one degree at the equator: 12 308.778 km2 on WGS 84.
    cell = ring((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
    assert parse_boundary(polygon(cell)).area_ha == pytest.approx(1_230_877.8, rel=0.001)


def test_distances_are_geodesic():
    # One degree of latitude at the equator: 110.574 km on WGS 84.
    assert distance_km(105, 0, 105, 1) == pytest.approx(110.574, abs=0.001)


@pytest.mark.parametrize("wrap", ["Feature", "FeatureCollection"])
def test_a_feature_is_unwrapped(wrap: str):
    value = {"type": "Feature", "properties": {}, "geometry": polygon(GOOD)}
    if wrap == "FeatureCollection":
        value = {"type": "FeatureCollection", "features": [value]}
    assert parse_boundary(value).geojson == polygon(GOOD)


BOW_TIE = ring((105.0, 21.0), (105.1, 21.1), (105.1, 21.0), (105.0, 21.1), (105.0, 21.0))
FAULTS = {
    "{": "Đây không phải JSON",
    "[]": "Polygon hoặc MultiPolygon",
    '{"type": "Point", "coordinates": [105, 21]}': "Polygon hoặc MultiPolygon",
    '{"type": "Polygon", "coordinates": []}': "không có tọa độ",
    '{"type": "FeatureCollection", "features": []}': "đúng một đối tượng",
}
BROKEN = [
    (polygon(BOW_TIE), "tự cắt"),
    (polygon(GOOD[:-1]), "chưa khép kín"),
    (polygon(GOOD[:3]), "ít nhất bốn điểm"),
    (polygon([[latitude, longitude] for longitude, latitude in GOOD]), "vĩ độ đứng trước kinh độ"),
    (polygon(ring((190, 0), (191, 0), (191, 1), (190, 0))), "nằm ngoài WGS 84"),
    (polygon(ring((105, 21), (105, 21), (105, 21), (105, 21))), "ranh giới"),
    (polygon([["a", "b"], [1, 2], [2, 3], ["a", "b"]]), "đều là số"),
    (polygon([[float("nan"), 1.0]] * 4), "đều là số"),
    (polygon([[105.0 + number / 1e6, 21.0] for number in range(5001)] + [[105.0, 21.0]]), "hơn 5000 điểm"),
    ({"type": "Polygon", "coordinates": [1, 2]}, "ranh giới"),
    ({"type": "MultiPolygon", "coordinates": [GOOD]}, "ranh giới"),
]


@pytest.mark.parametrize(("value", "message"), [*FAULTS.items(), *BROKEN])
def test_a_broken_boundary_is_told_in_vietnamese(value: object, message: str):
    with translation.override("vi"), pytest.raises(ValidationError) as refused:
        parse_boundary(value)
    assert message.lower() in str(refused.value.messages[0]).lower()
