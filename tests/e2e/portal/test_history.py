"""Versions of an article in its history, previewed as readers would see them; `test_tasks_of_editors` approves."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.portal import admin
from tests.e2e.portal.graphql import page_id
from tests.portal import Portal

pytestmark = pytest.mark.e2e

FIRST, FINAL = "Bản đầu tiên của phóng viên.", "Bản đã được biên tập."


def at_the_frontend(shown: Page, portal: Portal) -> Page:
    shown.wait_for_url(f"{portal.frontend}/preview/?contentType=articles.ArticlePage&token=*")
    expect(shown.get_by_text("Bản xem trước: nội dung chưa công bố")).to_be_visible()
    return shown


def preview_among_actions(row: Locator) -> Locator:
    """The link to the preview, in the menu of a row."""
    row.get_by_role("button", name="Thao tác").click()
    return row.page.get_by_role("link", name="Xem trước").locator("visible=true")


def test_an_older_revision_is_previewed_from_the_history(editor: Page, reader: Page, portal: Portal):
    admin.add_page(editor, "articles/articlepage", page_id(portal, "/tin-tuc/"))
    editor.fill("#id_title", "Bài có hai phiên bản")
    editor.fill("#id_summary", FIRST)
    admin.add_paragraph(editor, "Nội dung.")
    article = admin.publish(editor)
    admin.edit_page(editor, article)
    editor.fill("#id_summary", FINAL)
    admin.publish(editor)

    drafts = editor.locator("main tr").filter(has=editor.get_by_role("button", name="Thao tác"))
    for place, shown, hidden in ((0, FINAL, FIRST), (1, FIRST, FINAL)):
        editor.goto(f"/admin/pages/{article}/history/")
        expect(drafts).to_have_count(2)
        preview_among_actions(drafts.nth(place)).click()
        at_the_frontend(editor, portal)
        expect(editor.get_by_text(shown)).to_be_visible()
        expect(editor.get_by_text(hidden)).to_have_count(0)

    reader.goto("/tin-tuc/bai-co-hai-phien-ban/")
    expect(reader.get_by_text(FINAL)).to_be_visible()
