from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Browser, Page, sync_playwright

# Playwright's synchronous interface runs an event loop; Django refuses its ORM beside one unless told that it is ours.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    executable = (
        os.environ.get("BROWSER") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def browser_page(browser: Browser) -> Page:
    """A page of it."""
    return browser.new_page(viewport={"width": 1400, "height": 1000}, locale="vi-VN")


@pytest.fixture
def editor(browser_page: Page, live_server, transactional_db) -> Page:
    """A browser in which an editor is logged in."""
    get_user_model().objects.create_superuser("bientap", "bientap@example.vn", "mat-khau")
    browser_page.context.clear_cookies()
    browser_page.goto(f"{live_server.url}/admin/login/")
    browser_page.fill("#id_username", "bientap")
    browser_page.fill("#id_password", "mat-khau")
    browser_page.click("button[type=submit]")
    browser_page.wait_for_url("**/admin/")
    return browser_page


@pytest.fixture(autouse=True)
def no_autosave(settings) -> None:
    """What a test finds stored never hangs on whether an autosave has come before it; `test_autosave` has its own."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
