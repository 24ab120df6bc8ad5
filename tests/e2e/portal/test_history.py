"""A reporter's article on its way to readers: previewed and approved by an editor and by an administrator."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.e2e.portal import admin
from tests.e2e.portal.graphql import page_id
from tests.portal import Portal

pytestmark = pytest.mark.e2e

PASSWORD = "mat-khau-rat-dai-de-thu"
TITLE, PATH = "Kế hoạch kiểm tra an toàn lao động", "/tin-tuc/ke-hoach-kiem-tra-an-toan-lao-dong/"
FIRST, FINAL = "Bản đầu tiên của phóng viên.", "Bản đã được biên tập."


@pytest.fixture
def colleague(browser: Browser, editor: Page, portal: Portal) -> Iterator[Callable[[str, str], Page]]:
    """Makes people with a role, each logged in to the admin in a browser of their own."""
    contexts: list[BrowserContext] = []

    def logged_in(login: str, role: str) -> Page:
        admin.add_person(editor, login, role, PASSWORD)
        context = browser.new_context(
            viewport={"width": 1500, "height": 1000}, locale="vi-VN", base_url=portal.cms
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        admin.log_in(page, login, PASSWORD)
        return page

    yield logged_in
    for context in contexts:
        context.close()


def task_of(moderator: Page) -> Locator:
    """The row of the article among what waits for this moderator, on the dashboard."""
    moderator.goto("/admin/")
    return moderator.get_by_role("region", name="Chờ bạn duyệt").locator("tr").filter(has_text=TITLE)


def at_the_frontend(shown: Page, portal: Portal) -> Page:
    shown.wait_for_url(f"{portal.frontend}/preview/?contentType=articles.ArticlePage&token=*")
    expect(shown.get_by_text("Bản xem trước: nội dung chưa công bố")).to_be_visible()
    return shown


def preview_among_actions(row: Locator) -> Locator:
    """The link to the preview, in the menu of a row."""
    row.get_by_role("button", name="Thao tác").click()
    return row.page.get_by_role("link", name="Xem trước").locator("visible=true")


def previewed(moderator: Page, portal: Portal) -> Page:
    """The tab with the draft that waits for this moderator."""
    link = preview_among_actions(task_of(moderator))
    with moderator.expect_popup() as opened:
        link.click()
    return at_the_frontend(opened.value, portal)


def approve(moderator: Page, button: str) -> None:
    moderator.locator("footer .w-dropdown__toggle").first.click()
    moderator.get_by_role("button", name=button, exact=True).click()
    expect(moderator.locator(".messages .success")).to_be_visible()


def test_an_article_is_previewed_from_the_workflow_and_approved_step_by_step(
    colleague: Callable[[str, str], Page], reader: Page, portal: Portal
):
    reporter = colleague("thu-phongvien", "Phóng viên")
    editor = colleague("thu-bientapvien", "Biên tập viên")
    administrator = colleague("thu-quantri", "Quản trị")

    admin.add_page(reporter, "articles/articlepage", page_id(portal, "/tin-tuc/"))
    reporter.fill("#id_title", TITLE)
    reporter.fill("#id_summary", FIRST)
    admin.add_paragraph(reporter, "Kiểm tra tại bảy khu công nghiệp.")
    reporter.locator("footer .w-dropdown__toggle").first.click()
    expect(reporter.get_by_role("button", name="Xuất bản", exact=True)).to_have_count(0)
    reporter.get_by_role("button", name="Gửi duyệt: Duyệt hai bước").click()
    expect(reporter.locator(".messages .success")).to_be_visible()
    assert reader.goto(PATH).status == 404

    tab = previewed(editor, portal)
    expect(tab.locator("h1")).to_have_text(TITLE)
    expect(tab.get_by_text(FIRST)).to_be_visible()
    expect(tab.get_by_text("Kiểm tra tại bảy khu công nghiệp.")).to_be_visible()
    expect(tab.locator("wagtail-userbar")).to_be_attached()
    assert tab.locator("meta[name=robots]").get_attribute("content") == "noindex, nofollow"

    # An editor may change what they approve; the next one sees it as it then is.
    task_of(editor).get_by_role("link", name=TITLE).click()
    editor.fill("#id_summary", FINAL)
    admin.save_draft(editor)
    approve(editor, "Duyệt")
    expect(task_of(editor)).to_have_count(0)
    assert reader.goto(PATH).status == 404

    tab = previewed(administrator, portal)
    expect(tab.get_by_text(FINAL)).to_be_visible()
    task_of(administrator).get_by_role("link", name=TITLE).click()
    approve(administrator, "Duyệt và xuất bản")

    assert reader.goto(PATH).status == 200
    expect(reader.locator("h1")).to_have_text(TITLE)
    expect(reader.get_by_text(FINAL)).to_be_visible()
    reader.goto("/tin-tuc/")
    expect(reader.get_by_role("link", name=TITLE).first).to_be_visible()
    # The preview that is still open shows what was waiting, and no more than that.
    tab.reload()
    expect(tab.get_by_text(FINAL)).to_be_visible()


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
