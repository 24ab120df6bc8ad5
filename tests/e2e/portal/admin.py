"""What an editor does in the admin, by its Vietnamese labels."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from io import BytesIO
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.utils import timezone
from PIL import Image
from playwright.sync_api import APIRequestContext, APIResponse, FrameLocator, Locator, Page, expect

from tests.waiting import wait_until


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
    modal.locator("input[type=file]").set_input_files(picture_file("anh.jpg"))
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
    expect(writing).to_be_focused()
    editor.keyboard.type(text)
    expect(writing).to_contain_text(text)
    # What is written gets into the form a moment later.
    expect(body.locator("input[name$='-value-text']").last).to_have_value(re.compile(re.escape(text)))


def preview_panel(editor: Page) -> FrameLocator:
    """Open the side panel with the preview, and look into it."""
    editor.locator("[data-side-panel-toggle=preview]").click()
    return editor.frame_locator("iframe.w-preview__iframe, iframe[id*=preview]").last


def press_publish(editor: Page) -> None:
    """Press "publish", which may be refused."""
    _press_below(editor, "Xuất bản")


def publish(editor: Page) -> str:
    """Publish what is in the form; the id of the page or snippet."""
    press_in_footer(editor, "Xuất bản")
    address = editor.locator(".messages").get_by_role("link", name="Sửa").get_attribute("href")
    return re.findall(r"/(\d+)/", address or "")[0]


def add_poll(
    editor: Page,
    question: str,
    options: list[str],
    *,
    visibility: str,
) -> str:
    """Make an open poll that is published, by its form, and return its id; values of selects are those of the model."""
    editor.goto("/admin/snippets/polls/poll/add/")
    editor.fill("#id_question", question)
    for number, text in enumerate(options):
        if number > 1:
            editor.locator("#id_options-ADD").click()
        editor.fill(f"#id_options-{number}-text", text)
    editor.select_option("#id_results_visibility", visibility)
    editor.select_option("#id_proof_of_work", "off")
    # Last, because the calendar that opens with it moves what is below; Tab shuts it.
    editor.fill("#id_closes_at", _in_three_days())
    editor.keyboard.press("Tab")
    return publish(editor)


def store_poll(
    editor: Page,
    question: str,
    options: list[str],
    *,
    visibility: str,
    at_most: int = 1,
    changeable: bool = False,
    proof: str = "off",
) -> str:
    """As `add_poll`, without a look at the form: for tests of what readers do with the poll."""
    rows = {f"options-{number}-text": text for number, text in enumerate(options)}
    rows |= {f"options-{number}-ORDER": str(number + 1) for number in range(len(options))}
    answer = store(
        editor.request,
        "/admin/snippets/polls/poll/add/",
        **{"question": question, **rows, "options-TOTAL_FORMS": str(len(options))},
        **({"allows_change": "on"} if changeable else {}),
        **{"max_choices": str(at_most), "results_visibility": visibility, "proof_of_work": proof},
        **{"closes_at": _in_three_days(), "action-publish": "action-publish"},
    )
    return re.findall(r"/poll/edit/(\d+)/", _messages(answer))[0]


def _in_three_days() -> str:
    return (timezone.localtime() + timedelta(days=3)).strftime("%d/%m/%Y %H:%M")


def add_person(request: APIRequestContext, login: str, role: str, password: str) -> None:
    """Make an account with a role, without a look at the form."""
    address = "/admin/users/new/"
    roles = BeautifulSoup(request.get(address).text(), "html.parser").select("label:has([name=groups])")
    [group] = [each.input["value"] for each in roles if each.get_text(strip=True) == role]
    names = {"username": login, "email": f"{login}@example.vn", "first_name": "Người", "last_name": "Thử"}
    store(request, address, **names, password1=password, password2=password, groups=group)


def log_in(request: APIRequestContext, login: str, password: str) -> None:
    """Log in without a look at the form, which the fixture `session` fills in."""
    store(request, "/admin/login/", username=login, password=password)


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


def press_menu(someone: Page, *labels: str) -> None:
    """Press an item of the menu at the left, or one after the other where it has items of its own."""
    menu = someone.get_by_role("navigation", name="Menu chính")
    for label in labels:
        menu.get_by_role("link", name=label, exact=True).or_(
            menu.get_by_role("button", name=label, exact=True)
        ).click()


def press_in_row(someone: Page, title: str, action: str) -> None:
    """Press an action in the menu of the row with this title."""
    row = someone.locator("main tr").filter(has_text=title)
    row.get_by_role("button", name="Thao tác").click()
    offered = someone.get_by_role("link", name=action, exact=True)
    offered.or_(someone.get_by_role("button", name=action, exact=True)).locator("visible=true").click()


def press_in_footer(someone: Page, action: str) -> None:
    """Press what else than "save" the form offers below, and wait until it is done."""
    _press_below(someone, action)
    expect(someone.locator(".messages .success")).to_be_visible()


def _press_below(someone: Page, action: str) -> None:
    someone.locator("footer .w-dropdown__toggle").first.click()
    someone.get_by_role("button", name=action, exact=True).click()


def search_list(someone: Page, words: str, title: str) -> Locator:
    """Type into the search of a list, which needs no press; the link to the form of what it finds."""
    shown = someone.locator("#listing-results > *")
    expect(shown.first).to_be_visible()
    shown.evaluate_all("(elements) => elements.forEach((each) => { each.dataset.before = '' })")
    someone.locator("header [name=q]").fill(words)
    expect(someone.locator("#listing-results > [data-before]")).to_have_count(0)
    return someone.locator("main").get_by_role("link", name=title).first


def open_page(someone: Page, title: str) -> None:
    """Find a page by the search of the desk, which needs no press, and press its title."""
    someone.get_by_placeholder("Tìm mọi trang").fill(title)
    someone.keyboard.press("Enter")
    someone.locator("main").get_by_role("link", name=title).first.click()


def import_articles(someone: Page, *articles: dict[str, Any], publishes: bool = False) -> None:
    """Store articles by "Nhập dữ liệu", without a look at its screens; their list finds them after that."""
    address = f"{_origin(someone)}/admin/imports/"
    lines = "\n".join(json.dumps({"type": "article", **each}) for each in articles)
    file = {"name": "bai.jsonl", "mimeType": "application/jsonl", "buffer": lines.encode()}
    sent = _post(someone, address, file=file, **({"publishes": "on"} if publishes else {}))
    _shown(someone, sent.url, f"Nhập {len(articles)} dòng")
    _post(someone, sent.url)
    _shown(someone, sent.url, "Đã nhập.")
    for each in articles:
        _found(someone, each["title"])


def submit_drafts(someone: Page, words: str) -> None:
    """Send somebody's articles that a search of their list finds for approval."""
    ids = "&".join(f"id={key}" for key in _found(someone, words))
    _post(someone, f"{_origin(someone)}/admin/bulk/articles/articlepage/submit/?next=/admin/&{ids}")


