"""“Nhập dữ liệu” in the admin."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from articles.models import ArticlePage
from cms.exchange.models import Import
from cms.media.models import Image
from tests.factories.exchange import archive, book, lines, table
from tests.factories.media import drawn
from tests.factories.people import logged_in, person
from tests.factories.portal import list_of_articles
from tests.vietnamese.english import english_in, texts

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

#: What the screen says of a row that holds what no column foresaw.
UNFORESEEN = "Có ô trong dòng này chứa nội dung mà cột không nhận được."
GOOD = {"type": "article", "id": "tot", "title": "Dòng tốt"}
CONTENT = table(["id", "title"], ["1", "Đường mới"], ["2", ""])


def upload(
    client: Client, capture: Any, file: SimpleUploadedFile | None = None, *, kind: str = "article"
) -> str:
    """The address that shows what comes of a file."""
    file = file or SimpleUploadedFile("bai.csv", CONTENT)
    with capture(execute=True):
        return client.post(reverse("exchange_imports"), {"file": file, "kind": kind})["Location"]


def test_a_file_is_checked_then_imported(django_capture_on_commit_callbacks: Any):
    list_of_articles()
    client = logged_in(person("reporter"))
    address = upload(client, django_capture_on_commit_callbacks)
    body = client.get(address).content.decode()
    assert "Nhập 1 dòng" in body
    assert "Tiêu đề: Trường này không được để trắng." in body
    assert [text for text in texts(body) if english_in(text) and "csv" not in text] == []
    assert not ArticlePage.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)
    page = ArticlePage.objects.get()
    assert (page.title, page.live, page.owner.username) == ("Đường mới", False, "reporter")
    assert "Đã nhập." in client.get(address).content.decode()
    run = Import.objects.get()
    assert (run.state, bool(run.file)) == ("done", False)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)
    assert ArticlePage.objects.count() == 1


def test_what_was_imported_stands_once_in_its_history_and_can_come_back(
    django_capture_on_commit_callbacks: Any,
):
    list_of_articles()
    client = logged_in(person("administrator"))
    address = upload(client, django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)
    page = ArticlePage.objects.get()
    page.get_latest_revision().publish()
    page.title = "Đường cũ"
    page.save_revision().publish()
    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert history.count("Đã tạo") == 1
    assert (
        reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, page.revisions.first().pk]) in history
    )


def test_nobody_sees_the_file_of_another_and_who_may_add_nothing_sees_no_form(
    django_capture_on_commit_callbacks: Any,
):
    list_of_articles()
    address = upload(logged_in(person("editor")), django_capture_on_commit_callbacks)
    reporter = logged_in(person("reporter"))
    assert reporter.get(address).status_code == 404
    assert reporter.post(address).status_code == 404
    assert "bai.csv" not in reporter.get(reverse("exchange_imports")).content.decode()
    assert Import.objects.get().file.name.startswith("private/")
    assert logged_in(person()).get(reverse("exchange_imports")).status_code == 302


def test_a_file_that_is_none_is_refused_in_words(django_capture_on_commit_callbacks: Any):
    client = logged_in(person("editor"))
    file = SimpleUploadedFile("bai.pdf", b"%PDF")
    refused = client.post(reverse("exchange_imports"), {"file": file}).content.decode()
    assert "Tệp không thuộc các loại" in refused
    address = upload(client, django_capture_on_commit_callbacks, SimpleUploadedFile("a.xlsx", b"x"))
    assert "bảng tính Excel" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"type": "redirect", "old_path": "http://[::1", "redirect_link": "/"}, "Viết địa chỉ bắt đầu bằng"),
        ({**GOOD, "id": "2", "published_at": "01/01/0001"}, "Đây không phải là ngày giờ."),
        ({**GOOD, "id": "2", "published_at": "9999-12-31T23:59:59-07:00"}, "Đây không phải là ngày giờ."),
        ({"type": "home", "slug": "en", "title": "H", "parent": "/", "language": ["en"]}, UNFORESEEN),
        ({**GOOD, "id": "2", "private": ["login"]}, UNFORESEEN),
        ({**GOOD, "id": "2", "body": [{"type": ["x"], "value": 1}]}, UNFORESEEN),
        ({**GOOD, "id": "2", "title": "a\0b"}, "Có ký tự không dùng được"),
    ],
)
def test_a_row_that_nobody_foresaw_is_refused_alone(
    django_capture_on_commit_callbacks: Any, caplog: Any, record: dict[str, Any], reason: str
):
    list_of_articles()
    client = logged_in(person("administrator"))
    file = SimpleUploadedFile("bai.jsonl", lines(record, GOOD))
    address = upload(client, django_capture_on_commit_callbacks, file)
    body = client.get(address).content.decode()
    assert reason in body
    assert "Nhập 1 dòng" in body
    logged = [each for each in caplog.records if each.name == "cms.exchange.importing" and each.exc_info]
    assert bool(logged) == (reason == UNFORESEEN)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)
    assert Import.objects.get().state == "done"
    assert ArticlePage.objects.get().title == "Dòng tốt"


def test_a_workbook_whose_types_are_numbers_is_checked(django_capture_on_commit_callbacks: Any):
    list_of_articles()
    client = logged_in(person("administrator"))
    sheet = [["type", "id", "title"], [7, "1", "Sai"], ["article", "2", "Đúng"]]
    file = SimpleUploadedFile("bai.xlsx", book(rows=sheet))
    body = client.get(upload(client, django_capture_on_commit_callbacks, file)).content.decode()
    assert "Không có loại “7”." in body
    assert "Nhập 1 dòng" in body


def test_who_may_not_close_a_collection_does_not_by_an_import(django_capture_on_commit_callbacks: Any):
    collection = Collection.get_first_root_node().add_child(name="Trống")
    picture = {"type": "image", "title": "Lễ", "file": "a.png", "collection": "Trống", "private": True}
    content = archive(records_dot_jsonl=lines({**picture, "id": "1"}), a_dot_png=drawn(30, 20).read())
    for role, is_closed in (("reporter", False), ("administrator", True)):
        client = logged_in(person(role))
        address = upload(
            client, django_capture_on_commit_callbacks, SimpleUploadedFile("a.zip", content), kind=""
        )
        with django_capture_on_commit_callbacks(execute=True):
            client.post(address)
        assert collection.get_view_restrictions().exists() is is_closed
        assert Image.objects.exists() is is_closed


def test_who_may_make_collections_has_them_made_by_an_import(django_capture_on_commit_callbacks: Any):
    picture = {"type": "image", "id": "1", "title": "Lễ", "file": "a.png", "collection": "Mới / Kín"}
    content = archive(records_dot_jsonl=lines({**picture, "private": True}), a_dot_png=drawn(30, 20).read())
    for role, made in (("reporter", []), ("administrator", ["Kín"])):
        client = logged_in(person(role))
        address = upload(
            client, django_capture_on_commit_callbacks, SimpleUploadedFile("a.zip", content), kind=""
        )
        with django_capture_on_commit_callbacks(execute=True):
            client.post(address)
        assert list(Image.objects.values_list("collection__name", flat=True)) == made


def test_an_import_that_breaks_off_says_so(
    django_capture_on_commit_callbacks: Any, monkeypatch: Any, caplog: Any
):
    list_of_articles()
    client = logged_in(person("administrator"))
    address = upload(client, django_capture_on_commit_callbacks)

    def broken(*_args: Any, **_options: Any) -> Any:
        raise OSError("the storage is away")

    monkeypatch.setattr("cms.exchange.tasks.read_rows", broken)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)
    run = Import.objects.get()
    assert (run.state, bool(run.file)) == ("failed", True)
    body = client.get(address).content.decode()
    assert "Việc nhập dừng giữa chừng do lỗi hệ thống" in body
    assert 'http-equiv="refresh"' not in body
    assert "the storage is away" in caplog.text
