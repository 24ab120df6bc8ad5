"""What editors may upload, through each form that takes a file."""

from __future__ import annotations

import gc
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from cms.media.file_types import CHECKS
from cms.media.models import Document, Image
from tests.factories import uploads
from tests.factories.media import SVG

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
NO_IMAGE = "Hãy tải lên một hình ảnh hợp lệ. Tệp bạn tải lên không phải là hình ảnh hoặc đã hỏng."

Upload = Callable[[Client, str, bytes], str | None]


def _values(**values: Any) -> dict[str, Any]:
    return {
        "title": "T",
        "description": "What it shows",
        "collection": Collection.get_first_root_node().pk,
        **values,
    }


def through_the_form(kind: str) -> Upload:
    def upload(client: Client, name: str, content: bytes) -> str | None:
        """The error that the editor is shown; None where the file is taken."""
        file = SimpleUploadedFile(name, content)
        response = client.post(reverse(f"{kind}:add"), _values(file=file))
        return None if response.status_code == 302 else response.context["form"].errors["file"][0]

    return upload


def through_many_at_once(kind: str) -> Upload:
    def upload(client: Client, name: str, content: bytes) -> str | None:
        file = SimpleUploadedFile(name, content)
        answer = client.post(reverse(f"{kind}:add_multiple"), _values(**{"files[]": file})).json()
        return None if answer["success"] else answer["error_message"]

    return upload


def through_the_chooser(kind: str, address: str) -> Upload:
    def upload(client: Client, name: str, content: bytes) -> str | None:
        file = SimpleUploadedFile(name, content)
        prefix = "image-chooser-upload" if "images" in kind else "document-chooser-upload"
        values = {f"{prefix}-{key}": value for key, value in _values(file=file).items()}
        response = client.post(reverse(f"{kind}_chooser:create") + address, values)
        answer = json.loads(response.content)
        if answer["step"] in {"chosen", "select_format"}:
            return None
        return (
            response.context["creation_form"].errors["file"][0]
            if response.context
            else answer["htmlFragment"]
        )

    return upload


IMAGES = {
    "form": through_the_form("wagtailimages"),
    "many": through_many_at_once("wagtailimages"),
    "chooser": through_the_chooser("wagtailimages", ""),
    "rich text": through_the_chooser("wagtailimages", "?select_format=true"),
}
DOCUMENTS = {
    "form": through_the_form("wagtaildocs"),
    "many": through_many_at_once("wagtaildocs"),
    "chooser": through_the_chooser("wagtaildocs", ""),
}
every_way_for_images = pytest.mark.parametrize("upload", IMAGES.values(), ids=IMAGES)
every_way_for_documents = pytest.mark.parametrize("upload", DOCUMENTS.values(), ids=DOCUMENTS)


@pytest.fixture
def editor(admin_client: Client) -> Client:
    admin_client.defaults["HTTP_ACCEPT_LANGUAGE"] = "vi"
    return admin_client


@every_way_for_images
def test_pictures_of_all_formats_are_taken(editor: Client, upload: Upload) -> None:
    for kind, name in [
        ("PNG", "a.png"),
        ("JPEG", "a.jpg"),
        ("JPEG", "b.JPEG"),
        ("GIF", "a.gif"),
        ("WEBP", "a.webp"),
        ("AVIF", "a.avif"),
    ]:
        assert upload(editor, name, uploads.noise(kind, 20)) is None, name
    assert upload(editor, "moving.gif", uploads.gif(300)) is None
    assert upload(editor, "moving.webp", uploads.animation("WEBP", 20)) is None


@every_way_for_images
@pytest.mark.parametrize("name", ["a.svg", "a.png", "a.jpg", "a.svg.png", "a.PNG"])
@pytest.mark.parametrize(
    "content",
    [SVG, b"<?xml version='1.0'?>" + SVG, HTML, b"GIF89a/*" + HTML, b"", uploads.PDF],
    ids=["svg", "xml", "html", "polyglot", "empty", "pdf"],
)
def test_what_is_no_picture_is_refused_under_any_name(
    editor: Client, upload: Upload, name: str, content: bytes
) -> None:
    error = upload(editor, name, content)
    assert error in {NO_IMAGE, "Tệp gửi lên không có nội dung."}
    assert not Image.objects.exists()


@every_way_for_images
def test_picture_under_another_name_is_refused(editor: Client, upload: Upload) -> None:
    picture = uploads.noise("PNG", 20)
    assert (
        upload(editor, "a.jpg", picture)
        == "Không phải là ảnh .jpeg hợp lệ. Phần mở rộng không khớp với định dạng của tệp (png)"
    )
    for name in ("a.svg", "a.html", "a.png.html", "a"):
        assert (
            upload(editor, name, picture)
            == "Định dạng ảnh không được hỗ trợ. Các định dạng được hỗ trợ: AVIF, GIF, JPG, JPEG, PNG, WEBP."
        ), name
    assert not Image.objects.exists()


