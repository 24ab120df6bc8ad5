"""Boundaries from an editor's text to a reader's map, and the map under mouse, keys and without scripts."""

from __future__ import annotations

import json
import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.e2e.portal import admin
from tests.e2e.portal.graphql import page_id
from tests.portal import Portal

pytestmark = pytest.mark.e2e

MAP, ZONE = "/cac-khu-cong-nghiep/", "/cac-khu-cong-nghiep/phu-ninh/"
WEST, SOUTH, EAST, NORTH = 105.308, 21.443, 105.328, 21.461
SQUARE = [[WEST, SOUTH], [EAST, SOUTH], [EAST, NORTH], [WEST, NORTH], [WEST, SOUTH]]
CROSSED = [[WEST, SOUTH], [EAST, NORTH], [EAST, SOUTH], [WEST, NORTH], [WEST, SOUTH]]
FOUR_CORNERS = re.compile(r"^M[^L]+(L[^L]+){3}z$", re.IGNORECASE)


def polygon(ring: list[list[float]]) -> str:
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def pin(reader: Page, name: str) -> Locator:
    return reader.locator("main .live-map").get_by_role("button", name=name)


def card(reader: Page, name: str) -> Locator:
    return reader.locator(".leaflet-popup").filter(has_text=name)


def row(reader: Page, name: str) -> Locator:
    return reader.locator("main .list li").filter(has_text=name)


def test_a_boundary_is_changed_as_text_and_drawn_and_a_broken_one_is_refused(
    editor: Page, reader: Page, portal: Portal
):
    zone = page_id(portal, ZONE)
    reader.goto(ZONE)
    area = reader.locator("main .live-map path.leaflet-interactive")
    expect(area).not_to_have_attribute("d", FOUR_CORNERS)

    admin.edit_page(editor, zone)
    editor.locator("textarea[name=boundary]").fill(polygon(SQUARE))
    admin.publish(editor)
    reader.reload()
    expect(area).to_have_attribute("d", FOUR_CORNERS)

    admin.edit_page(editor, zone)
    editor.locator("textarea[name=boundary]").fill(polygon(CROSSED))
    admin.press_publish(editor)
    expect(editor.get_by_text("Ranh giới tự cắt hoặc tự chạm")).to_be_visible()
    expect(editor.locator("textarea[name=boundary]")).to_have_value(re.compile("105.308"))
    reader.reload()
    expect(area).to_have_attribute("d", FOUR_CORNERS)


def test_list_and_map_are_kept_in_step(reader: Page):
    reader.goto(MAP)
    expect(pin(reader, "Thụy Vân")).to_be_visible()
    row(reader, "Thụy Vân").hover()
    expect(pin(reader, "Thụy Vân")).to_have_class(re.compile("is-active"))
    expect(reader.locator(".leaflet-tooltip")).to_have_text("Khu công nghiệp Thụy Vân – Đang hoạt động")
    pin(reader, "Hạ Hòa").hover()
    expect(row(reader, "Hạ Hòa")).to_have_class(re.compile("is-active"))
    expect(row(reader, "Thụy Vân")).not_to_have_class(re.compile("is-active"))

    pin(reader, "Hạ Hòa").click()
    expect(card(reader, "Hạ Hòa")).to_contain_text("Quy hoạch · 400 ha")
    card(reader, "Hạ Hòa").get_by_role("link", name="Xem chi tiết").click()
    expect(reader.locator("h1")).to_have_text("Khu công nghiệp Hạ Hòa")


