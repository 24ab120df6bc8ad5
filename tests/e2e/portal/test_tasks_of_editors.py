"""Everyday tasks of editors: approving, sending back, finding, and reading the results of a poll.

docs/editors-tasks.md has the numbers of presses, beside those of Wagtail's own way.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.e2e.portal import admin
from tests.e2e.portal.clicks import Clicks
from tests.e2e.portal.pictures import picture
from tests.portal import Portal

pytestmark = pytest.mark.e2e

Desk = Callable[[str], Page]
REPORTER, EDITOR, ADMINISTRATOR = "Phóng viên", "Biên tập viên", "Quản trị"


def sent_for_approval(reporter: Page, key: str, title: str) -> None:
    admin.import_articles(reporter, {"id": key, "title": title, "summary": "Bản đầu tiên."})
    admin.submit_drafts(reporter, title)


def preview(moderator: Page, title: str, portal: Portal) -> Page:
    """The tab with what waits at the desk of a moderator."""
    with moderator.expect_popup() as opened:
        admin.press_in_row(moderator, title, "Xem trước")
    tab = opened.value
    tab.wait_for_url(f"{portal.frontend}/preview/?contentType=articles.ArticlePage&token=*")
    expect(tab.get_by_text("Bản xem trước: nội dung chưa công bố")).to_be_visible()
    return tab


def approve(moderator: Page, title: str, action: str) -> None:
    admin.press_in_row(moderator, title, action)
    expect(moderator.locator("main tr").filter(has_text=title)).to_have_count(0)


def test_what_waits_is_previewed_and_approved_in_two_steps(
    desk: Desk, clicks: Clicks, reader: Page, portal: Portal
):
    title, path = "Kế hoạch kiểm tra an toàn lao động", "/tin-tuc/ke-hoach-kiem-tra-an-toan-lao-dong/"
    sent_for_approval(desk(REPORTER), "duyet", title)
    editor, administrator = desk(EDITOR), desk(ADMINISTRATOR)
    picture(editor, "viec-02-cho-duyet")
    tab = preview(editor, title, portal)
    expect(tab.locator("h1")).to_have_text(title)
    expect(tab.get_by_text("Bản đầu tiên.")).to_be_visible()
    expect(tab.locator("wagtail-userbar")).to_be_attached()
    assert tab.locator("meta[name=robots]").get_attribute("content") == "noindex, nofollow"
    picture(tab, "viec-02-xem-truoc")
    approve(editor, title, "Duyệt")
    assert reader.goto(path).status == 404

    administrator.reload()
    preview(administrator, title, portal)
    approve(administrator, title, "Duyệt và xuất bản")
    assert clicks() == 8
    assert reader.goto(path).status == 200
    expect(reader.locator("h1")).to_have_text(title)
    reader.goto("/tin-tuc/")
    expect(reader.get_by_role("link", name=title).first).to_be_visible()
    # The preview that is still open shows what was waiting, and no more than that.
    tab.reload()
    expect(tab.get_by_text("Bản đầu tiên.")).to_be_visible()


def test_what_is_sent_back_with_a_comment_is_corrected_and_sent_again(desk: Desk, clicks: Clicks):
    title, comment = "Thông báo tuyển dụng quý một", "Thiếu số lượng người cần tuyển."
    reporter = desk(REPORTER)
    sent_for_approval(reporter, "tra-lai", title)
    editor = desk(EDITOR)
    admin.press_in_row(editor, title, "Yêu cầu sửa")
    editor.get_by_label("Nhận xét").fill(comment)
    editor.locator(".modal-body").get_by_role("button", name="Yêu cầu sửa").click()
    expect(editor.locator("main tr").filter(has_text=title)).to_have_count(0)

    reporter.reload()
    returned = reporter.get_by_role("region", name="Bị trả lại để sửa")
    expect(returned.get_by_role("listitem").filter(has_text=title)).to_contain_text(comment)
    picture(reporter, "viec-03-bi-tra-lai")
    returned.get_by_role("link", name=title).click()
    expect(reporter.locator(".messages .warning")).to_contain_text(comment)
    reporter.fill("#id_summary", "Cần tuyển 300 người.")
    picture(reporter, "viec-03-bieu-mau")
    admin.press_in_footer(reporter, "Gửi duyệt lại: Biên tập viên duyệt")
    assert clicks() == 6

    # An editor may change what they approve.
    editor.reload()
    editor.get_by_role("link", name=title).click()
    editor.fill("#id_summary", "Cần tuyển 320 người.")
    admin.press_in_footer(editor, "Duyệt")
    administrator = desk(ADMINISTRATOR)
    administrator.get_by_role("link", name=title).click()
    expect(administrator.locator("#id_summary")).to_have_value("Cần tuyển 320 người.")


def test_an_article_is_found_without_diacritics_and_the_view_is_saved(desk: Desk, clicks: Clicks):
    title = "Phú Thọ triển khai phong trào thi đua"
    editor = desk(EDITOR)
    admin.press_menu(editor, "Bài viết")
    expect(admin.search_list(editor, "vi nguoi ngheo", title)).to_be_visible()
    editor.get_by_text("Lưu bộ lọc này").click()
    editor.get_by_label("Tên bộ lọc").fill("Vì người nghèo")
    editor.get_by_label("Tên bộ lọc").press("Enter")
    view = editor.get_by_role("region", name="Bộ lọc đã lưu").get_by_role("link", name="Vì người nghèo")
    expect(view).to_be_visible()
    picture(editor, "viec-07-bo-loc")
    assert clicks() == 2
    admin.press_menu(editor, "Bài viết")
    view.click()
    expect(editor.locator("header [name=q]")).to_have_value("vi nguoi ngheo")


def test_the_results_of_a_poll_are_read_and_downloaded(desk: Desk, clicks: Clicks, tmp_path: Path):
    editor = desk(EDITOR)
    admin.press_menu(editor, "Bình chọn")
    admin.press_in_row(editor, "Theo bạn, điều gì cần được ưu tiên", "Kết quả")
    expect(editor.get_by_role("row").filter(has_text="Nhà ở cho công nhân")).to_contain_text("87")
    picture(editor, "viec-13-ket-qua")
    with editor.expect_download() as download:
        editor.get_by_role("paragraph").get_by_role("link", name="Tải về XLSX").click()
    assert clicks() == 4
    download.value.save_as(tmp_path / "ket-qua.xlsx")
    rows = [[cell.value for cell in row] for row in load_workbook(tmp_path / "ket-qua.xlsx").active]
    assert ["Nhà ở cho công nhân", 87] in [row[:2] for row in rows]
