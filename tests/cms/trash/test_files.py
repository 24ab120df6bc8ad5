"""Images and documents that were deleted."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.urls import reverse
from wagtail.models import Collection

from cms.media.addresses import PRIVATE
from cms.media.models import Document, Image
from cms.trash.models import TrashedItem
from tests.client import GraphQLClient
from tests.factories.blocks import page_with_body, raw
from tests.factories.media import DocumentFactory, ImageFactory, drawn, private_collection
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


@pytest.mark.parametrize("change", ["deleted", "opened"])
def test_a_private_file_does_not_come_back_as_a_public_one(
    change, graphql: GraphQLClient, administrator, django_capture_on_commit_callbacks
):
    room = private_collection("Nội bộ")
    image, document = ImageFactory(collection=room), DocumentFactory(title="Mật", collection=room)
    browser = logged_in(administrator)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"/admin/images/{image.pk}/delete/")
        browser.post(f"/admin/documents/delete/{document.pk}/")
    if change == "deleted":
        browser.post(reverse("wagtailadmin_collections:delete", args=[room.pk]))
        assert not Collection.objects.filter(pk=room.pk).exists()
    else:
        room.get_view_restrictions().delete()
    with django_capture_on_commit_callbacks(execute=True):
        for item in TrashedItem.objects.all():
            told = browser.post(f"/admin/trash/{item.pk}/restore/", follow=True).content.decode()
    assert "“Mật” đã được khôi phục vào “Khôi phục từ thùng rác”, là bộ sưu tập kín" in told
    assert graphql.data("{ images { title } documents { title } }") == {"images": [], "documents": []}
    image.refresh_from_db()
    document.refresh_from_db()
    assert image.collection == document.collection
    assert image.file.name.startswith(PRIVATE)


def test_what_was_taken_out_of_the_trash_is_not_moved_again(administrator):
    image = ImageFactory(title="Cổng")
    browser = logged_in(administrator)
    browser.post(f"/admin/images/{image.pk}/delete/")
    elsewhere = private_collection()
    Image.objects.update(collection=elsewhere)
    told = browser.post(f"/admin/trash/{TrashedItem.objects.get().pk}/restore/", follow=True).content.decode()
    assert "“Cổng” không còn ở trong thùng rác" in told
    assert Image.objects.get().collection == elsewhere
    assert not TrashedItem.objects.exists()


@pytest.mark.parametrize("address", ["images/{}/delete/", "bulk/media/image/delete/?next=/admin/&id={}"])
def test_what_is_deleted_twice_still_knows_where_it_was(address):
    image = ImageFactory(collection=Collection.get_first_root_node().add_child(name="Phòng"))
    browser = logged_in(person("superuser"))
    for _click in range(2):
        browser.post(f"/admin/{address.format(image.pk)}")
    item = TrashedItem.objects.get()
    assert item.was_in == "Phòng"
    browser.post(f"/admin/trash/{item.pk}/restore/")
    assert Image.objects.get().collection == image.collection


def test_the_trash_passes_over_what_an_app_left_that_is_gone():
    gone = ContentType.objects.create(app_label="gone", model="gone")
    TrashedItem.objects.create(content_type=gone, object_id="1", title="Thông báo cũ")
    browser = logged_in(person("superuser"))
    for address in ("", "empty/", "?export=csv"):
        assert browser.get(f"/admin/trash/{address}").status_code == 200
    assert "Thông báo cũ" not in browser.get("/admin/trash/").content.decode()
    browser.post("/admin/trash/empty/")
    assert TrashedItem._base_manager.count() == 1
