from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e import kept_browser
from tests.e2e.kept_browser import KeptBrowser

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    kept_browser.FLAG,
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    executable = (
        os.environ.get("BROWSER") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    )
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's synchronous interface runs an event loop; Django refuses its ORM beside one unless told that it is ours.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def admin_browser(browser: Browser, live_server) -> KeptBrowser:
    return KeptBrowser(browser, live_server.url, viewport={"width": 1400, "height": 1000})


@pytest.fixture
def editor(admin_browser: KeptBrowser, live_server, transactional_db, settings) -> Iterator[Page]:
    """A browser in which an editor is logged in, with nothing open: the portal's tests log in by the form."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("bientap", "bientap@example.vn", "mat-khau"))
    name = settings.SESSION_COOKIE_NAME
    cookies = [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
    with admin_browser.lent(cookies) as context:
        yield context.new_page()


@pytest.fixture(autouse=True)
def no_autosave(settings) -> None:
    """What a test finds stored never hangs on whether an autosave has come before it; `test_autosave` has its own."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
