"""Previews in a real browser, with a frontend on another origin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, Frame, Page, Request, expect

from tests.e2e.frontend import frontend
from tests.e2e.holding import Held
from tests.e2e.idle import wait_until_idle
from tests.factories.portal import ArticlePageFactory

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("tree")]

#: What the checks have found: the picture whose text is a file's name.
COUNTER = "[data-side-panel-toggle=checks] [data-side-panel-toggle-counter]"


@pytest.fixture
def portal(live_server, settings) -> Iterator[str]:
    """The address of a frontend that the CMS knows."""
    with frontend(live_server.url) as address:
        settings.SITE_URL = settings.SITE_ORIGIN = live_server.url
        settings.FRONTEND_URL = address
        settings.CORS_ALLOWED_ORIGINS = [address]
        parts = settings.CMS_CONTENT_SECURITY
        settings.CMS_CONTENT_SECURITY = {
            **parts,
            "/admin/": {**parts["/admin/"], "frame-src": ["'self'", address]},
            "/share/": {**parts["/share/"], "form-action": ["'self'", address]},
        }
        yield address


@pytest.fixture
def article():
    page = ArticlePageFactory(title="Tin", summary="Sapo đầu")
    page.save_revision(log_action=True)
    return page


def shown(editor: Page, portal: str) -> Frame:
    """The frame of the panel that is there when it has been drawn anew."""
    editor.wait_for_function(
        "document.querySelectorAll('.w-preview__iframe, #w-preview-iframe').length === 1"
    )
    return next(frame for frame in editor.frames if frame.url.startswith(portal))


def with_userbar(editor: Page, portal: str) -> Frame:
    """The frame of the panel in which the userbar has come, hidden, and with it the answers to the panel."""
    for _look in range(300):
        # Each time the one that is there: the panel may just be drawing another.
        with suppress(Error):
            frame = shown(editor, portal)
            if frame.evaluate("!!document.querySelector('wagtail-userbar')?.shadowRoot"):
                return frame
        editor.wait_for_timeout(100)
    pytest.fail("no userbar has come")


def wait_for_text(editor: Page, portal: str, text: str) -> None:
    """Until the panel shows a text."""
    for _look in range(600):
        frames = [frame for frame in editor.frames if frame.url.startswith(portal)]
        if frames and text in frames[-1].content():
            return
        editor.wait_for_timeout(100)
    pytest.fail(f"{text!r} was not shown")


def wait_for_value(editor: Page, portal: str, script: str, expected: int) -> None:
    """Until a script in the panel finds a value."""
    found = None
    for _look in range(300):
        with suppress(Error):
            found = shown(editor, portal).evaluate(script)
            if found == expected:
                return
        editor.wait_for_timeout(100)
    pytest.fail(f"{script} is {found}")


def carries_what_was_typed_first(request: Request) -> bool:
    return request.url.endswith("/edit/preview/") and "Sapo vừa\r\n" in (request.post_data or "")


def test_the_panel_follows_and_stays_where_it_was_scrolled_to(editor: Page, live_server, portal, article):
    held = Held(editor, carries_what_was_typed_first)
    editor.goto(f"{live_server.url}/admin/pages/{article.pk}/edit/")
    editor.locator("[data-side-panel-toggle=preview]").click()
    wait_for_text(editor, portal, "Sapo đầu")
    frame = with_userbar(editor, portal)
    # Wagtail's checks scroll while they look at colours: no place is kept that was told meanwhile.
    expect(editor.locator(COUNTER)).to_have_text("1", timeout=30_000)
    frame.evaluate("window.scrollTo(0, 900)")
    # What is typed while the panel is being brought up to date is shown as well.
    with held.next():
        editor.fill("#id_summary", "Sapo vừa")
    editor.fill("#id_summary", "Sapo vừa gõ")
    expect(editor.locator("[data-controller~=w-preview]")).to_have_attribute(
        "data-w-preview-stale-value", "true"
    )
    held.release()
    # Two seconds on a machine of its own; tests share theirs, and `benchmarks/preview_latency.py` measures it.
    wait_for_text(editor, portal, "Sapo vừa gõ")
    wait_for_value(editor, portal, "window.scrollY", 900)

    for size, width in {"mobile": 375, "tablet": 768, "desktop": 1280}.items():
        editor.locator(f"input[name=preview-size][value={size}]").check(force=True)
        wait_for_value(editor, portal, "Math.round(window.innerWidth)", width)


def test_the_checks_of_the_admin_reach_the_frontend(editor: Page, live_server, portal, article):
    editor.goto(f"{live_server.url}/admin/pages/{article.pk}/edit/")
    editor.locator("[data-side-panel-toggle=preview]").click()
    expect(editor.locator(COUNTER)).to_have_text("1", timeout=30_000)
    editor.locator("[data-side-panel-toggle=checks]").click()
    expect(editor.locator("[data-content-word-count]")).to_have_text(re.compile(r"^[1-9]\d\d$"))


def test_a_new_tab_has_the_userbar(editor: Page, live_server, portal, article):
    editor.goto(f"{live_server.url}/admin/pages/{article.pk}/view_draft/")
    assert editor.url.startswith(f"{portal}/preview/?contentType=articles.ArticlePage&token=")
    expect(editor.locator("h1")).to_have_text("Tin")
    expect(editor.locator("wagtail-userbar .w-userbar-axe-count")).to_have_text("1", timeout=20_000)


def test_a_share_link_opens_without_an_account_until_it_is_revoked(
    editor: Page, live_server, portal, article
):
    editor.goto(f"{live_server.url}/admin/share/{article.latest_revision_id}/")
    editor.fill("#id_note", "Sở Công Thương")
    editor.fill("#id_password", "mat-khau-dai")
    editor.get_by_role("button", name="Tạo liên kết").click()
    address = editor.locator("#share-address").input_value()

    browser: Browser = editor.context.browser
    stranger = browser.new_context(locale="vi-VN").new_page()
    stranger.goto(address)
    stranger.fill("#password", "mat-khau-sai")
    stranger.get_by_role("button", name="Xem bản nháp").click()
    expect(stranger.get_by_role("alert")).to_have_text("Mật khẩu không đúng.")
    stranger.fill("#password", "mat-khau-dai")
    stranger.get_by_role("button", name="Xem bản nháp").click()
    expect(stranger.locator("h1")).to_have_text("Tin")
    assert stranger.url.startswith(f"{portal}/preview/?")
    wait_until_idle(stranger)
    assert stranger.locator("wagtail-userbar").count() == 0

    editor.goto(f"{live_server.url}/admin/reports/share-links/")
    expect(editor.locator("main table")).to_contain_text("Sở Công Thương")
    editor.get_by_role("link", name="Thu hồi").first.click()
    editor.get_by_role("button", name="Thu hồi liên kết").click()
    expect(editor.locator("main table")).to_contain_text("Đã thu hồi")

    stranger.reload()
    expect(stranger.locator("body")).to_contain_text("PREVIEW_TOKEN_INVALID")
    stranger.goto(address)
    expect(stranger.locator("h1")).to_have_text("Liên kết này không mở được")
    stranger.context.close()
