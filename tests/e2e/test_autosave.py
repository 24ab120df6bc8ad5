"""What an editor types is stored before the header says so, whenever it is typed; saves are held by the test."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from articles.models import ArticlePage
from tests.e2e.holding import Held
from tests.e2e.portal.admin import press_publish
from tests.factories.polls import PollFactory
from tests.factories.portal import ArticlePageFactory, list_of_articles

pytestmark = [pytest.mark.e2e, pytest.mark.one_database, pytest.mark.usefixtures("tree")]

STATE = "data-w-autosave-state-value"


def is_autosave(request: Request) -> bool:
    return request.method == "POST" and request.headers["accept"] == "application/json"


@pytest.fixture
def held(editor: Page, settings) -> Held:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 1
    return Held(editor, is_autosave)


FORMS = {
    "summary": (ArticlePageFactory, "/admin/pages/{}/edit/"),
    "question": (PollFactory, "/admin/snippets/polls/poll/edit/{}/"),
}


def indicator(editor: Page) -> Locator:
    return editor.locator("#w-autosave-indicator")


@pytest.mark.parametrize("name", FORMS)
def test_what_is_typed_at_once_and_while_an_autosave_is_under_way_is_stored(
    editor: Page, live_server, held: Held, name: str
):
    list_of_articles()
    factory, address = FORMS[name]
    content = factory()
    editor.goto(f"{live_server.url}{address.format(content.pk)}", wait_until="domcontentloaded")
    field = editor.locator(f"#id_{name}")
    with held.next():
        field.fill("Một")
    field.fill("Một, hai")
    with held.next():
        held.release()
    expect(indicator(editor)).to_have_attribute(STATE, "saving")
    held.release()
    expect(indicator(editor)).to_have_attribute(STATE, "saved")
    said = field.evaluate(
        """(field) => {
            field.value = "Một, hai, ba";
            field.dispatchEvent(new InputEvent("input", { bubbles: true }));
            return document.querySelector("#w-autosave-indicator").dataset.wAutosaveStateValue;
        }"""
    )
    assert said != "saved"
    content.refresh_from_db()
    assert getattr(content.get_latest_revision_as_object(), name) == "Một, hai"


def test_a_submit_waits_for_the_autosave_of_a_new_page_and_is_the_last_to_save(
    editor: Page, live_server, held: Held
):
    index = list_of_articles()
    editor.goto(f"{live_server.url}/admin/pages/add/articles/articlepage/{index.pk}/")
    editor.fill("#id_title", "Bài mới")
    with held.next():
        editor.fill("#id_summary", "Tóm tắt.")
    editor.fill("#id_summary", "Tóm tắt đầy đủ.")
    press_publish(editor)
    with editor.expect_navigation():
        held.release()
    expect(editor.locator(".messages .success")).to_be_visible()
    published = ArticlePage.objects.get(title="Bài mới")
    assert (published.live, published.summary) == (True, "Tóm tắt đầy đủ.")
