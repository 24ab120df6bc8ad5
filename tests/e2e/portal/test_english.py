"""A reader who chooses English reads the portal's own words in English on every page, and comes back where they were."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.portal.admin import store_poll
from tests.portal import Portal

pytestmark = pytest.mark.e2e

VIETNAMESE, ENGLISH = "/tin-tuc/moi-goi-dau-tu-vao-khu-cong-nghiep/", "/en/news/invest-in-cam-khe-and-phu-ha/"
HEADLINE = "Invest in Cẩm Khê and Phú Hà"
#: Words of the portal that stand on all pages, or on the one that is asked for.
OURS = re.compile(
    r"Trang chủ|Tìm kiếm|Từ khóa|Đường dây nóng|Địa chỉ|Thư điện tử|Mạng xã hội|Lượt truy cập|Hôm nay|Tuần này|Tháng này"
    r"|Bản đồ|Thăm dò|Bình chọn|bài viết|kết quả|Ngày đăng|Tác giả|Chia sẻ|Sao chép|Đang hoạt động|Quy hoạch$|phiếu",
    re.MULTILINE,
)


def english(reader: Page) -> str:
    """The text of the page that is open, once it is known to say nothing of its own in Vietnamese."""
    expect(reader.locator("html")).to_have_attribute("lang", "en")
    text = reader.locator("body").inner_text()
    assert OURS.findall(text) == []
    return text


def switch(reader: Page, language: str) -> None:
    reader.get_by_role("banner").get_by_role("link", name=language).click()


def test_the_portal_is_read_in_english(reader: Page, portal: Portal):
    reader.goto("/")
    switch(reader, "English")
    expect(reader).to_have_url(f"{portal.frontend}/en/")
    home = english(reader)
    assert "Phu Tho Provincial Industrial Zones Authority" in home
    expect(reader.locator("main").get_by_role("heading", name="Cẩm Khê", exact=True)).to_be_visible()

    reader.get_by_role("navigation", name="Main menu").get_by_role("link", name="News").click()
    expect(reader.get_by_role("status")).to_have_text("2 articles")
    english(reader)
    reader.get_by_label("Category").select_option("about-us")
    reader.get_by_role("button", name="Filter").click()
    expect(reader.get_by_role("status")).to_have_text("1 article")

    reader.get_by_role("searchbox", name="Keywords").first.fill("cam khe")
    reader.get_by_role("button", name="Search").first.click()
    expect(reader).to_have_url(f"{portal.frontend}/en/search/?q=cam+khe")
    expect(reader.get_by_role("status")).to_contain_text("for “cam khe”")
    english(reader)
    reader.locator("main").get_by_role("link", name=HEADLINE).click()
    expect(reader.locator("h1")).to_have_text(HEADLINE)
    english(reader)


def test_the_switch_leads_to_the_translation_or_else_to_the_other_home(reader: Page, portal: Portal):
    def leads(path: str, language: str) -> str:
        reader.goto(path)
        switch(reader, language)
        return reader.url.removeprefix(portal.frontend)

    assert leads(VIETNAMESE, "English") == ENGLISH
    assert leads(ENGLISH, "Tiếng Việt") == VIETNAMESE
    assert leads("/tim-kiem/?q=dat", "English") == "/en/search/?q=dat"
    assert leads("/tham-do-y-kien/1/", "English") == "/en/polls/1/"
    assert leads("/phong-trao-thi-dua/", "English") == "/en/"
    assert leads("/en/no-such-page/", "Tiếng Việt") == "/"


def test_search_engines_are_told_of_both_languages(reader: Page, portal: Portal):
    for path in (VIETNAMESE, ENGLISH):
        reader.goto(path)
        links = reader.locator("link[rel=alternate][hreflang]")
        found = links.evaluate_all("each => Object.fromEntries(each.map(link => [link.hreflang, link.href]))")
        assert found == {"vi": portal.frontend + VIETNAMESE, "en": portal.frontend + ENGLISH}
    reader.goto("/phong-trao-thi-dua/")
    expect(reader.locator("link[rel=alternate][hreflang]")).to_have_count(0)
    feed = reader.request.get(f"{portal.frontend}/en/rss.xml").text()
    assert feed.count("<item>") == 2
    assert "<language>en</language>" in feed
    assert HEADLINE in feed
    assert HEADLINE not in reader.request.get(f"{portal.frontend}/rss.xml").text()


def test_a_vote_is_cast_and_refused_in_english(
    editor: Page, reader: Page, plain_reader: Page, portal: Portal
):
    poll = store_poll(editor, "Electric buses?", ["For", "Against"], visibility="always")
    reader.goto("/en/polls/")
    box = reader.locator(f"main poll-box[data-poll='{poll}']")
    box.get_by_label("For", exact=True).check()
    box.get_by_role("button", name="Vote").click()
    expect(box.get_by_text("Your vote is counted. Thank you!")).to_be_visible()
    expect(box.get_by_role("listitem").filter(has_text="For")).to_contain_text("100% (1 vote)")
    english_box = box.inner_text()
    assert OURS.findall(english_box) == []

    plain_reader.goto(f"/en/polls/{poll}/")
    plain_reader.get_by_label("Against").check()
    plain_reader.get_by_role("button", name="Send the vote").click()
    expect(plain_reader).to_have_url(f"{portal.frontend}/en/polls/{poll}/")
    expect(plain_reader.get_by_text("Your vote is counted. Thank you!")).to_be_visible()
    refused = plain_reader.request.post(
        f"{portal.frontend}/en/polls/{poll}/", form={"khoa": "x", "lua-chon": "1"}, headers={"Origin": "null"}
    )
    assert refused.status == 422
    assert "Votes must be sent from this page." in refused.text()
