"""What an editor copies elsewhere and pastes, in a real browser."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.models import ArticlePage
from cms.media.models import Image
from tests.cms.content.pasting.samples import WORD
from tests.e2e.portal.admin import save_draft
from tests.factories.blocks import page_with_body, raw
from tests.factories.media import drawn

pytestmark = [pytest.mark.e2e, pytest.mark.one_database]

#: Dispatches what a browser does when somebody presses Ctrl and V, or lets go of a file.
DISPATCH = """(element, [kind, formats, files]) => {
  const data = new DataTransfer();
  Object.entries(formats).forEach(([type, text]) => data.setData(type, text));
  files.forEach(([name, type, content]) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    data.items.add(new File([bytes], name, { type }));
  });
  const options = { bubbles: true, cancelable: true };
  element.dispatchEvent(kind === "paste"
    ? new ClipboardEvent("paste", { ...options, clipboardData: data })
    : new DragEvent("drop", { ...options, dataTransfer: data }));
}"""


def dispatch(target: Locator, kind: str, formats: dict[str, str], *files: bytes) -> None:
    encoded = [["anh.png", "image/png", base64.b64encode(file).decode()] for file in files]
    target.evaluate(DISPATCH, [kind, formats, encoded])


def body_of(page: ArticlePage) -> list[tuple[str, Any]]:
    """The body as it was saved last."""
    body = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object().body
    return [(block["type"], block["value"]) for block in body.get_prep_value()]


TABLE = {
    "columns": [{"type": "text", "heading": "Tên"}, {"type": "number", "heading": "Diện tích"}],
    "rows": [{"values": ["A", 1]}, {"values": ["B", 2]}],
    "caption": "",
}


def test_what_is_pasted_becomes_blocks_and_cells(editor: Page, live_server):
    page = page_with_body(raw("paragraph", text="<p>Trước. Sau.</p>"), raw("data_table", table=TABLE))
    editor.goto(f"{live_server.url}/admin/pages/{page.pk}/edit/")
    body = editor.locator("[data-contentpath=body]")
    note = editor.locator("[data-paste-note]")
    paste_word(editor, body, note)
    paste_range(body, note)
    dispatch(body.locator("[data-streamfield-child]").last, "drop", {}, drawn(80, 40).read())
    expect(note).to_contain_text("Đã dán thành 1 khối.")
    save_draft(editor)

    one, two = Image.objects.order_by("pk")
    assert (one.width, one.description, two.width) == (60, "Cổng khu công nghiệp", 80)
    kinds, values = zip(*body_of(page), strict=True)
    assert kinds == (
        *("paragraph", "heading", "paragraph", "data_table", "picture", "paragraph"),
        *("data_table", "picture"),
    )
    assert "Trước. Thêm <b>đậm</b></p>" in values[0]["text"]
    assert values[1] == {"text": "I. Diện tích", "level": "2"}
    assert "m<sup>2</sup>" in values[2]["text"]
    assert values[3]["table"]["rows"] == [{"values": ["Thụy Vân", "3.350.000,5"]}, {"values": ["Cộng", ""]}]
    assert "Sau.</p>" in values[5]["text"]
    assert [values[4]["image"], values[7]["image"]] == [one.pk, two.pk]
    assert [column["type"] for column in values[6]["table"]["columns"]] == ["text", "number", "text"]
    assert [row["values"] for row in values[6]["table"]["rows"]] == [
        ["A", "1", ""],
        ["Thụy Vân", "1234.5", 'x "y" z'],
        ["Cẩm Khê", None, ""],
        ["Phú Hà", "356", "c"],
    ]


def paste_word(editor: Page, body: Locator, note: Locator) -> None:
    """Once to see it undone; then after some words that are pasted, too, in the middle of the text."""
    png = drawn(60, 40).read()
    rtf = r"{\rtf1{\*\shppict{\pict{\*\picprop}\picw60\pngblip\bliptag1{\*\blipuid 0a}" + png.hex() + "}}}"
    word = {"text/html": WORD, "text/rtf": rtf, "text/plain": "I. Diện tích"}
    writing = body.get_by_role("textbox").first
    writing.click()
    dispatch(writing, "paste", word)
    expect(note).to_contain_text("Đã bỏ: kiểu chữ, cỡ chữ và màu; mã riêng của Word;")
    note.get_by_role("button", name="Hoàn tác").click()
    expect(body.locator("[data-streamfield-child]")).to_have_count(2)
    expect(body.get_by_text("Trước. Sau.")).to_be_visible()
    writing.click()
    editor.keyboard.press("Home")
    for _letter in "Trước. ":
        editor.keyboard.press("ArrowRight")
    dispatch(writing, "paste", {"text/html": "<p>Thêm <b style='color:red'>đậm</b></p>"})
    expect(writing).to_contain_text("Trước. Thêm đậmSau.")
    dispatch(writing, "paste", word)
    expect(note).to_contain_text("Đã dán thành 5 khối.")


def paste_range(body: Locator, note: Locator) -> None:
    """Three rows and columns of Excel, from the second row of a grid of two and two on."""
    cells = 'Thụy Vân\t1.234,5\t"x ""y""\nz"\r\nCẩm Khê\tchưa rõ\t\r\nPhú Hà\t356\tc\r\n'
    row = body.locator(".typed-table-block").last.locator("tbody tr").nth(1)
    dispatch(row.locator("input[type=text]").first, "paste", {"text/plain": cells})
    expect(note).to_contain_text(
        "Đã dán 3 hàng, 3 cột. 1 ô không có chỗ, hoặc không phải là số trong cột số."
    )
