"""Everyday tasks of who publishes: articles, polls, zones and the portal's settings.

docs/editors-tasks.md has the numbers of presses, beside those of Wagtail's own way.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.e2e.portal import admin
from tests.e2e.portal.clicks import Clicks
from tests.e2e.portal.pictures import picture
from tests.factories.zones import square

pytestmark = pytest.mark.e2e

Desk = Callable[[str], Page]


@pytest.fixture
def administrator(desk: Desk) -> Page:
    return desk("Quản trị")


def articles(administrator: Page, *titles: str, publishes: bool = True) -> None:
    """Articles of an import, published as a rule."""
    records = [{"id": title, "title": title, "summary": "Tóm tắt."} for title in titles]
    admin.import_articles(administrator, *records, publishes=publishes)


def test_an_article_is_scheduled_for_tomorrow_and_stands_in_the_calendar(administrator: Page, clicks: Clicks):
    title = "Khai mạc hội chợ việc làm"
    articles(administrator, title, publishes=False)
    tomorrow = timezone.localtime() + timedelta(days=1)
    admin.open_page(administrator, title)
    administrator.locator("[data-side-panel-toggle=status]").click()
    administrator.get_by_role("button", name="Đặt lịch", exact=True).click()
    administrator.get_by_label("Thời điểm xuất bản").fill(f"{tomorrow:%d/%m/%Y 08:00}")
    calendars = administrator.locator(".xdsoft_datetimepicker:visible")
    expect(calendars).to_have_count(1)
    administrator.get_by_role("heading", name="Đặt lịch xuất bản").click()  # shuts it
    expect(calendars).to_have_count(0)
    picture(administrator, "viec-04-dat-lich")
    administrator.get_by_role("button", name="Lưu lịch").click()
    admin.press_in_footer(administrator, "Hẹn giờ xuất bản")
    admin.press_menu(administrator, "Lịch đăng bài")
    day = administrator.locator("td").filter(has=administrator.get_by_text(title))
    expect(day).to_contain_text("08:00")
    picture(administrator, "viec-04-lich")
    assert clicks() == 8


def test_a_typo_in_a_published_article_is_corrected(administrator: Page, clicks: Clicks, reader: Page):
    articles(administrator, "Khánh thành nhà trẻ khu công nghiêp")
    admin.open_page(administrator, "Khánh thành nhà trẻ khu công nghiêp")
    administrator.fill("#id_title", "Khánh thành nhà trẻ khu công nghiệp")
    admin.press_in_footer(administrator, "Xuất bản")
    picture(administrator, "viec-05-da-sua")
    assert clicks() == 3
    reader.goto("/tin-tuc/khanh-thanh-nha-tre-khu-cong-nghiep/")
    expect(reader.locator("h1")).to_have_text("Khánh thành nhà trẻ khu công nghiệp")


def test_what_readers_saw_before_is_compared_and_comes_back(
    administrator: Page, clicks: Clicks, reader: Page
):
    articles(administrator, "Bài được sửa rồi trở lại")
    admin.open_page(administrator, "Bài được sửa rồi trở lại")
    administrator.fill("#id_summary", "Tóm tắt sai.")
    admin.press_in_footer(administrator, "Xuất bản")
    reader.goto("/tin-tuc/bai-duoc-sua-roi-tro-lai/")
    expect(reader.get_by_text("Tóm tắt sai.")).to_be_visible()
    administrator.goto("/admin/")
    before = clicks()

    admin.open_page(administrator, "Bài được sửa rồi trở lại")
    administrator.locator("header").get_by_role("link", name="Lịch sử").click()
    versions = administrator.locator("main tr").filter(
        has=administrator.get_by_role("button", name="Thao tác")
    )
    expect(versions).to_have_count(2)
    versions.first.get_by_role("button", name="Thao tác").click()
    administrator.get_by_role("link", name="So sánh với bản bạn đọc thấy trước đó").click()
    changed = administrator.get_by_role("row").filter(has_text="Tóm tắt")
    expect(changed.locator("del, .deletion")).to_be_visible()
    picture(administrator, "viec-06-so-sanh")
    administrator.go_back()
    versions.last.get_by_role("button", name="Thao tác").click()
    administrator.get_by_role("link", name="Xem lại phiên bản này").locator("visible=true").click()
    expect(administrator.locator("#id_summary")).to_have_value("Tóm tắt.")
    picture(administrator, "viec-06-ban-cu")
    admin.press_in_footer(administrator, "Xuất bản phiên bản này")
    assert clicks() - before == 8
    reader.reload()
    expect(reader.get_by_text("Tóm tắt sai.")).to_have_count(0)


def test_the_category_of_three_articles_is_changed_at_once(administrator: Page, clicks: Clicks):
    titles = [f"Thủ tục cấp phép số {number}" for number in (1, 2, 3)]
    articles(administrator, *titles)
    admin.press_menu(administrator, "Bài viết")
    expect(admin.search_list(administrator, "thu tuc cap phep so", titles[0])).to_be_visible()
    for title in titles:
        administrator.locator("main tr").filter(has_text=title).get_by_role("checkbox").check()
    administrator.get_by_role("link", name="Đổi chuyên mục của các bài đã chọn").click()
    clicks.choose(administrator.get_by_label("Chuyên mục"), "Thủ tục hành chính")
    picture(administrator, "viec-08-chuyen-muc")
    administrator.get_by_role("button", name="Thay đổi").click()
    for title in titles:
        row = administrator.locator("main tr").filter(has_text=title)
        expect(row).to_contain_text("Thủ tục hành chính")
    assert clicks() == 7


def test_an_article_that_was_deleted_by_mistake_comes_back(administrator: Page, clicks: Clicks, reader: Page):
    title, path = "Bài bị xóa nhầm", "/tin-tuc/bai-bi-xoa-nham/"
    articles(administrator, title)
    assert reader.goto(path).status == 200
    admin.press_menu(administrator, "Bài viết")
    admin.search_list(administrator, "bi xoa nham", title)
    admin.press_in_row(administrator, title, "Xóa")
    administrator.get_by_role("button", name="Có, xóa").click()
    expect(administrator.locator(".messages .success")).to_contain_text("đã vào thùng rác")
    picture(administrator, "viec-11-da-xoa")
    assert reader.reload().status == 404
    administrator.locator(".messages").get_by_role("link", name="Khôi phục").click()
    administrator.get_by_role("button", name="Có, khôi phục").click()
    expect(administrator.locator(".messages .success")).to_contain_text(title)
    assert clicks() == 6
    assert reader.reload().status == 200


def test_a_poll_with_three_options_is_made_and_published(administrator: Page, clicks: Clicks, reader: Page):
    admin.press_menu(administrator, "Bình chọn")
    administrator.get_by_role("link", name="Thêm cuộc bình chọn").click()
    administrator.fill("#id_question", "Bạn muốn có thêm tuyến xe buýt nào?")
    for number, text in enumerate(("Việt Trì – Thụy Vân", "Việt Trì – Phú Hà", "Việt Trì – Cẩm Khê")):
        if number > 1:
            administrator.locator("#id_options-ADD").click()
        administrator.fill(f"#id_options-{number}-text", text)
    closing = timezone.localtime() + timedelta(days=7)
    administrator.fill("#id_closes_at", f"{closing:%d/%m/%Y %H:%M}")
    administrator.keyboard.press("Tab")
    picture(administrator, "viec-12-binh-chon")
    admin.press_in_footer(administrator, "Xuất bản")
    assert clicks() == 5
    reader.goto("/tham-do-y-kien/")
    expect(reader.get_by_label("Việt Trì – Cẩm Khê")).to_be_visible()


def test_the_boundary_of_a_zone_is_pasted_and_published(administrator: Page, clicks: Clicks):
    admin.press_menu(administrator, "Khu công nghiệp")
    administrator.get_by_role("link", name="Khu công nghiệp Hạ Hòa").click()
    text = administrator.locator("textarea[name=boundary]")
    before = text.input_value()
    text.fill(json.dumps(square(105.003, 21.561)))
    expect(administrator.locator("[data-report]")).to_contain_text("Diện tích trong ranh giới: 114")
    ground = administrator.locator(".boundary-input__ground")
    expect(ground.locator(".boundary-own")).to_have_count(1)
    ground.scroll_into_view_if_needed()
    picture(administrator, "viec-14-ranh-gioi")
    admin.press_in_footer(administrator, "Xuất bản")
    assert clicks() == 4
    administrator.go_back()
    text.fill(before)
    admin.press_in_footer(administrator, "Xuất bản")


def test_a_setting_is_changed_as_a_draft_compared_and_published(
    administrator: Page, clicks: Clicks, reader: Page
):
    admin.press_menu(administrator, "Cài đặt", "Cổng thông tin")
    administrator.fill("#id_source_note", "Ghi rõ nguồn khi đăng lại (bản mới).")
    admin.save_draft(administrator)
    reader.goto("/")
    expect(reader.get_by_text("(bản mới)")).to_have_count(0)
    picture(administrator, "viec-17-nhap")
    administrator.locator("header").get_by_role("link", name="Lịch sử").click()
    newest = administrator.locator("main tbody tr").first
    newest.get_by_role("button", name="Thao tác").click()
    administrator.get_by_role("link", name="So sánh với phiên bản trước").locator("visible=true").click()
    expect(administrator.get_by_role("row").filter(has_text="bản mới")).to_be_visible()
    picture(administrator, "viec-17-so-sanh")
    administrator.get_by_role("link", name="Sửa").first.click()
    admin.press_in_footer(administrator, "Xuất bản")
    assert clicks() == 9
    reader.reload()
    expect(reader.get_by_text("(bản mới)").first).to_be_visible()
