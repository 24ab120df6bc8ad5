"""The admin and GraphiQL do their work under their Content-Security-Policy: the browser has nothing to complain about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.e2e.idle import wait_until_idle
from tests.factories.blocks import raw
from tests.factories.media import ImageFactory
from tests.factories.polls import PollFactory
from tests.factories.portal import ArticlePageFactory, CampaignPageFactory
from tests.factories.zones import ZonePageFactory

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("tree")]

LISTS = [
    "",
    "pages/",
    "images/",
    "images/add/",
    "documents/multiple/add/",
    "snippets/",
    "snippets/polls/poll/",
    "reports/site-history/",
    "reports/visits/",
    "reports/workflow/",
    "users/",
    "users/new/",
    "redirects/add/",
    "workflows/add/",
    "account/",
]


@pytest.fixture
def complaints(editor: Page) -> Iterator[list[str]]:
    """What the browser complained about: errors of scripts, of the policy, and of what could not be loaded."""
    found: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            found.append(f"{editor.url}: {message.text} {message.location['url']}")

    def on_error(error: object) -> None:
        found.append(f"{editor.url}: {error}")

    editor.on("console", on_console)
    editor.on("pageerror", on_error)
    yield found
    editor.remove_listener("console", on_console)
    editor.remove_listener("pageerror", on_error)


def visit(editor: Page, address: str) -> None:
    editor.goto(address)
    wait_until_idle(editor)


def test_a_script_in_the_page_is_not_run_and_is_complained_about(editor: Page, live_server, complaints):
    visit(editor, f"{live_server.url}/admin/")
    editor.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.smuggled = true";
        document.body.append(script);
        document.body.insertAdjacentHTML("beforeend", "<img src='data:,' onerror='window.smuggled = true'>");
        setTimeout("window.smuggled = true");
    }""")
    for _look in range(300):
        about_policy = [each for each in complaints if "Content Security Policy" in each]
        if len(about_policy) == 3:
            break
        editor.wait_for_timeout(100)
    assert len(about_policy) == 3
    assert editor.evaluate("window.smuggled") is None


def test_the_lists_of_the_admin_work(editor: Page, live_server, complaints):
    PollFactory()
    image = ImageFactory()
    for path in [*LISTS, f"images/{image.pk}/"]:
        visit(editor, f"{live_server.url}/admin/{path}")
    assert complaints == []


def test_an_article_is_written_with_blocks_pictures_dates_and_a_preview(
    editor: Page, live_server, complaints, settings
):
    settings.SITE_URL = settings.FRONTEND_URL = live_server.url
    ImageFactory(title="Khu công nghiệp")
    article = ArticlePageFactory(title="Tin", body=[raw("heading", text="Đầu đề", level="h2")])
    visit(editor, f"{live_server.url}/admin/pages/{article.pk}/edit/")

    editor.locator("#id_published_at").click()
    expect(editor.locator(".xdsoft_datetimepicker:visible")).to_be_visible()
    editor.keyboard.press("Escape")

    editor.locator("#id_hero_image-chooser .unchosen button").click()
    editor.locator(".modal .chooser__image, .modal .image-choice, .modal li a").first.click()
    expect(editor.locator("#id_hero_image-chooser")).to_contain_text("Khu công nghiệp")

    editor.locator("button.c-sf-add-button").last.click()
    editor.locator("[role=option]:visible").first.click()
    expect(editor.locator("[data-contentpath=body] [data-streamfield-child]")).to_have_count(2)

    editor.locator("[data-side-panel-toggle=preview]").click()
    preview = editor.frame_locator("iframe.w-preview__iframe, iframe[id*=preview]").last
    expect(preview.locator("h1")).to_have_text("Tin")
    expect(preview.locator("h2")).to_have_text("Đầu đề")
    assert complaints == []


def test_panels_of_many_forms_grow(editor: Page, live_server, complaints):
    poll = PollFactory()
    visit(editor, f"{live_server.url}/admin/snippets/polls/poll/edit/{poll.pk}/")
    before = editor.locator("#id_options-FORMS > *").count()
    editor.locator("#id_options-ADD").click()
    expect(editor.locator("#id_options-FORMS > *")).to_have_count(before + 1)
    assert complaints == []


def test_zones_and_campaigns_are_edited(editor: Page, live_server, complaints):
    zone, campaign = ZonePageFactory(boundary=None), CampaignPageFactory()
    visit(editor, f"{live_server.url}/admin/pages/{campaign.pk}/edit/")
    visit(editor, f"{live_server.url}/admin/pages/{zone.pk}/edit/")
    ground = editor.locator(".boundary-input__ground")
    expect(ground.locator(".boundary-frame")).to_be_attached()
    editor.locator("[data-boundary-input] [data-action=draw]").click()
    for x, y in [(200, 100), (420, 110), (400, 260)]:
        ground.click(position={"x": x, "y": y})
    editor.locator("[data-boundary-input] [data-action=close]").click()
    expect(ground.locator(".boundary-own")).to_be_visible()
    expect(editor.locator("[data-report]")).to_contain_text("ha")
    assert complaints == []


def test_graphiql_answers_a_request(editor: Page, live_server, complaints):
    ArticlePageFactory(title="Vì người nghèo")
    visit(editor, f"{live_server.url}/graphiql/")
    editor.get_by_role("button", name="Execute query").click()
    expect(editor.locator(".result-window")).to_contain_text("Vì người nghèo")
    assert complaints == []