def save_template(someone: Page, title: str, *, pattern: str) -> None:
    """Keep the article with this title as a template of the same name."""
    [key] = _found(someone, title)
    address = f"{_origin(someone)}/admin/articles/templates/save/{key}/"
    _post(someone, address, name=title, title_pattern=pattern)


def add_picture_without_words(someone: Page) -> None:
    """Put a picture into the library as who pastes it into an article does."""
    html = {"name": "html", "mimeType": "text/html", "buffer": b""}
    file = picture_file("doan-vien.jpg")
    token = next(each["value"] for each in someone.context.cookies() if "csrf" in each["name"])
    sent = someone.request.post(
        f"{_origin(someone)}/admin/paste/",
        multipart={"csrfmiddlewaretoken": token, "html": html, "picture": file},
    )
    assert sent.ok, sent.text()


def _origin(someone: Page) -> str:
    return someone.url.split("/admin/")[0]


def _post(someone: Page, address: str, **fields: Any) -> APIResponse:
    form = someone.request.get(address).text()
    token = re.findall('name="csrfmiddlewaretoken" value="(.+?)"', form)[0]
    answer = someone.request.post(address, multipart={"csrfmiddlewaretoken": token, **fields})
    assert answer.ok, answer.text()
    return answer


def store(request: APIRequestContext, address: str, **fields: Any) -> APIResponse:
    """Send the form for something new at this address, and answer the screen that it leads to; fails where it is refused.

    Besides `fields` it holds what its inputs hold, and nothing of its selects, texts and ticks.
    """
    form = BeautifulSoup(request.get(address).text(), "html.parser").select_one("form[method=post i]")
    kept = {each["name"]: each["value"] for each in form.select("input[name][value]:not([type=checkbox])")}
    answer = request.post(address, multipart={**kept, **fields})
    assert answer.ok, answer.text()
    assert urlsplit(answer.url).path != address, f"refused: {answer.text()}"
    return answer


def _messages(answer: APIResponse) -> str:
    """What a screen says of what was done before it, as HTML."""
    return str(BeautifulSoup(answer.text(), "html.parser").select(".messages"))


def _found(someone: Page, words: str) -> list[str]:
    """The ids of what the list of articles finds, as soon as a worker has put it into the index."""
    found = _shown(someone, f"{_origin(someone)}/admin/articles/?q={words}", "/edit/")
    return sorted(set(re.findall(r"/pages/(\d+)/edit/", found)))


def _shown(someone: Page, address: str, words: str) -> str:
    """A page, as soon as these words are on it."""

    def found() -> str:
        text = someone.request.get(address).text()
        return text if words in text else ""

    return wait_until(found, what=f"{words} on {address}")


def picture_file(name: str) -> dict[str, Any]:
    """A picture for a form; no two are alike, of which the library would tell."""
    file = BytesIO()
    Image.new("RGB", (1600, 900), f"#{token_hex(3)}").save(file, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": file.getvalue()}
