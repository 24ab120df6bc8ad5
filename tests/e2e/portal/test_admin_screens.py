"""What holds on every screen that editors use: accessible, Vietnamese, and fits the telephone of who approves."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.idle import wait_until_idle
from tests.e2e.portal.accessibility import faults
from tests.e2e.portal.graphql import page_id, titles
from tests.e2e.portal.pictures import picture
from tests.portal import Portal
from tests.vietnamese.english import english_in, texts

pytestmark = pytest.mark.e2e

ARTICLE = "/tin-tuc/phu-tho-trien-khai-phong-trao-vi-nguoi-ngheo/"
ZONE = "/cac-khu-cong-nghiep/thuy-van/"
CAMPAIGN = "/phong-trao-thi-dua/vi-nguoi-ngheo/"

LISTS = {
    "ban-lam-viec": "",
    "bai-viet": "articles/",
    "phong-trao": "campaigns/",
    "khu-cong-nghiep": "zones/",
    "binh-chon": "snippets/polls/poll/",
    "van-ban": "snippets/content/legaldocument/",
    "chuyen-muc": "snippets/articles/articlecategory/",
    "mau-bai-viet": "article_templates/",
    "hinh-anh": "images/",
    "anh-cho-hoan-tat": "images/pending/",
    "tai-lieu": "documents/",
    "lich": "desk/calendar/",
    "thung-rac": "trash/",
    "nhap-du-lieu": "imports/",
    "chuyen-huong": "redirects/",
    "trang": "pages/{home}/",
}
FORMS = {
    "sua-bai-viet": "pages/{article}/edit/",
    "lich-su-bai-viet": "pages/{article}/history/",
    "xoa-bai-viet": "pages/{article}/delete/",
    "sua-khu-cong-nghiep": "pages/{zone}/edit/",
    "sua-phong-trao": "pages/{campaign}/edit/",
    "sua-trang-chu": "pages/{home}/edit/",
    "sua-binh-chon": "snippets/polls/poll/edit/1/",
    "ket-qua-binh-chon": "snippets/polls/poll/inspect/1/",
    "them-van-ban": "snippets/content/legaldocument/add/",
    "sua-hinh-anh": "images/1/",
    "them-nhieu-hinh-anh": "images/multiple/add/",
    "them-nhieu-tai-lieu": "documents/multiple/add/",
    "cong-thong-tin": "settings/home/sitesettings/",
    "tai-khoan": "account/",
    "huong-dan": "desk/guide/",
}
REPORTS = {
    "bao-cao-binh-chon": "reports/polls/",
    "bao-cao-chia-se": "reports/share-links/",
    "bao-cao-lich-su": "reports/site-history/",
    "bao-cao-luot-truy-cap": "reports/visits/",
    "bao-cao-duyet": "reports/workflow/",
    "bao-cao-trang-cu": "reports/aging-pages/",
    "bao-cao-loai-trang": "reports/page-types-usage/",
    "bao-cao-trang-khoa": "reports/locked/",
    "quy-trinh": "workflows/list/",
    "them-quy-trinh": "workflows/add/",
    "nguoi-dung": "users/",
    "them-nguoi-dung": "users/new/",
    "bo-suu-tap": "collections/",
    "ngon-ngu": "locales/",
    "webhook": "webhook/",
    "gui-webhook": "reports/webhook-deliveries/",
}
SERIOUS = {"serious", "critical"}
#: What each role may not open.
REFUSED_TO_ADMINISTRATORS = {"quy-trinh", "them-quy-trinh", "ngon-ngu", "webhook", "gui-webhook"}
REFUSED_TO_EDITORS = {
    *REFUSED_TO_ADMINISTRATORS,
    *("chuyen-huong", "xoa-bai-viet", "cong-thong-tin", "bao-cao-trang-khoa", "bo-suu-tap"),
    *("nguoi-dung", "them-nguoi-dung"),
}
REFUSED_TO_REPORTERS = {
    *REFUSED_TO_EDITORS,
    *("van-ban", "them-van-ban", "chuyen-muc", "mau-bai-viet", "bao-cao-luot-truy-cap", "sua-bai-viet"),
    *("lich-su-bai-viet", "sua-khu-cong-nghiep", "sua-phong-trao", "sua-trang-chu", "sua-hinh-anh"),
}
REFUSED = {
    "Phóng viên": REFUSED_TO_REPORTERS,
    "Biên tập viên": REFUSED_TO_EDITORS,
    "Quản trị": REFUSED_TO_ADMINISTRATORS,
}


@pytest.fixture(scope="module")
def pages(portal: Portal) -> dict[str, str]:
    """Ids of pages that have a form of their own."""
    paths = {"home": "/", "article": ARTICLE, "zone": ZONE, "campaign": CAMPAIGN}
    return {name: page_id(portal, path) for name, path in paths.items()}


@pytest.fixture(scope="module")
def english_titles(portal: Portal) -> list[str]:
    """Titles and categories of the English part of the demonstration, which lists show as they are."""
    return [*titles(portal, "en"), "About"]


def english_in_all_but(names: list[str], text: str) -> list[str]:
    """The English words of a text, but for the titles in `names`."""
    for each in names:
        text = text.replace(each, "")
    return english_in(text)


@pytest.mark.parametrize("screens", [LISTS, FORMS, REPORTS], ids=["lists", "forms", "reports"])
def test_a_screen_is_accessible_and_vietnamese(
    screens: dict[str, str], editor: Page, pages: dict[str, str], english_titles: list[str]
):
    found = {}
    for name, address in screens.items():
        answer = editor.goto(f"/admin/{address.format(**pages)}")
        wait_until_idle(editor)
        picture(editor, f"admin-{name}")
        serious = [each for each in faults(editor) if each["impact"] in SERIOUS]
        english = english_in_all_but(english_titles, editor.evaluate("document.body.innerText"))
        if answer.status != 200 or serious or english:
            found[name] = (answer.status, serious, english)
    assert found == {}


@pytest.mark.parametrize("role", REFUSED)
def test_what_a_role_sees_is_vietnamese(
    role: str, desk: Callable[[str], Page], pages: dict[str, str], english_titles: list[str]
):
    someone = desk(role)
    screens = {
        name: f"/admin/{address.format(**pages)}" for name, address in (LISTS | FORMS | REPORTS).items()
    }
    refused = REFUSED[role]
    for name in refused:
        # The desk is drawn once, below, and not for each of them: it shows what all of them say.
        answer = someone.request.get(screens.pop(name), max_redirects=0)
        assert (name, answer.headers.get("location")) == (name, "/admin/")
    someone.goto(screens.pop("ban-lam-viec"))
    expect(someone.locator(".messages li")).to_have_count(len(refused))
    found = {"ban-lam-viec": english_in_all_but(english_titles, someone.evaluate("document.body.innerText"))}
    for name, address in screens.items():
        # What scripts draw is the same for all: the test above has seen it.
        answer = someone.request.get(address)
        found[name] = english_in_all_but(english_titles, " ".join(texts(answer.text())))
        if urlsplit(answer.url).path == "/admin/":
            found[name].append("the desk")
    assert {name: english for name, english in found.items() if english} == {}


def test_who_approves_from_a_telephone_sees_all(editor: Page, pages: dict[str, str]):
    editor.set_viewport_size({"width": 360, "height": 740})
    for name, address in (("ban-lam-viec", ""), ("sua-bai-viet", f"pages/{pages['article']}/edit/")):
        editor.goto(f"/admin/{address}")
        wait_until_idle(editor)
        picture(editor, f"admin-{name}-360")
        assert editor.evaluate("document.documentElement.scrollWidth") <= 360
