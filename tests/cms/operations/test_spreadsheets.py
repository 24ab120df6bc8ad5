"""Exports of all lists of the admin open in a spreadsheet program as they are meant."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.contrib.redirects.models import Redirect

from cms.operations.spreadsheets import as_text
from tests.factories.portal import ArticlePageFactory, CampaignPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LISTS = [
    "articles:index",
    "campaigns:index",
    "wagtailredirects:index",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_reports:aging_pages",
    "poll_report",
    "visit_report",
]


@pytest.fixture(autouse=True, scope="module")
def content(shared: None) -> None:
    ArticlePageFactory(
        title='=HYPERLINK("http://evil.example")',
        author="@SUM(1)",
        published_at=datetime(2026, 1, 11, 20, 30, tzinfo=UTC),
    )
    CampaignPageFactory(title="-1+1")
    Redirect.objects.create(old_path="/cu", redirect_link="https://example.vn/")


def rows(client: Client, name: str) -> list[list[str]]:
    response = client.get(reverse(name), {"export": "csv"}, headers={"accept-language": "vi"})
    text = b"".join(
        chunk if isinstance(chunk, bytes) else chunk.encode() for chunk in response.streaming_content
    )
    assert text.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_marked_as_utf8_and_has_headings_in_words(admin_client: Client, name: str):
    headings = rows(admin_client, name)[0]
    assert headings
    assert [each for each in headings if "_" in each or "." in each or each == each.lower()] == []


def test_articles_are_exported_without_formulas_in_local_time_and_in_vietnamese(admin_client: Client):
    headings, article = rows(admin_client, "articles:index")
    assert headings == ["Tiêu đề", "Ngày đăng", "Chuyên mục", "Phong trào", "Tác giả", "Nguồn", "Đã xuất bản"]
    assert article == [
        '\'=HYPERLINK("http://evil.example")',
        "12/01/2026 03:30:00",
        "",
        "",
        "'@SUM(1)",
        "",
        "Có",
    ]


def test_a_workbook_has_local_time_and_no_formulas(admin_client: Client):
    response = admin_client.get(
        reverse("articles:index"), {"export": "xlsx"}, headers={"accept-language": "vi"}
    )
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    title, published, *_others, live = next(sheet.iter_rows(min_row=2))
    assert (title.value, title.data_type) == ('=HYPERLINK("http://evil.example")', "s")
    assert published.value.isoformat() == "2026-01-12T03:30:00"
    assert live.value == "Có"


@pytest.mark.parametrize("text", ["=1", " =1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1"])
def test_no_text_is_computed(text: str):
    assert as_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "1-2", "Khu công nghiệp"])
def test_other_text_stays_as_it_is(text: str):
    assert as_text(text) == text
