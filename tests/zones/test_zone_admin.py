"""A zone through the admin's form."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from tests.factories.zones import ZoneMapPageFactory, ZonePageFactory, square
from zones.models import ZonePage

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def form(**values: Any) -> dict[str, Any]:
    """What the form of a zone sends."""
    data = {
        "title": "Thụy Vân",
        "slug": "thuy-van",
        "code": "KCN-TV",
        "state": "OPERATING",
        "locality": "Phường Nông Trang",
        "former_district": "",
        "established_on": "07/11/1997",
        "center_latitude": "21.305",
        "center_longitude": "105.205",
        "boundary": json.dumps(square(105.2, 21.3)),
        "area_ha": "100",
        "leasable_area_ha": "80",
        "leased_area_ha": "40",
        "land_price_currency": "USD",
        "industries": [],
        "body": streamfield([]),
        "pictures": streamfield([]),
        "action-publish": "1",
    }
    inlines = ("infrastructure", "transport", "enterprises", "document_links")
    return nested_form_data({**data, **{name: inline_formset([]) for name in inlines}, **values})


COMMENTS = inline_formset([])


def submit(client, **values: Any):
    page = ZoneMapPageFactory()
    address = reverse("wagtailadmin_pages:add", args=("zones", "zonepage", page.pk))
    return client.post(address, form(**values))


def test_an_editor_publishes_a_zone(admin_client):
    assert submit(admin_client).status_code == 302
    zone = ZonePage.objects.get()
    assert zone.live
    assert zone.boundary == square(105.2, 21.3)
    assert (zone.west, zone.south, zone.east, zone.north) == (105.2, 21.3, 105.21, 21.31)
    assert zone.boundary_area_ha == pytest.approx(114.9, abs=0.2)


def test_a_clockwise_boundary_is_turned_when_saved(admin_client):
    boundary = square(105.2, 21.3)
    boundary["coordinates"][0].reverse()
    submit(admin_client, boundary=json.dumps(boundary))
    assert sorted(ZonePage.objects.get().boundary["coordinates"][0]) == sorted(
        square(105.2, 21.3)["coordinates"][0]
    )


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            {"boundary": json.dumps({"type": "Polygon", "coordinates": [[[105.2, 21.3]] * 3]})},
            "ít nhất bốn điểm",
        ),
        ({"center_latitude": "22"}, "Tâm nằm ngoài ranh giới."),
        ({"leasable_area_ha": "101"}, "Không lớn hơn diện tích khu công nghiệp."),
        ({"leased_area_ha": "81"}, "Không lớn hơn diện tích cho thuê."),
    ],
)
def test_what_is_wrong_is_told_in_vietnamese(admin_client, values: dict, message: str):
    response = submit(admin_client, **values)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not ZonePage.objects.exists()


@pytest.mark.parametrize("points", [0, 2, 4])
@pytest.mark.parametrize("action", ["action-publish", "action-save"])
def test_a_ring_that_is_not_closed_is_refused_and_takes_no_boundary_away(
    admin_client, points: int, action: str
):
    zone = ZonePageFactory()
    line = {"type": "LineString", "coordinates": square(105.2, 21.3)["coordinates"][0][:points]}
    address = reverse("wagtailadmin_pages:edit", args=(zone.pk,))
    sent = form(boundary=json.dumps(line), **{"action-publish": "", action: "1", "comments": COMMENTS})
    response = admin_client.post(address, nested_form_data(sent))
    assert "Ranh giới đang vẽ chưa khép kín" in response.content.decode()
    zone.refresh_from_db()
    assert zone.boundary == zone.get_latest_revision_as_object().boundary == square(105.2, 21.3)


def test_a_boundary_is_taken_away_by_emptying_its_text(admin_client):
    zone = ZonePageFactory()
    address = reverse("wagtailadmin_pages:edit", args=(zone.pk,))
    sent = nested_form_data({**form(boundary=""), "comments": COMMENTS})
    assert admin_client.post(address, sent).status_code == 302
    zone.refresh_from_db()
    assert zone.boundary is None


def test_a_code_stands_for_one_zone_of_a_language(admin_client):
    ZonePageFactory(title="Cẩm Khê", code="KCN-TV")
    response = submit(admin_client)
    assert "Mã này đã dùng cho Cẩm Khê." in response.content.decode()
    assert ZonePage.objects.count() == 1


def test_an_alias_that_becomes_a_zone_of_its_own_has_a_free_code_and_both_are_published(admin_client):
    zone = ZonePageFactory(title="Phú Hà", code="KCN-PH")
    zone.save_revision().publish()
    aliases = [zone.create_alias(update_slug=f"bi-danh-{number}") for number in range(2)]
    for alias, code in zip(aliases, ("KCN-PH-2", "KCN-PH-3"), strict=True):
        admin_client.post(reverse("wagtailadmin_pages:convert_alias", args=(alias.pk,)))
        converted = ZonePage.objects.get(pk=alias.pk)
        assert (converted.live, converted.alias_of_id) == (True, None)
        assert converted.code == converted.get_latest_revision_as_object().code == code
    for page in ZonePage.objects.all():
        page.get_latest_revision().publish()
    assert set(ZonePage.objects.live().values_list("code", flat=True)) == {"KCN-PH", "KCN-PH-2", "KCN-PH-3"}


def test_an_alias_that_becomes_a_zone_in_the_place_of_its_source_keeps_the_code(admin_client):
    zone = ZonePageFactory(code="KCN-PH")
    alias = zone.create_alias(update_slug="bi-danh")
    ZonePage.objects.filter(pk=zone.pk).update(code="KCN-X")
    admin_client.post(reverse("wagtailadmin_pages:convert_alias", args=(alias.pk,)))
    assert ZonePage.objects.get(pk=alias.pk).code == "KCN-PH"


def test_areas_that_make_no_sense_are_refused_by_the_database():
    zone = ZonePageFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        ZonePage.objects.filter(pk=zone.pk).update(leased_area_ha=1000)


def test_the_form_speaks_vietnamese(admin_client):
    page = ZoneMapPageFactory()
    html = admin_client.get(
        reverse("wagtailadmin_pages:add", args=("zones", "zonepage", page.pk))
    ).content.decode()
    for label in (
        "xã, phường",
        "ranh giới",
        "diện tích cho thuê (ha)",
        "Chủ đầu tư hạ tầng",
        "Khép kín ranh giới",
    ):
        assert label.lower() in html.lower()


def test_a_zone_is_put_below_a_map_only(admin_client):
    assert [model.__name__ for model in ZonePage.allowed_parent_page_models()] == ["ZoneMapPage"]


RING = [[105.2, 21.3], [105.21, 21.3], [105.21, 21.31], [105.2, 21.3]]


@pytest.mark.parametrize(
    ("boundary", "message"),
    [
        ("[" * 100_000, "Không đọc được ranh giới"),
        ('{"type": "Polygon", "coordinates": ' + "[" * 900 + "]" * 900 + "}", "Không đọc được ranh giới"),
        ('{"type": "Polygon", "coordinates": [[[' + "9" * 5000 + ", 1]]]}", "Không đọc được ranh giới"),
        (json.dumps({"type": "MultiPolygon", "coordinates": [[RING], "a"]}), "Không đọc được ranh giới"),
        (json.dumps({"type": "MultiPolygon", "coordinates": [[RING], {"a": 1}]}), "Không đọc được ranh giới"),
        (
            '{"type": "Polygon", "coordinates": [[[NaN, 1], [1, 1], [1, 2], [NaN, 1]]]}',
            "Mỗi điểm gồm kinh độ và vĩ độ, đều là số.",
        ),
        (
            '{"type": "Polygon", "coordinates": [' + ("[1, 2]," * 200_000) + "[1, 2]]}",
            "dài hơn 1000000 ký tự",
        ),
        ("{", "Đây không phải JSON"),
    ],
    ids=["nested", "nested a little", "digits", "text", "object", "nan", "long", "broken"],
)
def test_boundary_that_would_cost_the_server_is_refused(admin_client, boundary: str, message: str):
    response = submit(admin_client, boundary=boundary)
    assert response.status_code == 200
    [error] = response.context["form"].errors["boundary"]
    assert message in error
    assert not ZonePage.objects.exists()
