"""What the map in the form of a zone asks the server: other zones, areas, overlaps, coordinates in other formats."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from cms.trash.moving import trash
from tests.factories.languages import in_english
from tests.factories.people import logged_in, person
from tests.factories.portal import list_of_articles
from tests.factories.zones import ZoneMapPageFactory, ZonePageFactory, square

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# A square of 1 km in VN-2000, central meridian 104°45′. That its first corner lies at 21.243624 N 105.233626 E follows from
# the formulas of the projection and the seven parameters of Decision 05/2007/QĐ-BTNMT, reckoned without pyproj.
CORNERS = [("2350000", "550000"), ("2350000", "551000"), ("2351000", "551000"), ("2351000", "550000")]
FIRST = [105.233626, 21.243624]
KML = (
    '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark>{}'
    "</Placemark></Document></kml>"
)
KML_POLYGON = (
    "<Polygon><outerBoundaryIs><LinearRing><coordinates>105.2,21.3,0 105.21,21.3,0 105.21,21.31,0 105.2,21.31,0 "
    "105.2,21.3,0</coordinates></LinearRing></outerBoundaryIs></Polygon>"
)


def check(client: Client, text: str, **values: str) -> Any:
    response = client.post(reverse("zones_check_boundary"), {"text": text, "locale": "vi", **values})
    return response.status_code, response.json()


def around(client: Client, **values: Any) -> dict[str, Any]:
    return client.get(reverse("zones_around"), {"locale": "vi", **values}).json()


def names(found: dict[str, Any]) -> list[str]:
    return [each["properties"]["title"] for each in found["neighbours"]["features"]]


def table(line: str, corners: list[tuple[str, str]] = CORNERS) -> str:
    return "\n".join(line.format(x=x, y=y, n=number) for number, (x, y) in enumerate(corners, start=1))


@pytest.mark.parametrize(
    "text",
    [
        table("{x} {y}"),
        "STT\tX (m)\tY (m)\n" + table("{n}\t{x}.00\t{y}.00"),
        table("{n};{y};{x}") + "\n1;550000;2350000",
        table("M{n} | X={x} | Y={y} | 1000,0"),
        table("{n}. {x}, {y}"),
        table("{x} {y}").replace("2350000", "2.350.000,00").replace("2351000", "2,351,000.00"),
    ],
    ids=["plain", "spreadsheet", "east first, closed", "labels", "commas", "grouped digits"],
)
def test_points_in_vn_2000_become_a_boundary(admin_client, text: str):
    status, answer = check(admin_client, text)
    assert status == 200
    [ring] = answer["boundary"]["coordinates"][0]
    assert answer["boundary"]["type"] == "MultiPolygon"
    assert (len(ring), FIRST in ring) == (5, True)


def test_points_in_vn_2000_are_of_the_meridian_that_was_chosen(admin_client):
    _status, answer = check(admin_client, table("{x} {y}"), epsg="9211")
    longitudes = [longitude for longitude, _latitude in answer["boundary"]["coordinates"][0][0]]
    # 106°00′ instead of 104°45′.
    assert min(longitudes) == pytest.approx(FIRST[0] + 1.25, abs=0.0001)


def test_an_empty_line_begins_a_hole_or_the_next_part(admin_client):
    hole = [(str(int(x) // 1000 * 1000 + 400), str(int(y) // 1000 * 1000 + 400)) for x, y in CORNERS[:1]]
    inner = [
        hole[0],
        (hole[0][0], "550600"),
        ("2350600", "550600"),
        ("2350600", hole[0][1]),
    ]
    beside = [(x, str(int(y) + 3000)) for x, y in CORNERS]
    text = "\n\n".join(table("{x} {y}", corners) for corners in (inner, CORNERS, beside))
    _status, answer = check(admin_client, text)
    assert sorted(len(part) for part in answer["boundary"]["coordinates"]) == [1, 2]
    # 100 ha with a hole of 4, and 100 ha; 0.9998 is the square of the projection's scale here.
    assert "196,0" in answer["report"]


@pytest.mark.parametrize(
    "namespace", ["http://www.opengis.net/kml/2.2", "http://earth.google.com/kml/2.1", ""]
)
def test_polygons_of_kml_become_a_boundary(admin_client, namespace: str):
    kml = KML.replace("http://www.opengis.net/kml/2.2", namespace)
    status, answer = check(admin_client, "\ufeff" + kml.format(KML_POLYGON))
    expected = {"type": "MultiPolygon", "coordinates": [square(105.2, 21.3)["coordinates"]]}
    assert (status, answer["boundary"]) == (200, expected)


BOMB = '<!DOCTYPE kml [<!ENTITY a "aaaa">]><kml>&a;</kml>'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (KML.format("<Point><coordinates>105.2,21.3</coordinates></Point>"), "không có hình đa giác"),
        (KML.format(KML_POLYGON.replace("105.21,21.31,0", "a,b,c")), "Không đọc được tệp KML"),
        (KML.format(KML_POLYGON.replace("</LinearRing>", "")), "Không đọc được tệp KML"),
        (KML.format("<Polygon/>"), "ít nhất bốn điểm"),
        (BOMB, "Không đọc được tệp KML"),
        ("<a>" * 300_000, "Không đọc được tệp KML"),
        ("<a>" * 100_000 + "</a>" * 100_000, "không có hình đa giác"),
        ("Quyết định số 12", "không dòng nào có X và Y"),
        ("2350000 550000\n2351000 550000", "ít nhất ba điểm"),
        ("2350000 550000\n" * 60_000, "hơn 5000 điểm"),
        ("2350000 550000\n2351000 551000\n2351000 550000\n2350000 551000", "tự cắt"),
        ("1" * 1_000_001, "dài hơn 1000000 ký tự"),
        ('{"type": "LineString", "coordinates": [[105.2, 21.3]]}', "chưa khép kín"),
        ("", "không dòng nào có X và Y"),
    ],
)
def test_what_is_no_boundary_is_told_in_vietnamese(admin_client, text: str, message: str):
    status, answer = check(admin_client, text)
    assert status == 400
    assert message in answer["message"]


def test_the_area_stands_beside_the_declared_one(admin_client):
    text = json.dumps(square(105.2, 21.3))
    _status, answer = check(admin_client, text, zone="", declared="100,00")
    for words in ("Diện tích trong ranh giới: <strong>114,8", "khai báo: 100 ha", "(chênh lệch 14,9 %)"):
        assert words in answer["report"]
    for declared in ("", "-1", "NaN", "rất rộng", "9" * 5000):
        _status, answer = check(admin_client, text, zone="", declared=declared)
        assert "khai báo" not in answer["report"] or declared == "9" * 5000


def test_overlaps_are_warned_of_and_published_all_the_same(admin_client):
    zone = ZonePageFactory(title="Thụy Vân", boundary=square(105.2, 21.3))
    ZonePageFactory(title="Trung <b>Hà</b>", boundary=square(105.205, 21.3), center_longitude=105.21)
    ZonePageFactory(title="Phú Hà", boundary=square(105.21, 21.3), center_longitude=105.215)  # shares a side
    _status, answer = check(admin_client, json.dumps(zone.boundary), zone=str(zone.pk))
    assert "Chồng lên Trung &lt;b&gt;Hà&lt;/b&gt;: 57,4" in answer["report"]
    assert answer["report"].count("Chồng lên") == 1
    zone.boundary = square(105.204, 21.3)
    zone.full_clean()


def test_a_translation_is_no_neighbour(admin_client):
    zone = ZonePageFactory(title="Thụy Vân")
    translated = in_english(zone)
    assert names(around(admin_client)) == ["Thụy Vân"]
    assert names(around(admin_client, zone=zone.pk)) == []
    assert names(around(admin_client, zone=translated.pk, locale="en")) == []
    assert names(around(admin_client, locale="en")) == ["Thụy Vân"]


def somebody_of_another_section() -> Client:
    """The browser of an editor who may write news and nothing else."""
    group = Group.objects.create(name="Tin tức")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page"):
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=list_of_articles(), permission=permission)
    user = person(username="tin-tuc")
    user.groups.add(group)
    return logged_in(user)


def test_drafts_are_neighbours_for_those_who_may_see_them(admin_client):
    ZonePageFactory(title="Công khai", boundary=square(105.1, 21.3), center_longitude=105.105)
    ZonePageFactory(title="Nháp", boundary=square(105.2, 21.3), live=False)
    text = json.dumps(square(105.2, 21.3))
    assert names(around(admin_client)) == ["Công khai", "Nháp"]
    assert "Chồng lên Nháp" in check(admin_client, text, zone="")[1]["report"]
    other = somebody_of_another_section()
    assert names(around(other)) == ["Công khai"]
    assert "Nháp" not in check(other, text, zone="")[1]["report"]


def test_what_is_in_the_trash_is_no_neighbour(admin_client):
    zone = ZonePageFactory(title="Đã xóa")
    trash(Page.objects.get(pk=zone.pk), user=person("administrator"))
    assert names(around(admin_client)) == []


def test_the_outline_of_the_province_and_the_bounds_are_told(admin_client):
    outline = square(105.0, 21.1, side=0.3)
    ZoneMapPageFactory(outline=outline, bounds_west=104.9, bounds_north=21.6)
    found = around(admin_client)
    assert (found["outlines"], found["bounds"]) == ([outline], [104.9, 21.0, 105.5, 21.6])


def test_an_outline_is_checked_as_boundaries_are():
    crossed = {
        "type": "Polygon",
        "coordinates": [[[105, 21], [105.1, 21.1], [105.1, 21], [105, 21.1], [105, 21]]],
    }
    with pytest.raises(ValidationError, match="tự cắt"):
        ZoneMapPageFactory(outline=crossed)
    clockwise = square(105.0, 21.1)
    clockwise["coordinates"][0].reverse()
    stored = ZoneMapPageFactory(outline=clockwise).outline["coordinates"][0]
    assert stored != clockwise["coordinates"][0]
    assert sorted(stored) == sorted(clockwise["coordinates"][0])


def test_without_a_map_nothing_lies_around(admin_client):
    empty = {"neighbours": {"type": "FeatureCollection", "features": []}, "outlines": [], "bounds": None}
    assert around(admin_client, zone="x" * 50) == empty


def test_readers_are_told_nothing(client):
    ZonePageFactory()
    assert client.get(reverse("zones_around"), {"locale": "vi"}).status_code == 302
    response = client.post(reverse("zones_check_boundary"), {"text": json.dumps(square(105.2, 21.3))})
    assert response.status_code == 302


def test_a_form_without_a_boundary_has_an_empty_text(admin_client):
    zone = ZonePageFactory(boundary=None)
    html = admin_client.get(reverse("wagtailadmin_pages:edit", args=(zone.pk,))).content.decode()
    text = html.split('name="boundary"')[1].split("</textarea>")[0].split(">")[1]
    assert text.strip() == ""


def test_a_base_map_is_loaded_only_where_the_operator_has_one(admin_client, settings):
    address = reverse("wagtailadmin_pages:edit", args=(ZonePageFactory().pk,))
    assert "protomaps-leaflet" not in admin_client.get(address).content.decode()
    settings.CMS_BASEMAP = {"url": "/maps/phu-tho.pmtiles", "attribution": "© OpenStreetMap"}
    html = admin_client.get(address).content.decode()
    assert "protomaps-leaflet" in html
    assert "/maps/phu-tho.pmtiles" in html
