from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.e2e.kept_browser import KeptBrowser
from tests.e2e.portal import admin
from tests.e2e.portal.clicks import Clicks
from tests.portal import LOGIN, PASSWORD, Portal, running_portal

WIDE = {"width": 1280, "height": 900}
ROLE_PASSWORD = "mat-khau-rat-dai-de-thu"
PATIENCE = 15_000  # milliseconds that the browser waits for what is to come

expect.set_options(timeout=PATIENCE)


@pytest.hookimpl(tryfirst=True)  # xdist reads the marks in this hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes pictures of pages has a portal of its own: they show the demonstration, and nothing of other tests."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            pictures = item.path.name in {"test_every_page.py", "test_admin_screens.py"}
            item.add_marker(pytest.mark.xdist_group("pictures" if pictures else "portal"))
    items.sort(key=lambda item: item.path.name != "test_every_page.py")


@pytest.fixture(scope="session")
def portal(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The portal with the demonstration's content, one for all tests: they add to it, and leave what is there.

    With E2E_CMS and E2E_FRONTEND it is one that runs already, for who writes these tests.
    """
    if cms := os.environ.get("E2E_CMS"):
        yield Portal(cms, os.environ["E2E_FRONTEND"], os.environ.get("E2E_STARTER", ""))
        return
    with running_portal(tmp_path_factory.mktemp("portal")) as found:
        yield found


@pytest.fixture
def visitor(browser: Browser, portal: Portal) -> Iterator[Callable[..., Page]]:
    """Makes readers, each with a browser of their own; their browsers may have nothing to complain about."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def visit(**options: Any) -> Page:
        context = browser.new_context(
            **{"viewport": WIDE, "locale": "vi-VN", "base_url": portal.frontend, **options}
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.extend(_complaint(page, message)))
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        return page

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []


def _complaint(page: Page, message: ConsoleMessage) -> list[str]:
    # Of what a test asks for in vain, or cuts off, the browser says so; and of how axe reads pixels.
    expected = ("the server responded with a status of 4", "net::ERR_FAILED", "Canvas2D: Multiple readback")
    return (
        []
        if any(each in message.text for each in expected) or message.type not in {"error", "warning"}
        else [f"{page.url}: {message.text}"]
    )


@pytest.fixture
def reader(visitor: Callable[..., Page]) -> Page:
    """A reader at a desk."""
    return visitor()


@pytest.fixture
def plain_reader(visitor: Callable[..., Page]) -> Page:
    """A reader whose browser runs no scripts."""
    return visitor(java_script_enabled=False)


@pytest.fixture(scope="session")
def session(browser: Browser, portal: Portal) -> Any:
    """What a browser has kept of an editor who logged in."""
    page = browser.new_page(base_url=portal.cms, locale="vi-VN")
    page.goto("/admin/login/")
    page.fill("#id_username", LOGIN)
    page.fill("#id_password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    kept = page.context.storage_state()
    page.context.close()
    return kept


@pytest.fixture(scope="session")
def desks(browser: Browser, portal: Portal) -> Callable[[str], KeptBrowser]:
    """The browser of each person who uses the admin."""

    @cache
    def desk_of(person: str) -> KeptBrowser:
        kept = KeptBrowser(browser, portal.cms, viewport={"width": 1500, "height": 1000})
        kept.context.set_default_timeout(PATIENCE)
        return kept

    return desk_of


@pytest.fixture
def editor(desks: Callable[[str], KeptBrowser], session: Any) -> Iterator[Page]:
    """The admin, in the browser of an editor."""
    with desks(LOGIN).lent(session["cookies"]) as context:
        yield context.new_page()


@pytest.fixture(scope="session")
def people(browser: Browser, portal: Portal, session: Any) -> dict[str, Any]:
    """What browsers have kept of people who logged in, by their role; all of them are made for the tests."""
    context = browser.new_context(locale="vi-VN", base_url=portal.cms, storage_state=session)
    kept = {}
    for role in ("Phóng viên", "Biên tập viên", "Quản trị"):
        login = f"viec-{len(kept)}"
        admin.add_person(context.request, login, role, ROLE_PASSWORD)
        own = browser.new_context(locale="vi-VN", base_url=portal.cms)
        admin.log_in(own.request, login, ROLE_PASSWORD)
        kept[role] = own.storage_state()
        own.close()
    context.close()
    return kept


@pytest.fixture(scope="session")
def counter() -> Clicks:
    return Clicks()


@pytest.fixture
def clicks(counter: Clicks) -> Clicks:
    """Counts what is pressed by those who sit at a desk, in this test."""
    counter.begin()
    return counter


@pytest.fixture
def desk(
    desks: Callable[[str], KeptBrowser], people: dict[str, Any], clicks: Clicks
) -> Iterator[Callable[[str], Page]]:
    """Opens the first page of the admin for somebody with this role, in a browser of their own."""
    with ExitStack() as lent:

        def sit_down(role: str) -> Page:
            context = lent.enter_context(desks(role).lent(people[role]["cookies"]))
            clicks.count_in(context)
            page = context.new_page()
            page.goto("/admin/")
            return page

        yield sit_down
