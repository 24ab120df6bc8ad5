"""From an editor's screen to a reader's request, in a real browser."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.client import GraphQLClient
from tests.e2e.idle import wait_until_idle
from tests.e2e.portal.admin import press_publish
from tests.factories.portal import ArticlePageFactory, list_of_articles
from tests.factories.zones import ZonePageFactory, square
from zones.models import ZonePage

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("tree")]


def test_an_editor_publishes_an_article_and_a_reader_finds_it(
    editor: Page, live_server, graphql: GraphQLClient
):
    index = list_of_articles()
    editor.goto(f"{live_server.url}/admin/pages/add/articles/articlepage/{index.pk}/")
    editor.fill("#id_title", "Vì người nghèo")
    editor.fill("#id_summary", "Không để ai bị bỏ lại phía sau.")
    editor.locator(".footer__container .w-dropdown__toggle, footer .w-dropdown__toggle").first.click()
    editor.get_by_role("button", name="Publish").or_(
        editor.get_by_role("button", name="Xuất bản")
    ).first.click()
    wait_until_idle(editor)

    found = graphql.data('{ search(query: "vi nguoi ngheo") { nodes { title url } } }')
    assert found["search"]["nodes"] == [{"title": "Vì người nghèo", "url": "/tin-tuc/vi-nguoi-ngheo/"}]


def test_what_is_ticked_after_a_search_stays_ticked(editor: Page, live_server):
    ArticlePageFactory(title="Vì người nghèo")
    ArticlePageFactory(title="Tết sum vầy")
    editor.goto(f"{live_server.url}/admin/articles/")
    rows = editor.locator("#listing-results tbody tr")
    expect(rows).to_have_count(2)
    editor.locator("header [name=q]").press_sequentially("nguoi")
    expect(rows).to_have_count(1)
    editor.evaluate(
        "window.changes = 0;"
        "document.querySelector('[data-search-form]').addEventListener('change', () => { window.changes += 1 })"
    )
    ticked = rows.get_by_role("checkbox")
    ticked.check()
    # A change of the search would have the list asked for again.
    assert editor.evaluate("window.changes") == 0
    expect(ticked).to_be_checked()


def test_characters_and_words_are_counted_while_an_editor_writes(editor: Page, live_server):
    editor.goto(f"{live_server.url}/admin/pages/add/articles/articlepage/{list_of_articles().pk}/")
    title = editor.locator("#id_title")
    title.press_sequentially("Vì người")
    expect(title).to_have_accessible_description(re.compile(r"8/70 ký tự|8 of 70 characters"))
    title.fill("đ" * 71)
    expect(editor.get_by_role("status").filter(has_text="71")).to_have_count(1)
    text = editor.locator("[data-counted-words]")
    expect(text).to_contain_text(re.compile("Chưa có chữ nào|No text yet"))
    editor.locator("#id_summary").fill("Không tính vào bài.")
    text.locator(".c-sf-add-button").first.click()
    editor.locator(".w-combobox__option").filter(has_text=re.compile("Trích dẫn|Quote")).click()
    text.locator("textarea").first.fill("chữ " * 440)
    expect(text).to_contain_text(re.compile(r"440 (chữ, đọc khoảng 2 phút|words, about 2 minutes)"))
    # The sapo can be taken from the first paragraph.
    button = editor.get_by_role("button", name=re.compile("Lấy từ đoạn đầu|Take it from the first"))
    expect(button).to_be_hidden()
    text.locator(".c-sf-add-button").last.click()
    editor.locator(".w-combobox__option").filter(has_text=re.compile("Đoạn văn|Paragraph")).click()
    writing = text.locator(".public-DraftEditor-content")
    writing.click()
    editor.keyboard.type("Câu một. ")
    editor.keyboard.insert_text(f"Câu hai có {'từ ' * 100}")
    expect(writing).to_contain_text("Câu hai có từ")
    editor.locator("#id_summary").fill("")
    button.click()
    expect(editor.locator("#id_summary")).to_have_value("Câu một.")
    expect(button).to_be_hidden()


def map_of(editor: Page, live_server, zone: ZonePage) -> Locator:
    """The map in the form of a zone, once it shows what lies around."""
    editor.goto(f"{live_server.url}/admin/pages/{zone.pk}/edit/")
    ground = editor.locator(".boundary-input__ground")
    expect(ground.locator(".boundary-frame")).to_be_attached()
    ground.scroll_into_view_if_needed()
    return ground


def press(editor: Page, action: str) -> None:
    editor.locator(f"[data-boundary-input] [data-action={action}]").click()


def draw(ground: Locator, points: list[tuple[float, float]]) -> None:
    for x, y in points:
        ground.hover(position={"x": x - 4, "y": y - 4})
        ground.click(position={"x": x, "y": y})


def boundary(editor: Page) -> dict[str, Any]:
    return json.loads(editor.locator("textarea[name=boundary]").input_value())


def test_a_boundary_is_drawn_on_the_map(editor: Page, live_server, transactional_db):
    zone = ZonePageFactory(boundary=None)
    ground = map_of(editor, live_server, zone)
    press(editor, "draw")
    draw(ground, [(200, 100), (420, 110), (400, 260), (210, 250), (200, 100)])
    expect(ground.locator(".boundary-own")).to_have_count(1)
    assert (boundary(editor)["type"], [len(ring) for ring in boundary(editor)["coordinates"]]) == (
        "Polygon",
        [5],
    )
    report = editor.locator("[data-report]")
    expect(report).to_contain_text(re.compile(r"Diện tích trong ranh giới: [\d.,]+ ha;\s+khai báo: 100 ha"))
    press(editor, "undo")
    assert boundary(editor)["type"] == "LineString"
    assert len(boundary(editor)["coordinates"]) == 4
    expect(report).to_be_empty()
    editor.locator("textarea[name=boundary]").fill('{"type": "Polygon"')
    expect(report).to_contain_text("Đây không phải JSON")


def test_a_boundary_that_is_drawn_anew_is_kept_until_it_is_closed(editor: Page, live_server):
    zone = ZonePageFactory()
    before = zone.boundary
    ground = map_of(editor, live_server, zone)
    press(editor, "clear")
    text = editor.locator("textarea[name=boundary]")
    expect(text).to_have_value('{"type":"LineString","coordinates":[]}')
    draw(ground, [(200, 100), (420, 110), (400, 260), (210, 250)])
    expect(text).to_have_value(re.compile('^{"type":"LineString","coordinates":\\[.+,.+,.+,.+\\]}$'))
    press_publish(editor)
    expect(editor.get_by_text("Ranh giới đang vẽ chưa khép kín")).to_be_visible()
    zone.refresh_from_db()
    assert zone.boundary == before
    # What was drawn is still there, and goes on.
    expect(ground.locator(".marker-icon:not(.cursor-marker)")).to_have_count(4)
    press(editor, "close")
    expect(text).to_have_value(re.compile('^{"type":"Polygon"'))


def test_a_boundary_has_parts_and_holes_beside_its_neighbours(editor: Page, live_server):
    # Three squares of 0.01 degrees in a row, the right one a neighbour: the map shows the left two, and some around.
    parts = [square(105.2, 21.3)["coordinates"], square(105.22, 21.3)["coordinates"]]
    zone = ZonePageFactory(boundary={"type": "MultiPolygon", "coordinates": parts})
    ZonePageFactory(title="Trung Hà", boundary=square(105.231, 21.3), center_longitude=105.235)
    ground = map_of(editor, live_server, zone)
    expect(ground.locator(".boundary-name")).to_have_text("Trung Hà")
    left, right = (ground.locator(".boundary-own").nth(number).bounding_box() for number in (0, 1))
    neighbour, at = ground.locator(".boundary-neighbour").bounding_box(), ground.bounding_box()
    assert all((left, right, neighbour, at))

    def within(box: Any, x: float, y: float) -> tuple[float, float]:
        return box["x"] - at["x"] + x * box["width"], box["y"] - at["y"] + y * box["height"]

    press(editor, "cut")
    draw(
        ground, [within(left, x, y) for x, y in [(0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8), (0.2, 0.2)]]
    )
    expect(ground.locator(".boundary-own")).to_have_count(2)
    assert sorted(len(part) for part in boundary(editor)["coordinates"]) == [1, 2]

    # The upper right corner is dragged near the neighbour's upper left one, and snaps to it.
    press(editor, "edit")
    corner, goal = within(right, 1, 0), within(neighbour, 0, 0)
    editor.mouse.move(at["x"] + corner[0] - 1.5, at["y"] + corner[1] + 1.5)
    editor.mouse.down()
    editor.mouse.move(at["x"] + goal[0] - 9, at["y"] + goal[1] - 5, steps=4)
    editor.mouse.move(at["x"] + goal[0] - 7, at["y"] + goal[1] - 3)
    editor.mouse.up()
    assert [105.231, 21.31] in [position for part in boundary(editor)["coordinates"] for position in part[0]]

    press(editor, "remove")
    ground.locator(".boundary-own").first.click(position={"x": 3, "y": 20})
    expect(ground.locator(".boundary-own")).to_have_count(1)
    for _step in range(3):
        press(editor, "undo")
    assert boundary(editor)["coordinates"] == parts

    # Coordinates of a decision take the place of all.
    editor.locator("summary").filter(has_text="VN-2000").click()
    editor.get_by_label("Tọa độ", exact=True).fill(
        "2357000 547000\n2357000 548000\n2358000 548000\n\n2360000 547000"
    )
    press(editor, "import")
    expect(editor.get_by_role("alert").filter(has_text="ít nhất ba điểm")).to_be_visible()
    editor.get_by_label("Tọa độ", exact=True).fill("2357000 547000\n2357000 548000\n2358000 548000")
    press(editor, "import")
    expect(ground.locator(".boundary-own")).to_have_count(1)
    assert [len(ring) for ring in boundary(editor)["coordinates"]] == [4]
    kml = "<kml><Polygon><outerBoundaryIs><LinearRing><coordinates>105.2,21.3 105.21,21.3 105.21,21.31 105.2,21.31 "
    kml += "105.2,21.3</coordinates></LinearRing></outerBoundaryIs></Polygon></kml>"
    file = {"name": "khu.kml", "mimeType": "application/vnd.google-earth.kml+xml", "buffer": kml.encode()}
    editor.get_by_label("Hoặc chọn tệp").set_input_files(file)
    expect(editor.get_by_label("Tọa độ", exact=True)).to_have_value(kml)
    press(editor, "import")
    expect(editor.locator("[data-report]")).to_contain_text("114,88 ha")
    assert boundary(editor) == square(105.2, 21.3)


def test_graphiql_answers_a_request(editor: Page, live_server, transactional_db):
    list_of_articles()
    editor.goto(f"{live_server.url}/graphiql/")
    editor.get_by_role("button", name="Execute query").click()
    expect(editor.locator(".result-window")).to_contain_text('"articles"')
