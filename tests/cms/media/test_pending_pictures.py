"""Pictures that were uploaded without their words: a table completes them, and tells of what the library has."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection, UploadedFile

from cms.media.models import Image
from tests.client import GraphQLClient
from tests.factories.media import ImageFactory, drawn
from tests.factories.people import logged_in, person

pytestmark = pytest.mark.django_db

URL = "/admin/images/pending/"


@pytest.fixture
def browser() -> Any:
    return logged_in(person("reporter"))


def upload(browser: Any, width: int) -> tuple[int, str]:
    """Send a picture by the form for many; the number of the upload, and what its form says."""
    file = SimpleUploadedFile(f"cong-{width}.png", drawn(width, 20).read(), content_type="image/png")
    answer = browser.post("/admin/images/multiple/add/", {"title": "cong", "files[]": file}).json()
    return answer["uploaded_file_id"], answer["form"]


def row(number: int, **values: str) -> dict[str, str]:
    return {f"upload-{number}-{name}": value for name, value in {"title": "Cổng", **values}.items()}


def test_what_is_complete_is_stored_and_the_rest_waits(
    graphql: GraphQLClient, browser, django_capture_on_commit_callbacks
):
    (first, _form), (second, _form), (third, _form) = (upload(browser, width) for width in (30, 40, 50))
    assert "3 hình ảnh bạn tải lên chưa có văn bản thay thế" in browser.get("/admin/").content.decode()
    assert browser.get(URL).content.decode().count("data:image/jpeg;base64,") == 3
    assert graphql.data("{ images { title } }")["images"] == []
    kept = UploadedFile.objects.get(pk=first).file.name
    form = {
        **row(first, description="Cổng khu công nghiệp", credit="Nguyễn Văn An"),
        **row(second, description="Một đường kẻ", is_decorative="on"),
        **row(third),
    }
    with django_capture_on_commit_callbacks(execute=True):
        told = browser.post(URL, form).content.decode()
    assert "1 hình ảnh đã vào thư viện." in told
    assert "thì không có văn bản thay thế" in told
    [image] = Image.objects.all()
    assert (image.title, image.description, image.credit) == ("Cổng", "Cổng khu công nghiệp", "Nguyễn Văn An")
    assert (image.width, image.uploaded_by_user.username) == (30, "reporter")
    assert not default_storage.exists(kept)
    assert graphql.data("{ images { title } }")["images"] == [{"title": "Cổng"}]
    assert set(UploadedFile.objects.values_list("pk", flat=True)) == {second, third}

    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(URL, {**row(second, is_decorative="on"), **row(third), "drop": str(third)})
    assert response.url == reverse("wagtailimages:index")
    assert (Image.objects.count(), UploadedFile.objects.count()) == (2, 0)


def test_nobody_completes_what_another_person_uploaded(browser):
    number, _form = upload(browser, 30)
    other = logged_in(person("editor"))
    assert "cong-30" not in other.get(URL).content.decode()
    other.post(URL, {**row(number, description="Cổng"), "drop": str(number)})
    assert (Image.objects.count(), UploadedFile.objects.count()) == (0, 1)


def test_numbers_that_no_database_has_are_none(browser):
    number, _form = upload(browser, 30)
    sent = {**row(number, description="Cổng"), "drop": "9" * 5_000, "collection": "x"}
    assert browser.post(URL, sent).url == reverse("wagtailimages:index")
    assert Image.objects.get().collection == Collection.get_first_root_node()


def test_a_picture_that_the_library_has_is_told_before_it_is_stored_again(browser):
    known = ImageFactory(title="Cổng cũ", file=drawn(30, 20), uploaded_by_user=person("editor"))
    assert known.file_hash
    _number, form = upload(browser, 30)
    assert "Thư viện đã có hình ảnh này: “Cổng cũ”" in form
    assert "Thư viện đã có hình ảnh này: “Cổng cũ”" in browser.get(URL).content.decode()
    _number, form = upload(browser, 31)
    assert "Thư viện đã có hình ảnh này" not in form


def test_the_alternative_text_has_an_asterisk():
    image = ImageFactory()
    content = logged_in(person("editor")).get(f"/admin/images/{image.pk}/").content.decode()
    label = content.split('for="id_description"')[1].split("</label>")[0]
    assert "w-required-mark" in label
