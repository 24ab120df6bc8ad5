"""How files reach readers: as what they are, never run, and only to those who may have them."""

from __future__ import annotations

import pytest
from django.conf import LazySettings, settings
from django.contrib.auth.models import Group, User
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.http import HttpResponseBase
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction

from tests.factories.media import SVG, DocumentFactory, ImageFactory

pytestmark = pytest.mark.django_db

HTML = b"<!DOCTYPE html><script>alert(document.cookie)</script>"


def served(name: str, content: bytes = HTML) -> HttpResponseBase:
    """The answer to a reader who asks for a document that was stored past the forms."""
    document = DocumentFactory(file=ContentFile(content, name=name))
    return Client().get(document.url)


@pytest.mark.parametrize(
    ("name", "content_type"),
    [(f"a.{ending}", kind) for ending, kind in settings.WAGTAILDOCS_CONTENT_TYPES.items()],
)
def test_document_is_served_as_what_its_name_says_and_not_sniffed(name: str, content_type: str) -> None:
    response = served(name)
    assert response.status_code == 200
    assert response["Content-Type"] == content_type
    assert response["X-Content-Type-Options"] == "nosniff"
    # The browser's own viewer of PDF does not work in a sandbox.
    sandbox = "" if name == "a.pdf" else " sandbox;"
    assert response["Content-Security-Policy"] == f"default-src 'none';{sandbox} frame-ancestors 'none'"
    assert response["X-Frame-Options"] == "DENY"
    disposition = "inline" if name == "a.pdf" else "attachment"
    assert response["Content-Disposition"] == f'{disposition}; filename="{name}"'


@pytest.mark.parametrize(
    "name", ["a.html", "a.HTM", "a.svg", "a.xhtml", "a.xml", "a.js", "a.mhtml", "a.pdf.html", "a", "a.swf"]
)
def test_page_that_was_stored_past_the_forms_is_only_saved(name: str) -> None:
    response = served(name)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment; ")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_vietnamese_name_survives_in_the_header() -> None:
    response = served("Kế hoạch số 4524.pdf")
    assert response["Content-Disposition"] == (
        "inline; filename=\"Ke_hoach_so_4524.pdf\"; filename*=UTF-8''K%E1%BA%BF_ho%E1%BA%A1ch_s%E1%BB%91_4524.pdf"
    )


def collection(kind: str, **values: object) -> Collection:
    made = Collection.get_first_root_node().add_child(name="Nội bộ")
    restriction = CollectionViewRestriction.objects.create(
        collection=made, restriction_type=kind, password="mật khẩu"
    )
    restriction.groups.set(values.get("groups", []))
    return made.add_child(name="Bên trong")


def login(*groups: Group) -> Client:
    user = User.objects.create_user("can-bo", password="x")
    user.groups.set(groups)
    client = Client()
    client.force_login(user)
    return client


def test_private_document_is_not_there_for_who_is_not_logged_in() -> None:
    document = DocumentFactory(collection=collection("login"))
    assert Client().get(document.url).status_code == 404
    response = login().get(document.url)
    assert response.status_code == 200
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_document_of_a_group_is_not_there_for_others() -> None:
    group = Group.objects.create(name="Ban")
    document = DocumentFactory(collection=collection("groups", groups=[group]))
    assert Client().get(document.url).status_code == 404
    member = login(group)
    assert member.get(document.url).status_code == 200
    User.objects.get().groups.clear()
    assert member.get(document.url).status_code == 404


def test_document_with_a_password_is_there_for_who_says_it() -> None:
    document = DocumentFactory(collection=collection("password"))
    client = Client()
    asked = client.get(document.url)
    assert asked.status_code == 403
    assert b"12345" not in asked.getvalue() if asked.streaming else b"12345" not in asked.content
    action = asked.context_data["action_url"]
    refused = client.post(action, {"password": "falsch", "return_url": document.url})
    assert refused.status_code == 200
    assert client.get(document.url).status_code == 403
    client.post(action, {"password": "mật khẩu", "return_url": document.url})
    response = client.get(document.url)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_password_form_sends_nobody_elsewhere() -> None:
    document = DocumentFactory(collection=collection("password"))
    client = Client()
    action = client.get(document.url).context_data["action_url"]
    response = client.post(action, {"password": "mật khẩu", "return_url": "https://evil.example/"})
    assert not response.url.startswith("https://evil.example")


@pytest.mark.parametrize(
    "address",
    [
        "/documents/{pk}/other.pdf",
        "/documents/999999/Plan.PDF",
        f"/documents/{'9' * 4_400}/Plan.PDF",
        "/documents/{pk}/",
        "/documents/{pk}/../Plan.PDF",
    ],
)
def test_other_names_and_numbers_are_not_there(address: str) -> None:
    document = DocumentFactory()
    assert Client().get(address.format(pk=document.pk)).status_code == 404


@pytest.mark.parametrize("name", ["a.svg", "a.html", "a.png.html", "a.xml", "a", "a.png.", ".png/a.js"])
def test_nothing_but_pictures_comes_into_the_folder_of_pictures(name: str) -> None:
    with pytest.raises(SuspiciousFileOperation):
        ImageFactory(file=ContentFile(SVG, name=name))


@pytest.mark.parametrize("name", ["a.svg", "a.html"])
def test_nothing_but_pictures_comes_into_the_folder_of_renditions(name: str) -> None:
    image = ImageFactory()
    with pytest.raises(SuspiciousFileOperation):
        image.renditions.create(filter_spec="width-1", file=ContentFile(SVG, name=name), width=1, height=1)


def test_development_hands_out_pictures_and_no_documents(settings: LazySettings) -> None:
    from importlib import reload

    from django.urls import clear_url_caches

    import cms.urls

    settings.DEBUG = True
    image, document = ImageFactory(), DocumentFactory()
    try:
        reload(cms.urls)
        clear_url_caches()
        shown = Client().get(image.file.url)
        assert (shown.status_code, shown["Content-Type"], shown["X-Content-Type-Options"]) == (
            200,
            "image/png",
            "nosniff",
        )
        assert Client().get(document.file.url).status_code == 404
        assert Client().get("/media/images/../documents/Plan.PDF").status_code == 400
    finally:
        settings.DEBUG = False
        reload(cms.urls)
        clear_url_caches()
