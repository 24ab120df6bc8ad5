"""Click to edit: what is clicked in the panel's preview opens its field in the form, and the field with the focus is marked."""

from __future__ import annotations

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.e2e.portal.admin import edit_page, preview_panel
from tests.e2e.portal.graphql import ask, page_id
from tests.portal import Portal

pytestmark = pytest.mark.e2e

ARTICLE = "/tin-tuc/phu-tho-trien-khai-phong-trao-vi-nguoi-ngheo/"
BODY = "query ($path: String!) { page(urlPath: $path) { ... on ArticlePage { body { __typename id } } } }"


def test_a_click_in_the_preview_opens_its_field_and_the_field_with_the_focus_is_marked(
    editor: Page, reader: Page, portal: Portal
):
    article = page_id(portal, ARTICLE)
    body = ask(portal, BODY, path=ARTICLE)["page"]["body"]
    heading = next(block["id"] for block in body if block["__typename"] == "HeadingBlock")
    edit_page(editor, article)
    shown = preview_panel(editor)
    opens(shown, "title", editor.locator("#id_title"))
    expect(marked(shown)).to_have_text(
        "Phú Thọ triển khai phong trào thi đua “Vì người nghèo - Không để ai bị bỏ lại phía sau”"
    )

    # A block that is collapsed is opened.
    block = editor.locator(f'[data-contentpath="{heading.rsplit(".", 1)[1]}"]')
    block.locator("[data-panel-toggle], .w-panel__toggle").first.click()
    expect(block.get_by_role("textbox").first).to_be_hidden()
    opens(shown, f"draft.{heading}", block.get_by_role("textbox").first)
    expect(marked(shown)).to_have_attribute("data-contentpath", f"draft.{heading}")

    # By keyboard; and from the form to the preview.
    opener(shown, "author").press("Enter")
    expect(editor.locator("#id_author")).to_be_focused()
    editor.locator("#id_summary").focus()
    expect(marked(shown)).to_have_class("lead")

    # What another window says is not heard.
    editor.evaluate("postMessage({ source: 'cms-preview', type: 'open', path: 'title' }, '*')")
    editor.evaluate("new Promise(done => setTimeout(done))")
    expect(editor.locator("#id_summary")).to_be_focused()

    # On a narrow screen the panel makes room for the form.
    editor.set_viewport_size({"width": 700, "height": 900})
    opens(shown, "source", editor.locator("#id_source"))
    expect(editor.locator("[data-form-side]")).not_to_be_in_viewport()

    reader.goto(ARTICLE)
    assert reader.locator("[data-contentpath]").count() == 0


def test_it_works_with_polls_and_settings(editor: Page):
    editor.goto("/admin/snippets/polls/poll/edit/1/")
    shown = preview_panel(editor)
    opens(shown, "question", editor.locator("#id_question"))
    # A row that was never saved has no key.
    editor.locator("#id_options-ADD").click()
    editor.fill("#id_options-5-text", "Ý kiến khác")
    expect(shown.get_by_text("Ý kiến khác")).to_be_visible()
    opens(shown, "options.draft.1.options.6.text", editor.locator("#id_options-5-text"))

    editor.goto("/admin/settings/home/sitesettings/")
    shown = preview_panel(editor)
    opens(shown, "hotline", editor.locator("#id_hotline"))
    # Menus are on a tab of their own.
    click(shown, "mainMenuItems")
    expect(
        editor.locator(
            "#id_main_menu_items-FORMS [data-chooser] :focus, #id_main_menu_items-FORMS :focus"
        ).first
    ).to_be_visible()
    expect(marked(shown)).to_have_id("menu-items")


def opener(shown: FrameLocator, path: str) -> Locator:
    """What shows a field in the preview, once the form has said that it has it."""
    return shown.locator(f'[data-contentpath="{path}"][data-contentpath-opens]').first


def opens(shown: FrameLocator, path: str, field: Locator) -> None:
    """A click on what shows a field gives it the focus."""
    click(shown, path)
    try:
        expect(field).to_be_focused()
    except AssertionError:
        # Wagtail put a newer preview in the place of the one that was clicked, whose words then count no longer.
        click(shown, path)
        expect(field).to_be_focused()


def click(shown: FrameLocator, path: str) -> None:
    # The panel makes the page smaller, and Playwright does not know where its elements are then.
    opener(shown, path).dispatch_event("click")


def marked(shown: FrameLocator) -> Locator:
    return shown.locator("[data-contentpath-focused]")