@every_way_for_images
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_picture_that_breaks_off_is_refused(editor: Client, upload: Upload, kind: str) -> None:
    whole = uploads.noise(kind)
    assert upload(editor, f"a.{kind.lower()}", whole[: len(whole) * 2 // 3]) == NO_IMAGE
    assert not Image.objects.exists()


BOMBS = {
    "30000 x 30000": ("a.png", lambda: uploads.png_bomb(30_000), "không rõ số lượng"),
    "13000 x 13000": ("a.png", lambda: uploads.png_bomb(13_000), "169000000"),
    "9000 x 9000": ("a.png", lambda: uploads.png_bomb(9000), "81000000"),
    "16000 x 16000 in 34 bytes": (
        "a.webp",
        lambda: bytes.fromhex("524946461a000000574542505650384c0e0000002f7ffe9f0f071011fd0f4444ff03"),
        "không rõ số lượng",
    ),
}


@every_way_for_images
@pytest.mark.parametrize(("name", "made", "found"), BOMBS.values(), ids=BOMBS)
def test_picture_of_too_many_pixels_is_refused_without_being_opened(
    editor: Client, upload: Upload, name: str, made: Callable[[], bytes], found: str
) -> None:
    content = made()
    upload(editor, "warm.png", uploads.noise("PNG", 20))
    error, megabytes = measured(lambda: upload(editor, name, content))
    assert error == f"Ảnh này có quá nhiều điểm ảnh ({found}). Số điểm ảnh tối đa là 60000000."
    assert megabytes < 20
    assert set(Image.objects.values_list("width", flat=True)) <= {20}


@every_way_for_images
@pytest.mark.parametrize(("name", "frames"), [("a.gif", 301), ("a.gif", 100_000), ("a.webp", 1000)])
def test_animation_of_too_many_pictures_is_refused(
    editor: Client, upload: Upload, name: str, frames: int
) -> None:
    content = uploads.gif(frames) if name == "a.gif" else uploads.animation("WEBP", frames)
    assert upload(editor, name, content) == "Ảnh động này có hơn 300 hình; chỉ cho phép nhiều nhất 300 hình."


@every_way_for_images
def test_picture_of_too_many_bytes_is_refused(editor: Client, upload: Upload, settings: LazySettings) -> None:
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 1024
    error = upload(editor, "a.png", uploads.noise("PNG", 200))
    assert error.startswith("Tệp này quá lớn (")
    assert error.endswith("Dung lượng tối đa là 1,0\xa0KB.")


@every_way_for_documents
def test_documents_of_all_types_are_taken(editor: Client, upload: Upload) -> None:
    for name, content in HONEST.items():
        assert upload(editor, name, content) is None, name
    assert Document.objects.count() == len(HONEST)


HONEST = {
    "a.pdf": uploads.PDF,
    "b.PDF": uploads.PDF,
    "a.docx": uploads.office("word"),
    "locked.docx": uploads.OLE,
    "a.xlsx": uploads.office("xl"),
    "a.pptx": uploads.office("ppt"),
    "a.odt": uploads.open_document("text"),
    "a.ods": uploads.open_document("spreadsheet"),
    "a.odp": uploads.open_document("presentation"),
    "a.doc": uploads.OLE,
    "rich.doc": rb"{\rtf1 abc}",
    "a.xls": uploads.OLE,
    "a.ppt": uploads.OLE,
    "a.zip": uploads.archive({"a.txt": b"a"}),
    "a.txt": "Kế hoạch số 4524\r\n\tchung tay".encode(),
    "bom.txt": "\ufeffKế hoạch < 5 ha".encode(),
    "excel.csv": "Khu\tDiện tích\r\nThụy Vân\t335".encode("utf-16"),
    "a.csv": b"a;b\n1;2\n",
    "old.csv": "Vĩnh Phúc".encode("cp1258", "replace"),
    "a.geojson": b' {"type": "FeatureCollection", "features": []}',
}
DISHONEST = {
    "html.pdf": HTML,
    "html.txt": HTML,
    "html.csv": b"\xef\xbb\xbf \n" + HTML,
    "html16.csv": HTML.decode().encode("utf-16"),
    "html.geojson": HTML,
    "html.doc": HTML,
    "html.xls": HTML,
    "html.zip": HTML,
    "svg.txt": SVG,
    "xml.csv": b"<?xml version='1.0'?>" + SVG,
    "late.pdf": HTML + uploads.PDF,
    "word.xlsx": uploads.office("word"),
    "zip.docx": uploads.archive({"a.exe": b"MZ"}),
    "text.odt": uploads.open_document("spreadsheet"),
    "docx.odt": uploads.office("word"),
    "program.pdf": b"MZ\x90\x00" + bytes(100),
    "program.txt": b"\x7fELF" + bytes(100),
    "program.csv": b"a,b\x00\x01\x02",
    "list.geojson": b"[1, 2]",
    "png.pdf": uploads.noise("PNG", 20),
}


@every_way_for_documents
def test_documents_that_are_something_else_are_refused(editor: Client, upload: Upload) -> None:
    for name, content in DISHONEST.items():
        ending = name.split(".")[1]
        message = f"Đây không phải là tệp .{ending}: nội dung của tệp là loại khác hoặc đã hỏng."
        assert upload(editor, name, content) == message, name
    assert not Document.objects.exists()


@every_way_for_documents
def test_documents_of_other_types_are_refused(editor: Client, upload: Upload) -> None:
    for name in ("a.html", "a.htm", "a.svg", "a.xml", "a.exe", "a.pdf.html", "a.js", "a.docm", "a", "a.hta"):
        error = upload(editor, name, HTML)
        assert error.startswith("Không nhận tệp có phần mở rộng “"), (name, error)
    assert not Document.objects.exists()


@every_way_for_documents
def test_document_of_too_many_bytes_is_refused(
    editor: Client, upload: Upload, settings: LazySettings
) -> None:
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 10
    error = upload(editor, "a.pdf", uploads.PDF)
    assert error.startswith("Tệp này quá lớn (")


@every_way_for_documents
def test_office_file_is_not_unpacked(editor: Client, upload: Upload, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = uploads.office("word", bytes(100_000_000))
    assert len(bomb) < 200_000

    def unpacked(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("an archive was opened")

    monkeypatch.setattr(zipfile.ZipFile, "__init__", unpacked)
    upload(editor, "warm.docx", uploads.OLE)
    error, megabytes = measured(lambda: upload(editor, "bomb.docx", bomb))
    assert error is None
    assert megabytes < 20
    document = Document.objects.get(file__contains="bomb")
    assert editor.get(document.url).getvalue() == bomb


def measured(work: Callable[[], Any]) -> tuple[Any, float]:
    """What `work` answers, and how much the process grew meanwhile at the most, in megabytes."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # The peak is what is used now.
    before = _peak()
    answer = work()
    return answer, _peak() - before


def _peak() -> float:
    [line] = [each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


NAMES = [
    "../../../etc/passwd.pdf",
    "..\\..\\windows\\a.pdf",
    "/etc/cron.d/a.pdf",
    "a\x00b\x1fc\x7f.pdf",
    "\u202efdp.exe.pdf",
    "\u2066a\u2069.pdf",
    "<img src=x onerror=alert(1)>.pdf",
    "a" * 250 + ".pdf",
    "Kế hoạch số 4524 (bản 2).pdf",
    "CON.pdf",
    ".htaccess.pdf",
    "a;rm -rf $HOME.pdf",
    '"quoted".pdf',
]


@pytest.mark.parametrize("name", NAMES)
def test_stored_names_are_plain_and_stay_in_their_folder(
    editor: Client, settings: LazySettings, name: str
) -> None:
    assert DOCUMENTS["form"](editor, name, uploads.PDF) is None
    assert IMAGES["form"](editor, name.replace(".pdf", ".png"), uploads.noise("PNG", 20)) is None
    stored = Document.objects.get().file
    assert str(stored.path).startswith(f"{settings.MEDIA_ROOT}/documents/")
    assert set("/\\\x00\r\n\"'<>:; \u202e\u2066").isdisjoint(stored.name.removeprefix("documents/"))
    assert len(stored.name) <= 100
    assert Document.objects.get().filename.endswith(".pdf")
    image = Image.objects.get().file
    assert str(image.path).startswith(f"{settings.MEDIA_ROOT}/original_images/")
    assert image.name.isascii()
    assert set("/\\\"'<>:; ").isdisjoint(image.name.removeprefix("original_images/"))
    assert editor.get(Document.objects.get().url).status_code == 200


def test_far_too_large_request_is_not_even_received(editor: Client, settings: LazySettings) -> None:
    settings.CMS_MAX_UPLOAD_BYTES = 1000
    file = SimpleUploadedFile("a.pdf", uploads.PDF + bytes(2000))
    response = editor.post(reverse("wagtaildocs:add"), {"title": "T", "file": file})
    assert response.status_code == 400
    assert not Document.objects.exists()


def test_document_whose_title_is_too_long_can_be_given_another(editor: Client) -> None:
    values = {"title": "t" * 300, "files[]": SimpleUploadedFile("a.pdf", uploads.PDF)}
    answer = editor.post(reverse("wagtaildocs:add_multiple"), values).json()
    key = answer["uploaded_file_id"]
    address = reverse("wagtaildocs:create_multiple_from_uploaded_document", args=(key,))
    prefix = f"uploaded-document-{key}"
    saved = editor.post(
        address,
        {
            f"{prefix}-title": "Short",
            f"{prefix}-tags": "",
            f"{prefix}-collection": Collection.get_first_root_node().pk,
        },
    )
    assert saved.json()["success"] is True
    assert Document.objects.get().title == "Short"


def test_every_type_of_documents_is_known_by_its_content(settings: LazySettings) -> None:
    assert set(CHECKS) == set(settings.WAGTAILDOCS_EXTENSIONS) == set(settings.WAGTAILDOCS_CONTENT_TYPES)


def test_no_picture_is_a_document_that_runs_scripts(settings: LazySettings) -> None:
    assert set(settings.WAGTAILIMAGES_EXTENSIONS) == {"avif", "gif", "jpg", "jpeg", "png", "webp"}
