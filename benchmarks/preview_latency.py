"""How long it takes from a keystroke until the panel of the admin shows it: `python -m benchmarks.preview_latency`.

Starts the portal of the browser's tests. What it finds depends on what else the machine does.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Error, Frame, Page, sync_playwright

from tests.e2e.conftest import FLAGS
from tests.e2e.portal import admin
from tests.e2e.portal.graphql import ask, page_id
from tests.portal import LOGIN, PASSWORD, Portal, running_portal

ARTICLE = "/tin-tuc/phu-tho-trien-khai-phong-trao-vi-nguoi-ngheo/"
KEYSTROKES = 5
LONGEST = 30.0  # seconds


def forms(portal: Portal) -> Iterator[tuple[str, str, str]]:
    """What is edited, where, and in which field."""
    poll = ask(portal, "{ polls(first: 1, filter: { state: OPEN }) { nodes { id } } }")["polls"]["nodes"][0]
    yield "article", f"/admin/pages/{page_id(portal, ARTICLE)}/edit/", "#id_summary"
    yield "poll", f"/admin/snippets/polls/poll/edit/{poll['id']}/", "#id_description"
    yield "settings", "/admin/settings/home/sitesettings/", "#id_copyright"


def open_panel(editor: Page) -> None:
    # Whoever has opened it finds it open on the next page.
    toggle = editor.locator("[data-side-panel-toggle=preview]")
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()


def shown_after(editor: Page, portal: Portal, text: str) -> float:
    """Seconds until a frame of the frontend shows the text."""
    begun = time.monotonic()
    while time.monotonic() - begun < LONGEST:
        if any(_shows(frame, text) for frame in editor.frames if frame.url.startswith(portal.frontend)):
            return time.monotonic() - begun
        editor.wait_for_timeout(15)
    raise TimeoutError(f"{text!r} was not shown within {LONGEST} s")


def _shows(frame: Frame, text: str) -> bool:
    try:
        return text in frame.evaluate("document.body?.innerText ?? ''")
    except Error:  # It is just being replaced.
        return False


def measure(editor: Page, portal: Portal) -> None:
    for name, form, field in forms(portal):
        editor.goto(form)
        open_panel(editor)
        shown_after(editor, portal, "Bản xem trước")
        seconds = []
        for number in range(KEYSTROKES + 1):
            editor.wait_for_timeout(3000)
            editor.fill(field, f"{name}, lần {number}")
            editor.locator(field).press("End")
            editor.keyboard.type("!")
            seconds.append(shown_after(editor, portal, f"{name}, lần {number}!"))
        counted = seconds[1:]  # The first meets caches that are empty.
        print(f"{name}: median {median(counted):.2f} s, worst {max(counted):.2f} s")


def main() -> None:
    with TemporaryDirectory() as folder, running_portal(Path(folder)) as portal, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=which("chromium"), args=FLAGS)
        context = browser.new_context(
            viewport={"width": 1500, "height": 1000}, locale="vi-VN", base_url=portal.cms
        )
        editor = context.new_page()
        admin.log_in(editor, LOGIN, PASSWORD)
        measure(editor, portal)


if __name__ == "__main__":
    main()
