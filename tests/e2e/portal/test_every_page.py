"""What holds on every page: accessible, readable without scripts, fits each width, and little to load."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response, expect

from tests.e2e.portal.accessibility import faults, faults_of_colour
from tests.e2e.portal.pictures import picture

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
    "nothing-found": "/tim-kiem/?q=khongcogica",
    "site-map": "/so-do-trang/",
    "accessibility": "/kha-nang-tiep-can/",
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
BUDGET = 150_000  # bytes of JavaScript on the home page, as they are unpacked


#: How far what was drawn has moved since, without anybody's doing (https://web.dev/articles/cls).
LAYOUT_SHIFT = """new Promise(found => {
    let sum = 0;
    new PerformanceObserver(list => {
        for (const shift of list.getEntries()) if (!shift.hadRecentInput) sum += shift.value;
    }).observe({ type: "layout-shift", buffered: true });
    // Entries from before are given to the observer in a task of its own.
    requestAnimationFrame(() => setTimeout(() => found(sum)));
})"""

#: What of the page's words can't be read: cut off by their box, wider than their field, or a table's caption out of sight.
CUT_WORDS = """[...document.querySelectorAll("main *, header *, footer *")].filter(each => {
    if (!each.checkVisibility() || each.closest(".visually-hidden, .live-map")) return false;
    const { clientWidth, clientHeight, scrollWidth, scrollHeight } = each;
    if (each.matches("input")) return scrollWidth > clientWidth + 1;
    if (each.matches("caption")) {
        const words = document.createRange();
        words.selectNodeContents(each);
        return words.getBoundingClientRect().right > each.closest(".scroll-x").getBoundingClientRect().right + 1;
    }
    const { overflowX, overflowY } = getComputedStyle(each);
    const hides = overflow => overflow === "hidden" || overflow === "clip";
    return each.innerText?.trim() && (
        (hides(overflowX) && scrollWidth > clientWidth + 1) || (hides(overflowY) && scrollHeight > clientHeight + 1)
    );
}).map(each => each.outerHTML.slice(0, 120))"""


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
def test_a_page_is_accessible_and_fits_each_width(name: str, reader: Page):
    reader.set_viewport_size({"width": 360, "height": WIDTHS[360]})
    answer = reader.goto(PAGES[name])
    is_missing = name.endswith("not-found")
    assert answer.status == (404 if is_missing else 200)
    assert is_missing or reader.locator("meta[name=description]").get_attribute("content")
    settled(reader)
    assert reader.evaluate(LAYOUT_SHIFT) < 0.02
    for width, height in WIDTHS.items():
        reader.set_viewport_size({"width": width, "height": height})
        settled(reader)
        picture(reader, f"{name}-{width}", full_page=True)
        assert reader.evaluate("document.documentElement.scrollWidth") <= width
        assert reader.evaluate(CUT_WORDS) == []
        foot = reader.locator("body > footer").bounding_box()
        end = max(height, reader.evaluate("document.body.scrollHeight"))
        assert foot["y"] + foot["height"] == pytest.approx(end, abs=1)
        if width != 768:
            assert faults(reader) == []
    reader.emulate_media(color_scheme="dark")
    picture(reader, f"{name}-dark", full_page=True)
    assert faults_of_colour(reader) == []


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
    # The live map's styles come with the map.
    assert page.locator("link[href*=leaflet]").count() == 0


def test_nothing_moves_when_a_script_offers_to_copy_the_link(visitor: Callable[..., Page]):
    page = visitor(viewport={"width": 412, "height": 823})
    page.goto(PAGES["article"])
    expect(page.locator("[data-copy]")).to_be_visible()
    settled(page)
    assert page.evaluate(LAYOUT_SHIFT) < 0.02


def test_the_map_beside_every_page_needs_no_script(plain_reader: Page):
    plain_reader.goto("/")
    drawing = plain_reader.locator("aside .zone-drawing")
    expect(drawing.get_by_role("link")).to_have_count(7)
    drawing.get_by_role("link", name="Trung Hà").click()
    expect(plain_reader.locator("h1")).to_have_text("Khu công nghiệp Trung Hà")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["home", "article", "polls"])
def test_names_on_the_small_map_are_no_larger_than_the_words_around_it(name: str, width: int, reader: Page):
    reader.set_viewport_size({"width": width, "height": WIDTHS[width]})
    reader.goto(PAGES[name])
    names = reader.locator(".zone-drawing a text:visible").all()
    assert names
    assert max(each.bounding_box()["height"] for each in names) < 28


def test_contrast_and_size_are_kept_in_the_browser_alone(reader: Page):
    reader.goto("/")
    size = reader.evaluate("getComputedStyle(document.documentElement).fontSize")
    reader.get_by_role("button", name="A+").click()
    reader.get_by_role("button", name="Tương phản").click()
    reader.goto("/tin-tuc/")
    expect(reader.get_by_role("button", name="Tương phản")).to_have_attribute("aria-pressed", "true")
    assert reader.evaluate("getComputedStyle(document.documentElement).fontSize") != size
    assert reader.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert reader.context.cookies() == []


def test_a_tag_leads_to_the_articles_that_have_it(reader: Page):
    reader.goto(PAGES["article"])
    reader.get_by_role("link", name="giảm nghèo", exact=True).click()
    expect(reader.get_by_text("Bài viết có từ khóa “giảm nghèo”")).to_be_visible()
    expect(reader.locator("main .rows").get_by_role("link", name="Vì người nghèo").first).to_be_visible()


def test_what_is_not_translated_says_its_language(reader: Page):
    reader.goto("/en/polls/1/")
    assert reader.locator("h1").get_attribute("lang") == "vi"
    reader.goto("/en/")
    cards = reader.locator("main .cards a")
    assert {each.get_attribute("hreflang") for each in cards.all()} == {"vi"}


def test_search_engines_find_the_form_and_not_what_others_searched_for(reader: Page):
    reader.goto("/tim-kiem/")
    expect(reader.locator("meta[name=robots]")).to_have_count(0)
    reader.goto(PAGES["search"])
    assert reader.locator("meta[name=robots]").get_attribute("content") == "noindex, follow"
