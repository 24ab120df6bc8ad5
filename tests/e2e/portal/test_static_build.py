"""The site that is built ahead (examples/static): an event of the CMS builds it anew, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.portal import admin
from tests.e2e.portal.events import signed_event
from tests.e2e.portal.graphql import page_id
from tests.portal import ROOT, Portal, examples_of_this_run, running_starter
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif("static" not in examples_of_this_run(), reason="another of examples/ has its turn"),
]

ARTICLE = "/tin-tuc/phu-tho-trien-khai-phong-trao-vi-nguoi-ngheo/"
NEW = "Tóm tắt viết sau khi trang tĩnh đã dựng."


@pytest.fixture
def site(portal: Portal) -> Iterator[Path]:
    """The folder of the built site, while its receiver runs."""
    with running_starter("static", portal):
        yield ROOT / "examples" / "static" / "_site"


def test_an_event_builds_the_site_anew(site: Path, editor: Page, portal: Portal):
    article = site / ARTICLE.strip("/") / "index.html"
    assert "Vì người nghèo" in article.read_text()
    assert f'href="{ARTICLE}"' in (site / "index.html").read_text()
    admin.edit_page(editor, page_id(portal, ARTICLE))
    editor.fill("#id_summary", NEW)
    admin.publish(editor)

    address = f"{portal.frontend}{ARTICLE}"
    body, headers = signed_event(address, secret="whsec_" + "a" * 32)
    assert editor.request.post(portal.starter, data=body, headers=headers).status == 401
    body, headers = signed_event(address)
    assert editor.request.post(portal.starter, data=body, headers=headers).status == 204
    wait_until(lambda: NEW in article.read_text(), what="the site is built anew")
