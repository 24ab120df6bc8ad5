"""The starters of examples/: home, list, article, preview, vote, and what an event of the CMS does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import APIResponse, Page, expect

from tests.e2e.portal import admin
from tests.e2e.portal.events import signed_event
from tests.e2e.portal.graphql import page_id
from tests.portal import Portal, examples_of_this_run, running_starter

pytestmark = pytest.mark.e2e

ARTICLE = "/tin-tuc/phu-tho-trien-khai-phong-trao-vi-nguoi-ngheo/"
#: Longer than a vote on a busy machine: the starter asks for a token, perhaps for a proof, and then votes.
VOTING = 60_000


@pytest.fixture(params=[name for name in ("nextjs", "astro") if name in examples_of_this_run()])
def starter(request: pytest.FixtureRequest, portal: Portal, visitor: Callable[..., Page]) -> Iterator[Page]:
    """A reader at a starter."""
    with running_starter(request.param, portal):
        yield visitor(base_url=portal.starter)


def told(starter: Page, url: str, **how: str) -> APIResponse:
    """What the starter answers to an event about the page at this address."""
    body, headers = signed_event(url, **how)
    return starter.request.post("/api/cms/", data=body, headers=headers)


def test_a_starter_shows_previews_votes_and_renews_what_it_kept(starter: Page, editor: Page, portal: Portal):
    # Home, its list, an article from it.
    starter.goto("/")
    expect(starter.get_by_role("link", name="Trang sau")).to_be_visible()
    starter.goto("/tin-tuc/")
    first = starter.locator("main li a").first.inner_text()
    starter.get_by_role("link", name="Trang sau").click()
    expect(starter.locator("main li a").first).not_to_have_text(first)
    assert starter.goto(ARTICLE).status == 200
    expect(starter.locator("h1")).to_contain_text("Phú Thọ triển khai phong trào")
    expect(starter.locator("article h2").first).to_be_visible()
    assert starter.goto("/khong-co-trang-nay/").status == 404

    # A vote, from another site than the CMS's: by a token, and counted.
    starter.goto("/")
    question = starter.locator("form").first
    question.locator("input").first.check()
    question.get_by_role("button", name="Bình chọn").click()
    expect(question.get_by_role("status")).to_contain_text("Đã ghi nhận", timeout=VOTING)

    # A draft, by its token.
    article = page_id(portal, ARTICLE)
    address = editor.request.get(f"/admin/pages/{article}/view_draft/", max_redirects=0).headers["location"]
    preview = starter.goto(f"/preview/?{urlsplit(address).query}&inPanel=true")
    assert preview.status == 200
    expect(starter.locator("h1")).to_have_attribute("data-contentpath", "title")
    assert preview.headers["cache-control"] == "no-store"
    assert preview.headers["x-robots-tag"] == "noindex"
    assert preview.headers["content-security-policy"] == f"frame-ancestors 'self' {portal.cms}"
    assert starter.goto("/preview/?contentType=articles.ArticlePage&token=x").status in {403, 404}

    # What was kept stays until an event names it, and only the CMS can send one.
    admin.edit_page(editor, article)
    editor.fill("#id_summary", "Tóm tắt mới của bài viết.")
    admin.publish(editor)
    text = starter.get_by_text("Tóm tắt mới của bài viết.")
    assert told(starter, portal.frontend + ARTICLE, secret="whsec_" + "A" * 32).status == 401
    starter.goto(ARTICLE)
    expect(text).to_have_count(0)
    assert told(starter, portal.frontend + ARTICLE).status == 204
    starter.goto(ARTICLE)
    expect(text).to_be_visible()
