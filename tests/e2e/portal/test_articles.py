"""From an editor's keystroke to a reader's screen, and back off it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.portal import admin
from tests.e2e.portal.graphql import page_id
from tests.portal import Portal
from tests.waiting import wait_until

pytestmark = pytest.mark.e2e

TITLE = "Đẩy nhanh tiến độ giải phóng mặt bằng"
TEXT = "Hội nghị giao ban quý với các chủ đầu tư hạ tầng."
PATH = "/tin-tuc/day-nhanh-tien-do-giai-phong-mat-bang/"


def test_an_article_is_written_previewed_published_found_changed_and_taken_down(
    editor: Page, reader: Page, portal: Portal
):
    admin.add_page(editor, "articles/articlepage", page_id(portal, "/tin-tuc/"))
    editor.fill("#id_title", TITLE)
    editor.fill("#id_summary", "Tóm tắt của bài viết.")
    admin.upload_image(editor, "hero_image", "Hội trường của Ban")
    admin.add_paragraph(editor, TEXT)

    draft = admin.preview_panel(editor)
    expect(draft.locator("h1")).to_have_text(TITLE)
    expect(draft.get_by_text(TEXT)).to_be_visible()
    expect(draft.get_by_role("img", name="Hội trường của Ban")).to_be_visible()
    assert reader.goto(PATH).status == 404

    article = admin.publish(editor)
    reader.goto("/")
    expect(reader.get_by_role("link", name=TITLE).first).to_be_visible()
    reader.goto("/tin-tuc/")
    expect(reader.get_by_role("link", name=TITLE).first).to_be_visible()
    find(reader, "day nhanh tien do giai phong").click()
    expect(reader.locator("h1")).to_have_text(TITLE)
    assert reader.url.endswith(PATH)
    expect(reader.get_by_text(TEXT)).to_be_visible()
    assert shown_picture(reader, "Hội trường của Ban") > 0

    admin.edit_page(editor, article)
    editor.fill("#id_summary", "Tóm tắt đã sửa.")
    admin.publish(editor)
    reader.goto(PATH)
    expect(reader.get_by_text("Tóm tắt đã sửa.").first).to_be_visible()

    admin.unpublish(editor, article)
    assert reader.goto(PATH).status == 404
    reader.goto("/tin-tuc/")
    expect(reader.get_by_role("link", name=TITLE)).to_have_count(0)


def shown_picture(reader: Page, alt: str) -> int:
    """The width of the picture on the page, as soon as a worker has made its renditions."""
    picture = reader.get_by_role("img", name=alt)
    wait_until(lambda: picture.count() or not reader.reload(), what="a rendition of the picture")
    expect(picture).to_be_visible()
    return picture.evaluate("image => image.decode().then(() => image.naturalWidth)")


def find(reader: Page, words: str) -> Locator:
    """The link to the article in the results of a search, as soon as a worker has put it into the index."""
    link = reader.get_by_role("link", name=TITLE)
    for _attempt in range(30):
        reader.goto("/")
        reader.get_by_role("searchbox").first.fill(words)
        reader.get_by_role("searchbox").first.press("Enter")
        expect(reader.get_by_role("status").first).to_contain_text(words)
        if link.count():
            break
    return link
