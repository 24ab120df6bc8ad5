"""Boundaries from an editor's text to a reader's map, and the map under mouse, keys and without scripts."""

from __future__ import annotations

import json
import re
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.portal import admin
from tests.e2e.portal.graphql import page_id
from tests.portal import FRONTEND, Portal
from tests.waiting import wait_until

pytestmark = pytest.mark.e2e

DEMO_TILES = "/maps/trinh-dien.pmtiles"
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
    plain_reader.get_by_label("Ngành nghề").select_option("Điện tử")
    plain_reader.get_by_role("button", name="Lọc", exact=True).click()
    expect(drawing.get_by_role("link")).to_have_count(2)
    drawing.get_by_role("link", name="Phú Hà").click()
    expect(plain_reader.locator("h1")).to_have_text("Khu công nghiệp Phú Hà")


def test_an_investor_narrows_the_zones_prints_their_table_and_takes_a_plan_along(reader: Page):
    reader.goto(MAP)
    expect(pin(reader, "Trung Hà")).to_be_visible()
    # The list ends with the map, and is cut nowhere.
    ends = "name => document.querySelector('main ' + name).getBoundingClientRect().bottom"
    assert reader.evaluate(ends, ".list") == reader.evaluate(ends, ".stage")
    assert reader.evaluate("document.querySelector('main .list').scrollHeight") <= reader.evaluate(
        "document.querySelector('main .list').clientHeight"
    )
    reader.get_by_label("Ngành nghề").select_option("Dệt may")
    reader.get_by_label("Còn trống từ (ha)").fill("100")
    expect(reader.get_by_text("Hiển thị 1 trên 7 khu công nghiệp.")).to_be_visible()
    expect(pin(reader, "Cẩm Khê")).to_be_visible()
    expect(pin(reader, "Thụy Vân")).to_have_count(0)
    rows = reader.locator(".zone-table tbody tr:visible")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Xã Cẩm Khê")
    with reader.expect_download() as taken:
        rows.get_by_role("link", name="Quy hoạch Khu công nghiệp Cẩm Khê").click()
    assert taken.value.suggested_filename.startswith("quy-hoach-cam-khe")

    reader.get_by_role("link", name="Bản in của bảng").click()
    expect(reader.get_by_role("button", name="In bảng")).to_be_visible()
    expect(rows).to_have_count(1)
    expect(rows.get_by_role("cell").nth(5)).to_have_text("195")


def test_roads_rivers_and_the_province_lie_below_the_zones_and_ways_are_measured(
    editor: Page, reader: Page, portal: Portal, tmp_path: Path
):
    zones, archive = page_id(portal, MAP), tmp_path / "tiles.pmtiles"
    ground = {"type": "FeatureCollection", "features": [line("roads", "highway"), line("water", "river")]}
    (tmp_path / "ground.geojson").write_text(json.dumps(ground))
    command = ["npm", "run", "--silent", "tiles", "--", str(tmp_path / "ground.geojson"), str(archive)]
    subprocess.run(command, cwd=FRONTEND, check=True)  # noqa: S603 - our own script
    reader.route(
        "https://maps.example.vn/tiles.pmtiles", lambda route: give_a_range(route, archive.read_bytes())
    )
    try:
        admin.edit_page(editor, zones)
        editor.locator("textarea[name=outline]").fill(
            polygon([[105, 21.1], [105.4, 21.1], [105.4, 21.6], [105, 21.1]])
        )
        editor.fill("#id_tile_url", "https://maps.example.vn/tiles.pmtiles")
        admin.publish(editor)
        reader.goto(MAP)
        expect(reader.locator("main .live-map path.outline")).to_be_visible()
        expect(reader.locator("main canvas.leaflet-tile-loaded").first).to_be_visible()
        wait_until(lambda: len(reader.evaluate(COLOURS)) >= 3, what="land, a road and a river are drawn")

        reader.get_by_role("button", name="Đo khoảng cách").click()
        status = reader.locator(".measure [role=status]")
        expect(status).to_contain_text("Bấm lên bản đồ")
        reader.keyboard.press("Enter")
        pin(reader, "Phù Ninh").click(force=True)
        expect(status).to_have_text(re.compile(r"Khoảng [\d,]+ km"))
        expect(card(reader, "Phù Ninh")).to_have_count(0)
        reader.get_by_role("button", name="Đo diện tích").click()
        for name in ("Phù Ninh", "Cẩm Khê", "Trung Hà"):
            pin(reader, name).click(force=True)
        # The triangle of their middles, by the ellipsoid of WGS 84: 22,707 ha.
        expect(status).to_have_text(re.compile(r"Khoảng 2[23]\.\d00 ha"))
        reader.keyboard.press("Escape")
        expect(status).to_be_empty()
    finally:
        admin.edit_page(editor, zones)
        editor.locator("textarea[name=outline]").fill("")
        editor.fill("#id_tile_url", DEMO_TILES)
        admin.publish(editor)


#: How many colours the tiles have, each in at least ten pixels.
COLOURS = """[...document.querySelectorAll("main canvas.leaflet-tile")].reduce((colours, { width, height, getContext }, place, all) => {
    const { data } = all[place].getContext("2d").getImageData(0, 0, width, height);
    const found = new Uint32Array(data.buffer);
    const count = new Map();
    for (const each of found) count.set(each, (count.get(each) ?? 0) + 1);
    for (const [each, times] of count) if (times > 10 && !colours.includes(each)) colours.push(each);
    return colours;
}, [])"""


def line(layer: str, kind: str) -> dict[str, Any]:
    north = 21.6 if layer == "roads" else 21.3
    geometry = {"type": "LineString", "coordinates": [[104.9, 21.1], [105.4, north]]}
    return {"type": "Feature", "properties": {"layer": layer, "kind": kind}, "geometry": geometry}


def give_a_range(route: Route, file: bytes) -> None:
    """Part of the file, as a server of archives gives it to a page of another site."""
    open_to_all = {"access-control-allow-origin": "*", "access-control-allow-headers": "range"}
    asked = re.fullmatch(r"bytes=(\d+)-(\d+)", route.request.headers.get("range", ""))
    if not asked:
        return route.fulfill(status=204, headers=open_to_all)
    start, end = int(asked[1]), min(int(asked[2]), len(file) - 1)
    headers = {**open_to_all, "content-range": f"bytes {start}-{end}/{len(file)}", "etag": '"1"'}
    return route.fulfill(status=206, headers=headers, body=file[start : end + 1])


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
        set_tiles(editor, zones, DEMO_TILES, "Dữ liệu minh họa")


def set_tiles(editor: Page, zones: str, url: str, attribution: str) -> None:
    admin.edit_page(editor, zones)
    editor.fill("#id_tile_url", url)
    editor.fill("#id_tile_attribution", attribution)
    admin.publish(editor)