def test_zones_are_filtered_by_their_state(reader: Page, plain_reader: Page):
    reader.goto(MAP)
    expect(pin(reader, "Trung Hà")).to_be_visible()
    reader.get_by_role("checkbox", name="Đang hoạt động").uncheck()
    expect(reader.get_by_text("Hiển thị 4 trên 7 khu công nghiệp.")).to_be_visible()
    expect(pin(reader, "Trung Hà")).to_have_count(0)
    expect(row(reader, "Trung Hà")).to_be_hidden()
    expect(pin(reader, "Cẩm Khê")).to_be_visible()
    # The address holds the filter: it can be sent on, and is answered without scripts too.
    plain_reader.goto(reader.url)
    expect(row(plain_reader, "Cẩm Khê")).to_be_visible()
    expect(row(plain_reader, "Trung Hà")).to_be_hidden()
    plain_reader.get_by_role("checkbox", name="Đang hoạt động").check()
    plain_reader.get_by_role("checkbox", name="Quy hoạch").uncheck()
    plain_reader.get_by_role("button", name="Lọc", exact=True).click()
    expect(row(plain_reader, "Trung Hà")).to_be_visible()
    expect(row(plain_reader, "Hạ Hòa")).to_be_hidden()
    drawing = plain_reader.locator("main .zone-drawing")
    expect(drawing.get_by_role("link")).to_have_count(5)
    drawing.get_by_role("link", name="Trung Hà").click()
    expect(plain_reader.locator("h1")).to_have_text("Khu công nghiệp Trung Hà")


def test_the_map_is_walked_with_the_keyboard_alone(reader: Page):
    reader.goto(MAP)
    first = pin(reader, "Cẩm Khê")
    expect(first).to_be_visible()
    reader.locator("main .live-map").focus()
    reader.keyboard.press("+")
    expect(reader.locator(".leaflet-control-scale-line")).to_have_text("5 km")
    ground = reader.locator("main .leaflet-map-pane")
    before = ground.get_attribute("style")
    reader.keyboard.press("ArrowLeft")
    expect(ground).not_to_have_attribute("style", before or "")
    reader.keyboard.press("Tab")
    expect(first).to_be_focused()
    expect(row(reader, "Cẩm Khê")).to_have_class(re.compile("is-active"))
    reader.keyboard.press("Enter")
    expect(card(reader, "Cẩm Khê").get_by_role("link")).to_be_focused()
    reader.keyboard.press("Escape")
    expect(first).to_be_focused()
    reader.keyboard.press("Tab")
    expect(pin(reader, "Hạ Hòa")).to_be_focused()
    reader.keyboard.press("Enter")
    expect(card(reader, "Hạ Hòa").get_by_role("link")).to_be_focused()
    reader.keyboard.press("Enter")
    expect(reader.locator("h1")).to_have_text("Khu công nghiệp Hạ Hòa")


def test_tiles_are_a_setting_and_stay_within_the_bounds(editor: Page, reader: Page, portal: Portal):
    zones = page_id(portal, MAP)
    asked: list[str] = []

    def tile(route):
        asked.append(route.request.url)
        file = BytesIO()
        Image.new("RGB", (256, 256), "#dde6dd").save(file, "PNG")
        route.fulfill(content_type="image/png", body=file.getvalue())

    reader.route("https://tiles.example.vn/**", tile)
    reader.goto(MAP)
    expect(pin(reader, "Cẩm Khê")).to_be_visible()
    assert asked == []
    try:
        set_tiles(editor, zones, "https://tiles.example.vn/{z}/{x}/{y}.png", "© Cục Đo đạc")
        reader.reload()
        expect(reader.locator(".leaflet-tile-loaded").first).to_be_visible()
        expect(reader.locator(".leaflet-control-attribution")).to_contain_text("© Cục Đo đạc")
        reader.locator("main .live-map").focus()
        for _time in range(5):
            reader.keyboard.press("-")
            reader.keyboard.press("ArrowRight")
        expect(pin(reader, "Cẩm Khê")).to_be_attached()
        # 104.8 to 105.5 degrees east are these columns of tiles.
        for z, x in re.findall(r"/(\d+)/(\d+)/\d+\.png", " ".join(asked)):
            assert (104.8 + 180) / 360 * 2 ** int(z) - 1 < int(x) < (105.5 + 180) / 360 * 2 ** int(z)
        assert asked
    finally:
        set_tiles(editor, zones, "", "")


def set_tiles(editor: Page, zones: str, url: str, attribution: str) -> None:
    admin.edit_page(editor, zones)
    editor.fill("#id_tile_url", url)
    editor.fill("#id_tile_attribution", attribution)
    admin.publish(editor)
