"""A form for an upload that is refused keeps the file that was chosen, for who chose it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import Collection, UploadedFile

from cms.media import kept_files
from cms.media.models import Document, Image
from tests.factories.media import drawn
from tests.factories.people import logged_in, person
from tests.factories.uploads import PDF

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ADD = "/admin/images/add/"


def sent(**values: Any) -> dict[str, Any]:
    return {"title": "Cổng", "collection": Collection.get_first_root_node().pk, "tags": "", **values}


def picture(name: str = "cong.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, drawn(20, 20).read(), content_type="image/png")


def kept(html: str) -> str:
    """The number that stands in the form for the file that it keeps."""
    return re.findall(r'name="[a-z-]*file-kept" value="([0-9]+)"', html)[0]


def refused(client: Client, **values: Any) -> str:
    response = client.post(ADD, sent(**values))
    assert response.status_code == 200
    return response.content.decode()


def test_a_picture_without_alternative_text_stays_chosen(
    admin_client: Client, django_capture_on_commit_callbacks: Any
):
    html = refused(admin_client, file=picture())
    assert "Tệp cong.png vẫn được giữ." in html
    # Refused a second time, it is still there.
    html = refused(admin_client, **{"file-kept": kept(html)})
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin_client.post(ADD, sent(description="Cổng chào", **{"file-kept": kept(html)}))
    assert answer.status_code == 302
    image = Image.objects.get()
    assert (image.description, image.width, image.file.read()[:4]) == ("Cổng chào", 20, b"\x89PNG")
    assert not UploadedFile.objects.exists()


def test_another_file_takes_the_place_of_the_one_that_is_kept(admin_client: Client):
    number = kept(refused(admin_client, file=picture()))
    other = SimpleUploadedFile("khac.png", drawn(30, 30).read(), content_type="image/png")
    answer = admin_client.post(ADD, sent(description="Khác", file=other, **{"file-kept": number}))
    assert answer.status_code == 302
    assert Image.objects.get().width == 30


@pytest.mark.parametrize("number", ["own", "0", "x", "9" * 30])
def test_a_file_is_kept_for_who_chose_it_and_nobody_else(admin_client: Client, number: str):
    own = kept(refused(admin_client, file=picture()))
    other = logged_in(person("superuser"))
    html = refused(other, description="Cổng", **{"file-kept": own if number == "own" else number})
    assert "file-kept" not in html
    assert not Image.objects.exists()


def test_a_file_that_is_refused_itself_is_not_kept(admin_client: Client):
    broken = SimpleUploadedFile("x.png", b"no picture", content_type="image/png")
    assert "file-kept" not in refused(admin_client, description="Cổng", file=broken)
    assert not UploadedFile.objects.exists()


def test_files_that_are_kept_make_room_among_themselves_alone(admin_client: Client, monkeypatch: Any):
    monkeypatch.setattr(kept_files, "MOST_KEPT", 1)
    for width in (20, 30):
        file = SimpleUploadedFile(f"{width}.png", drawn(width, 20).read(), content_type="image/png")
        admin_client.post("/admin/images/multiple/add/", {"title": "", "files[]": file})
    pending = set(UploadedFile.objects.values_list("pk", flat=True))
    numbers = [kept(refused(admin_client, file=picture())) for _time in range(2)]
    assert set(UploadedFile.objects.values_list("pk", flat=True)) == {*pending, int(numbers[1])}
    assert "file-kept" not in refused(admin_client, **{"file-kept": str(min(pending))})


def test_a_picture_chosen_in_a_page_stays_chosen_too(admin_client: Client):
    address = "/admin/images/chooser/create/"
    prefixed = {f"image-chooser-upload-{name}": value for name, value in sent(file=picture()).items()}
    html = admin_client.post(address, prefixed).json()["htmlFragment"]
    again = {f"image-chooser-upload-{name}": value for name, value in sent(description="Cổng").items()}
    answer = admin_client.post(address, {**again, "image-chooser-upload-file-kept": kept(html)})
    assert answer.json()["step"] == "chosen"
    assert Image.objects.count() == 1


def test_a_document_without_a_title_stays_chosen(admin_client: Client):
    address = "/admin/documents/add/"
    file = SimpleUploadedFile("cv.pdf", PDF, content_type="application/pdf")
    html = admin_client.post(address, sent(title="", file=file)).content.decode()
    assert admin_client.post(address, sent(**{"file-kept": kept(html)})).status_code == 302
    assert Document.objects.get().title == "Cổng"


def test_who_adds_many_is_told_which_are_not_stored_yet(admin_client: Client):
    answer = admin_client.post("/admin/images/multiple/add/", {"title": "gate", "files[]": picture()}).json()
    assert "Chưa vào thư viện: điền các mục còn thiếu ở đây, hoặc để sau" in answer["form"]
    assert UploadedFile.objects.count() == 1
