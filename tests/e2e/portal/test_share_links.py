"""A draft for somebody without an account: by a link, with a password, until it is revoked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.portal import admin
from tests.e2e.portal.graphql import page_id
from tests.portal import Portal

pytestmark = pytest.mark.e2e

ARTICLE = "/tin-tuc/phu-tho-trien-khai-phong-trao-vi-nguoi-ngheo/"
DRAFT = "Tóm tắt đang chờ góp ý."
PASSWORD = "gop-y-truoc-thu-sau"


def test_a_share_link_opens_a_draft_until_it_is_revoked(
    editor: Page, visitor: Callable[..., Page], portal: Portal
):
    admin.edit_page(editor, page_id(portal, ARTICLE))
    editor.fill("#id_summary", DRAFT)
    admin.save_draft(editor)
    address = admin.share_draft(editor, note="Phòng Đầu tư", password=PASSWORD)

    guest = visitor()
    guest.goto(address)
    guest.fill("#password", "khong-phai-mat-khau")
    guest.get_by_role("button", name="Xem bản nháp").click()
    expect(guest.get_by_role("alert")).to_have_text("Mật khẩu không đúng.")
    guest.fill("#password", PASSWORD)
    guest.get_by_role("button", name="Xem bản nháp").click()
    expect(guest.get_by_text(DRAFT).first).to_be_visible()
    assert guest.url.startswith(f"{portal.frontend}/preview/")
    expect(guest.get_by_text("Bản xem trước").first).to_be_visible()

    reader = visitor()
    reader.goto(ARTICLE)
    expect(reader.get_by_text(DRAFT)).to_have_count(0)

    admin.revoke_share(editor, "Phòng Đầu tư")
    assert guest.reload().status in {403, 404}
    expect(guest.get_by_text(DRAFT)).to_have_count(0)
    assert guest.goto(address).status == 404
    expect(guest.get_by_role("heading", level=1)).to_have_text("Liên kết này không mở được")
