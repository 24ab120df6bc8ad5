"""Everyday tasks of reporters, each begun at the desk and done by hand, with the presses that it takes.

docs/editors-tasks.md has these numbers, beside those of Wagtail's own way.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.portal import admin
from tests.e2e.portal.clicks import Clicks, choose_files
from tests.e2e.portal.pictures import picture
from tests.factories.exchange import table

pytestmark = pytest.mark.e2e

Desk = Callable[[str], Page]
REPORTER = "Phóng viên"


def test_an_article_with_a_picture_of_the_library_is_written_and_sent_for_approval(
    desk: Desk, clicks: Clicks
):
    reporter = desk(REPORTER)
    admin.add_picture_without_words(reporter)
    admin.press_menu(reporter, "Bài viết")
    reporter.get_by_role("link", name="Thêm bài viết").click()
    reporter.fill("#id_title", "Ra quân làm sạch khu công nghiệp")
    reporter.fill("#id_summary", "Ba trăm đoàn viên trồng cây, dọn rác.")
    reporter.locator("#id_hero_image-chooser .unchosen button").click()
    dialog = reporter.locator(".modal-body")
    dialog.locator("a.image-choice").first.click()
    expect(dialog.get_by_role("heading", name="Ảnh này cho thấy điều gì?")).to_be_visible()
    words = dialog.get_by_label("Văn bản thay thế")
    expect(words).to_have_value("")
    words.press("Enter")
    expect(dialog.locator(".error-message")).to_be_visible()
    expect(dialog.locator("label", has_text="Văn bản thay thế").locator(".w-required-mark")).to_be_visible()
    picture(reporter, "viec-01-anh-chua-co-loi")
    words.fill("Đoàn viên trồng cây bên cổng khu công nghiệp")
    words.press("Enter")
    expect(reporter.locator("#id_hero_image-chooser .chosen")).to_be_visible()
    admin.add_paragraph(reporter, "Buổi lễ diễn ra sáng thứ Bảy.")
    admin.press_in_footer(reporter, "Gửi duyệt: Duyệt hai bước")
    reporter.get_by_role("link", name="Bàn làm việc").click()
    sent = reporter.get_by_role("region", name="Bạn đã gửi, chưa duyệt xong")
    expect(sent.get_by_role("link", name="Ra quân làm sạch khu công nghiệp")).to_be_visible()
    picture(reporter, "viec-01-da-gui")
    assert clicks() == 9


def test_an_article_is_begun_from_a_template(desk: Desk, clicks: Clicks):
    reporter = desk(REPORTER)
    admin.import_articles(reporter, {"id": "mau", "title": "Lịch tiếp dân tháng 1", "summary": "Tại trụ sở."})
    admin.save_template(desk("Biên tập viên"), "Lịch tiếp dân tháng 1", pattern="Lịch tiếp dân tháng {month}")

    admin.press_menu(reporter, "Bài viết")
    reporter.locator("header").get_by_role("button", name="Thao tác").click()
    reporter.get_by_role("link", name="Tạo từ mẫu").click()
    clicks.choose(reporter.get_by_label("Mẫu"), "Lịch tiếp dân tháng 1")
    picture(reporter, "viec-09-tu-mau")
    reporter.get_by_role("button", name="Tạo bài viết").click()
    expect(reporter.locator("#id_title")).to_have_value(re.compile(r"^Lịch tiếp dân tháng \d\d$"))
    expect(reporter.locator("#id_summary")).to_have_value("Tại trụ sở.")
    assert clicks() == 5


def test_three_pictures_are_put_into_the_library_at_once(desk: Desk, clicks: Clicks):
    reporter = desk(REPORTER)
    admin.press_menu(reporter, "Hình ảnh")
    reporter.get_by_role("link", name="Thêm hình ảnh").click()
    names = ["le-khai-truong", "le-ky-ket", "le-trao-giai"]
    files = [admin.picture_file(f"{name}.jpg") for name in names]
    choose_files(reporter, reporter.get_by_text("Hoặc chọn từ máy tính"), *files)
    expect(reporter.locator("#upload-list li form")).to_have_count(3)
    picture(reporter, "viec-15-tai-len")
    reporter.get_by_role("link", name="Mở bảng").first.click()
    for name in names:
        row = reporter.get_by_role("row").filter(has=reporter.locator(f"[value^={name}]"))
        row.get_by_label("Văn bản thay thế").fill(f"Buổi {name}")
        row.get_by_label("Tác giả ảnh").fill("Nguyễn Thị Lan")
    picture(reporter, "viec-15-bang")
    reporter.get_by_role("button", name="Lưu những ảnh đã đủ").click()
    expect(reporter.locator(".messages .success")).to_contain_text("3 hình ảnh")
    for name in names:
        expect(reporter.locator("main").get_by_text(name).first).to_be_visible()
    assert clicks() == 5


def test_a_spreadsheet_of_articles_is_imported_but_for_a_bad_row(desk: Desk, clicks: Clicks):
    rows = [
        ["id", "Tiêu đề", "Tóm tắt (sapo)"],
        ["k1", "Bài một của bảng tính", "Tóm tắt một."],
        ["k2", "", "Tóm tắt hai."],
        ["k3", "Bài ba của bảng tính", "Tóm tắt ba."],
    ]
    reporter = desk(REPORTER)
    admin.press_menu(reporter, "Nhập dữ liệu")
    file = {"name": "bai.csv", "mimeType": "text/csv", "buffer": table(*rows)}
    choose_files(reporter, reporter.get_by_label("Tệp"), file)
    clicks.choose(reporter.get_by_label("Loại nội dung"), "Bài viết")
    reporter.get_by_role("button", name="Tải lên và kiểm tra").click()
    import_them = reporter.get_by_role("button", name="Nhập 2 dòng")
    expect(import_them).to_be_visible()
    expect(reporter.get_by_role("row").filter(has_text="Trường này không được để trắng")).to_contain_text("3")
    picture(reporter, "viec-16-kiem-tra")
    import_them.click()
    expect(reporter.get_by_text("Đã nhập.")).to_be_visible()
    admin.press_menu(reporter, "Bài viết")
    for title in ("Bài một của bảng tính", "Bài ba của bảng tính"):
        expect(reporter.get_by_role("link", name=title)).to_be_visible()
    assert clicks() == 6


def drafts_of(someone: Page) -> Locator:
    return someone.get_by_role("region", name="Bản nháp của bạn")


def test_a_draft_is_shared_by_a_link_with_a_password_until_that_is_revoked(
    desk: Desk, clicks: Clicks, visitor: Callable[..., Page]
):
    reporter = desk(REPORTER)
    admin.import_articles(
        reporter, {"id": "chia-se", "title": "Dự thảo quy chế", "summary": "Đang chờ góp ý."}
    )
    reporter.reload()
    drafts_of(reporter).get_by_role("link", name="Dự thảo quy chế").click()
    address = admin.share_draft(reporter, note="Phòng Đầu tư", password="gop-y-truoc-thu-sau")
    picture(reporter, "viec-10-chia-se")
    assert clicks() == 4

    guest = visitor()
    guest.goto(address)
    guest.fill("#password", "khong-phai-mat-khau")
    guest.get_by_role("button", name="Xem bản nháp").click()
    expect(guest.get_by_role("alert")).to_have_text("Mật khẩu không đúng.")
    guest.fill("#password", "gop-y-truoc-thu-sau")
    guest.get_by_role("button", name="Xem bản nháp").click()
    expect(guest.get_by_text("Đang chờ góp ý.").first).to_be_visible()
    expect(guest.get_by_text("Bản xem trước").first).to_be_visible()

    admin.revoke_share(reporter, "Phòng Đầu tư")
    assert guest.reload().status in {403, 404}
    expect(guest.get_by_text("Đang chờ góp ý.")).to_have_count(0)
    assert guest.goto(address).status == 404
    expect(guest.get_by_role("heading", level=1)).to_have_text("Liên kết này không mở được")
