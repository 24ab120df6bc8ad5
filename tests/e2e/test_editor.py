"""From an editor's screen to a reader's request, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.client import GraphQLClient
from tests.e2e.idle import wait_until_idle
from tests.e2e.portal.admin import press_publish
from tests.factories.portal import list_of_articles
from tests.factories.zones import ZonePageFactory, square

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


def test_a_boundary_is_drawn_on_the_map(editor: Page, live_server, transactional_db):
    list_of_articles()
    zone = ZonePageFactory(boundary=None)
    editor.goto(f"{live_server.url}/admin/pages/{zone.pk}/edit/")
    drawing = editor.locator("[data-boundary-input] svg")
    drawing.scroll_into_view_if_needed()
    for x, y in [(200, 100), (420, 110), (400, 260), (210, 250)]:
        drawing.click(position={"x": x, "y": y})
    editor.locator("[data-boundary-input] [data-action=close]").click()
    text = editor.locator("textarea[name=boundary]").input_value()
    assert text.startswith('{"type":"Polygon","coordinates":[[[')
    assert text.count("],[") == 4
    expect(editor.locator("[data-boundary-input] .area")).to_be_visible()


def test_a_boundary_that_is_drawn_anew_is_kept_until_it_is_closed(editor: Page, live_server):
    list_of_articles()
    zone = ZonePageFactory()
    before = zone.boundary
    editor.goto(f"{live_server.url}/admin/pages/{zone.pk}/edit/")
    drawing = editor.locator("[data-boundary-input] svg")
    drawing.scroll_into_view_if_needed()
    editor.locator("[data-boundary-input] [data-action=clear]").click()
    text = editor.locator("textarea[name=boundary]")
    expect(text).to_have_value('{"type":"LineString","coordinates":[]}')
    for x, y in [(200, 100), (420, 110), (400, 260), (210, 250)]:
        drawing.click(position={"x": x, "y": y})
    expect(text).to_have_value(re.compile('^{"type":"LineString","coordinates":\\[.+,.+,.+,.+\\]}$'))
    press_publish(editor)
    expect(editor.get_by_text("Ranh giới đang vẽ chưa khép kín")).to_be_visible()
    zone.refresh_from_db()
    assert zone.boundary == before
    # What was drawn is still there, and goes on.
    expect(editor.locator("[data-boundary-input] circle")).to_have_count(4)
    editor.locator("[data-boundary-input] [data-action=close]").click()
    expect(text).to_have_value(re.compile('^{"type":"Polygon"'))


def test_buttons_of_the_map_leave_what_has_several_parts(editor: Page, live_server):
    list_of_articles()
    parts = [square(105.2, 21.3)["coordinates"], square(105.22, 21.3)["coordinates"]]
    zone = ZonePageFactory(boundary={"type": "MultiPolygon", "coordinates": parts})
    editor.goto(f"{live_server.url}/admin/pages/{zone.pk}/edit/")
    text = editor.locator("textarea[name=boundary]")
    before = text.input_value()
    for action in ("undo", "close"):
        editor.locator(f"[data-boundary-input] [data-action={action}]").click()
        expect(text).to_have_value(before)


def test_graphiql_answers_a_request(editor: Page, live_server, transactional_db):
    list_of_articles()
    editor.goto(f"{live_server.url}/graphiql/")
    editor.get_by_role("button", name="Execute query").click()
    expect(editor.locator(".result-window")).to_contain_text('"articles"')
