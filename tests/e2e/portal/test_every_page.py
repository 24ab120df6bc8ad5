"""What holds on every page: accessible, readable without scripts, fits each width, and little to load."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Response, expect

from tests.portal import FRONTEND, ROOT

pytestmark = pytest.mark.e2e

PAGES = {
    "home": "/",
    "articles": "/tin-tuc/",
    "articles-filtered": "/tin-tuc/?chuyen-muc=van-ban-phap-luat",
    "article": "/tin-tuc/phu-tho-trien-khai-phong-trao-vi-nguoi-ngheo/",
    "campaigns": "/phong-trao-thi-dua/",
    "campaign": "/phong-trao-thi-dua/vi-nguoi-ngheo/",
    "zone-map": "/cac-khu-cong-nghiep/",
    "zone": "/cac-khu-cong-nghiep/thuy-van/",
    "polls": "/tham-do-y-kien/",
    "poll": "/tham-do-y-kien/1/",
    "search": "/tim-kiem/?q=vi nguoi ngheo",
    "not-found": "/khong-co-trang-nay/",
    "en-home": "/en/",
    "en-articles": "/en/news/",
    "en-article": "/en/news/invest-in-cam-khe-and-phu-ha/",
    "en-polls": "/en/polls/",
    "en-poll": "/en/polls/1/",
    "en-search": "/en/search/?q=investment",
    "en-not-found": "/en/no-such-page/",
}
WIDTHS = {360: 740, 768: 1024, 1280: 900}
SCREENSHOTS = ROOT / "var" / "screenshots"
AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
# The rules of WCAG 2.2 A and AA, and what axe-core holds to be good practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BUDGET = 150_000  # bytes of JavaScript on the home page, as they are unpacked


@pytest.fixture(scope="module")
def screenshots() -> Path:
    """The folder for what pages look like."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS


def faults(page: Page) -> list[dict[str, Any]]:
    """What axe-core finds, with the elements that are at fault."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("tags => axe.run({ runOnly: tags, resultTypes: ['violations'] })", TAGS)
    return [
        {"rule": each["id"], "where": [node["html"][:200] for node in each["nodes"]]}
        for each in found["violations"]
    ]


def settled(page: Page) -> None:
    """All pictures are there, and the map is if the page has one."""
    page.evaluate("""Promise.all([...document.images].map(image => {
        image.loading = "eager";
        // Fails where there is none; also, once, where another is taken for the new width meanwhile.
        return image.decode().catch(() => image.decode());
    }))""")
    if page.locator("main zone-map").count():
        page.locator("main zone-map").first.scroll_into_view_if_needed()
        expect(page.locator("main .live-map .zone-pin").first).to_be_visible()
        page.evaluate("scrollTo(0, 0)")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits_each_width(name: str, reader: Page, screenshots: Path):
    answer = reader.goto(PAGES[name])
    assert answer.status == (404 if name.endswith("not-found") else 200)
    for width, height in WIDTHS.items():
        reader.set_viewport_size({"width": width, "height": height})
        settled(reader)
        reader.screenshot(path=screenshots / f"{name}-{width}.png", full_page=True)
        assert reader.evaluate("document.documentElement.scrollWidth") <= width
        if width != 768:
            assert faults(reader) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_readable_without_scripts(name: str, reader: Page, plain_reader: Page):
    plain_reader.goto(PAGES[name])
    reader.goto(PAGES[name])
    heading = reader.locator("h1").inner_text()
    expect(plain_reader.locator("h1")).to_have_text(heading)
    text = plain_reader.locator("main").inner_text()
    assert len(text) > 0.8 * len(reader.locator("main").inner_text())
    expect(plain_reader.get_by_role("navigation").first).to_be_attached()


def test_home_loads_little_javascript(visitor: Callable[..., Page]):
    page, loaded = visitor(), []

    def on_response(response: Response) -> None:
        if "javascript" in response.headers.get("content-type", ""):
            loaded.append(len(response.body()))

    page.on("response", on_response)
    page.goto("/")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    inline = page.evaluate(
        "[...document.scripts].filter(each => !each.src && !each.type.includes('json')).map(each => each.text.length)"
    )
    assert loaded
    assert sum(loaded) + sum(inline) < BUDGET


def test_the_map_beside_every_page_needs_no_script(plain_reader: Page):
    plain_reader.goto("/")
    drawing = plain_reader.locator("aside .zone-drawing")
    expect(drawing.get_by_role("link")).to_have_count(7)
    drawing.get_by_role("link", name="Trung Hà").click()
    expect(plain_reader.locator("h1")).to_have_text("Khu công nghiệp Trung Hà")
