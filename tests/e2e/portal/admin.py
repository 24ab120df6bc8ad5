"""What an editor does in the admin, by its Vietnamese labels."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

from django.utils import timezone
from PIL import Image
from playwright.sync_api import FrameLocator, Page, expect


def add_page(editor: Page, kind: str, below: str) -> None:
    """Open the form for a page of this kind (app/model) below the page with this id."""
    editor.goto(f"/admin/pages/add/{kind}/{below}/")


def edit_page(editor: Page, page_id: str) -> None:
    editor.goto(f"/admin/pages/{page_id}/edit/")


def upload_image(editor: Page, field: str, alt: str) -> None:
    """Choose a picture that is uploaded now."""
    editor.locator(f"#id_{field}-chooser .unchosen button").click()
    modal = editor.locator(".modal-body")
    modal.get_by_role("tab", name="Tải lên").click()
    modal.locator("input[type=file]").set_input_files(
        {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": _picture()}
    )
    modal.locator("#id_image-chooser-upload-title").fill(alt)
    modal.locator("#id_image-chooser-upload-description").fill(alt)
    modal.get_by_role("button", name="Tải lên").click()
    expect(modal).to_have_count(0)
    expect(editor.locator(f"#id_{field}-chooser .chosen")).to_be_visible()


def add_paragraph(editor: Page, text: str) -> None:
    """Write a paragraph at the end of the body."""
    body = editor.locator("[data-contentpath=body]")
    body.locator("button.c-sf-add-button").last.click()
    editor.get_by_role("option", name="Đoạn văn").click()
    writing = body.get_by_role("textbox").last
    writing.click()
    editor.keyboard.type(text)
    expect(writing).to_contain_text(text)
    # What is written gets into the form a moment later.
    expect(body.locator("input[name$='-value-text']").last).to_have_value(re.compile(re.escape(text)))


def preview_panel(editor: Page) -> FrameLocator:
    """Open the side panel with the preview, and look into it."""
    editor.locator("[data-side-panel-toggle=preview]").click()
    return editor.frame_locator("iframe.w-preview__iframe, iframe[id*=preview]").last


def press_publish(editor: Page) -> None:
    editor.locator("footer .w-dropdown__toggle").first.click()
    editor.get_by_role("button", name="Xuất bản", exact=True).click()


def publish(editor: Page) -> str:
    """Publish what is in the form; the id of the page or snippet."""
    press_publish(editor)
    expect(editor.locator(".messages .success")).to_be_visible()
    address = editor.locator(".messages").get_by_role("link", name="Sửa").get_attribute("href")
    return re.findall(r"/(\d+)/", address or "")[0]


def add_poll(
    editor: Page,
    question: str,
    options: list[str],
    *,
    visibility: str,
    at_most: int = 1,
    changeable: bool = False,
    proof: str = "off",
) -> str:
    """Make an open poll that is published, and return its id; values of selects are those of the model."""
    editor.goto("/admin/snippets/polls/poll/add/")
    editor.fill("#id_question", question)
    for number, text in enumerate(options):
        if number > 1:
            editor.locator("#id_options-ADD").click()
        editor.fill(f"#id_options-{number}-text", text)
    editor.fill("#id_max_choices", str(at_most))
    editor.select_option("#id_results_visibility", visibility)
    editor.set_checked("#id_allows_change", changeable)
    editor.select_option("#id_proof_of_work", proof)
    # Last, because the calendar that opens with it moves what is below; Tab shuts it.
    editor.fill("#id_closes_at", (timezone.localtime() + timedelta(days=3)).strftime("%d/%m/%Y %H:%M"))
    editor.keyboard.press("Tab")
    return publish(editor)


def add_person(editor: Page, login: str, role: str, password: str) -> None:
    """Make an account with a role."""
    editor.goto("/admin/users/new/")
    editor.fill("#id_username", login)
    editor.fill("#id_email", f"{login}@example.vn")
    editor.fill("#id_first_name", "Người")
    editor.fill("#id_last_name", "Thử")
    editor.fill("#id_password1", password)
    editor.fill("#id_password2", password)
    editor.locator("#tab-label-roles").click()
    editor.get_by_label(role, exact=True).check()
    editor.locator("main form [type=submit]").last.click()
    expect(editor.locator(".messages .success")).to_be_visible()


def log_in(page: Page, login: str, password: str) -> None:
    page.goto("/admin/login/")
    page.fill("#id_username", login)
    page.fill("#id_password", password)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")


def save_draft(editor: Page) -> None:
    editor.get_by_role("button", name="Lưu bản nháp").click()
    expect(editor.locator(".messages .success")).to_be_visible()


def share_draft(editor: Page, *, note: str, password: str) -> str:
    """Share what was saved last of the page whose form is open; the address of the link."""
    editor.locator(".w-slim-header").get_by_role("button", name="Thao tác").click()
    editor.get_by_role("link", name="Chia sẻ bản nháp này").click()
    editor.fill("#id_note", note)
    editor.fill("#id_password", password)
    editor.get_by_role("button", name="Tạo liên kết").click()
    return editor.locator("#share-address").input_value()


def revoke_share(editor: Page, note: str) -> None:
    editor.goto("/admin/reports/share-links/")
    row = editor.get_by_role("row").filter(has_text=note)
    row.get_by_role("link", name="Thu hồi").click()
    editor.get_by_role("button", name="Thu hồi liên kết").click()
    expect(editor.locator(".messages .success")).to_be_visible()


def unpublish(editor: Page, page_id: str) -> None:
    editor.goto(f"/admin/pages/{page_id}/unpublish/")
    editor.locator("main form [type=submit]").first.click()
    expect(editor.locator(".messages .success")).to_be_visible()


def _picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (1600, 900), "#2f6f8f").save(file, "JPEG")
    return file.getvalue()
