"""Images and documents that were deleted."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.storage import default_storage

from cms.media.models import Document, Image
from cms.trash.models import TrashedItem
from tests.client import GraphQLClient
from tests.factories.blocks import page_with_body, raw
from tests.factories.media import DocumentFactory, ImageFactory, drawn
from tests.factories.people import logged_in, person

pytestmark = pytest.mark.django_db

BODY = """{ images { title } documents { title } pages(contentType: "articles.ArticlePage") { ... on ArticlePage { body {
  ... on PictureBlock { image { title } } ... on AttachmentBlock { document { title } } } } } }"""


@pytest.fixture
def administrator() -> Any:
    return person("administrator")


def test_deleted_files_are_gone_and_come_back(
    graphql: GraphQLClient, administrator, client, django_capture_on_commit_callbacks
):
    image = ImageFactory(title="Cổng", rendered=True)
    document = DocumentFactory(title="Kế hoạch")
    page_with_body(raw("picture", image=image.pk), raw("attachment", document=document.pk))
    shown = graphql.data(BODY)
    assert [each["title"] for each in shown["images"]] == ["Cổng"]
    address, file, rendition = document.url, image.file.name, image.renditions.first().file.name
    browser = logged_in(administrator)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"/admin/images/{image.pk}/delete/")
        browser.post(f"/admin/documents/delete/{document.pk}/")
    assert {item.title for item in TrashedItem.objects.all()} == {"Cổng", "Kế hoạch"}

    gone = graphql.data(BODY)
    assert (gone["images"], gone["documents"]) == ([], [])
    assert gone["pages"][0]["body"] == [{"image": None}, {"document": None}]
    assert client.get(address).status_code == 404
    assert not default_storage.exists(file)
    assert not default_storage.exists(rendition)
    for somebody in (administrator, person("superuser")):
        for listing in (
            "/admin/images/",
            "/admin/documents/",
            "/admin/images/chooser/",
            "/admin/documents/chooser/",
            "/admin/images/?q=cong",
            "/admin/documents/?q=ke",
        ):
            content = logged_in(somebody).get(listing).content.decode()
            assert "Cổng" not in content, listing
            assert "Kế hoạch" not in content, listing

    with django_capture_on_commit_callbacks(execute=True):
        for item in TrashedItem.objects.all():
            browser.post(f"/admin/trash/{item.pk}/restore/")
    assert graphql.data(BODY) == shown
    assert client.get(address).status_code == 200
    assert default_storage.exists(Image.objects.get().file.name)
    assert not TrashedItem.objects.exists()


def test_many_files_are_deleted_at_once(administrator):
    images = [ImageFactory(file=drawn(20 + number, 10)) for number in range(2)]
    document = DocumentFactory()
    browser = logged_in(administrator)
    keys = "&".join(f"id={image.pk}" for image in images)
    browser.post(f"/admin/bulk/media/image/delete/?next=/admin/&{keys}")
    browser.post(f"/admin/bulk/media/document/delete/?next=/admin/&id={document.pk}")
    assert TrashedItem.objects.count() == 3
    assert Image.objects.count() == 2
    assert browser.post("/admin/trash/empty/").status_code == 302
    assert not Image.objects.exists()
    assert not Document.objects.exists()


def test_a_collection_that_is_gone_gives_its_files_to_the_first(administrator):
    from wagtail.models import Collection

    root = Collection.get_first_root_node()
    room = root.add_child(name="Phòng")
    image = ImageFactory(collection=room)
    browser = logged_in(administrator)
    browser.post(f"/admin/images/{image.pk}/delete/")
    assert TrashedItem.objects.get().was_in == "Phòng"
    room.delete()
    browser.post(f"/admin/trash/{TrashedItem.objects.get().pk}/restore/")
    image.refresh_from_db()
    assert image.collection == root
