"""Webhooks are told what readers see change of pictures, documents, settings and menus."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from cms.events.models import Event, Webhook
from cms.media.models import Document, Image
from home.models import MenuItem
from tests.factories.articles import ArticleFactory, article_list
from tests.factories.home import HomePageFactory, settings_of
from tests.factories.media import DocumentFactory, ImageFactory, drawn, private_collection
from tests.factories.people import logged_in, person
from tests.factories.webhooks import told, webhook

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def home() -> Any:
    found = HomePageFactory()
    article_list()
    webhook()
    Event.objects.all().delete()
    return found


def data() -> dict[str, Any]:
    """What the last event says."""
    return Event.objects.latest("pk").payload["data"]


def test_an_upload_in_the_admin_is_one_event(django_capture_on_commit_callbacks: Any) -> None:
    file = SimpleUploadedFile("cong.png", drawn(20, 20).read(), content_type="image/png")
    sent = {"title": "Cổng", "description": "Cổng chào", "collection": Collection.get_first_root_node().pk}
    with django_capture_on_commit_callbacks(execute=True):
        logged_in(person("superuser")).post("/admin/images/add/", {**sent, "file": file})
    image = Image.objects.get()

    assert data()["object"]["type"] == "Image"
    assert {f"image:{image.pk}", "any:media_image", "list:media.Image"} <= set(data()["tags"])
    assert "Cổng" not in str(data())
    assert told() == [("file.published", f"image:{image.pk}")]


def test_a_changed_picture_tells_where_it_is_shown() -> None:
    image = ImageFactory()
    article = ArticleFactory(hero_image=image)
    call_command("rebuild_references_index", verbosity=0)
    told()

    image.title = "Tên khác"
    image.save()

    assert f"http://127.0.0.1:8000/tin-tuc/{article.slug}/" in data()["urls"]
    assert told() == [("file.published", f"image:{image.pk}")]


def test_private_files_are_not_told_of_and_files_that_become_private_are_gone() -> None:
    closed = private_collection()
    hidden = DocumentFactory(collection=closed)
    shown = DocumentFactory()
    assert told() == [("file.published", f"document:{shown.pk}")]

    hidden.title = "Vẫn kín"
    hidden.save()
    assert told() == []
    shown.collection = closed
    shown.save()
    assert told() == [("file.unpublished", f"document:{shown.pk}")]
    hidden.collection = Collection.get_first_root_node()
    hidden.save()
    assert told() == [("file.published", f"document:{hidden.pk}")]


def test_a_collection_that_is_closed_or_opened_tells_of_its_public_files() -> None:
    collection = Collection.get_first_root_node().add_child(name="Ảnh")
    below = collection.add_child(name="Kín")
    CollectionViewRestriction.objects.create(collection=below, restriction_type="login")
    image, _other = ImageFactory(collection=collection), ImageFactory(collection=below)
    told()

    restriction = CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert told() == [("file.unpublished", f"image:{image.pk}")]
    restriction.delete()
    assert told() == [("file.published", f"image:{image.pk}")]


def test_files_that_are_changed_many_at_once_are_told_one_by_one() -> None:
    image, document = ImageFactory(), DocumentFactory()
    browser, closed = logged_in(person("superuser")), private_collection()
    told()

    browser.post(f"/admin/bulk/media/image/add_tags/?next=/admin/&id={image.pk}", {"tags": "lễ"})
    assert told() == [("file.published", f"image:{image.pk}")]
    for kind, file in (("image", image), ("document", document)):
        address = f"/admin/bulk/media/{kind}/add_to_collection/?next=/admin/&id={file.pk}"
        browser.post(address, {"collection": closed.pk})
        assert told() == [("file.unpublished", f"{kind}:{file.pk}")]


def test_files_that_nobody_is_told_of_cost_no_statements_of_ours() -> None:
    Webhook.objects.all().delete()
    images = [ImageFactory() for _each in range(6)]
    browser, collection = logged_in(person("superuser")), private_collection()

    def add(*chosen: Image) -> int:
        ids = "&".join(f"id={each.pk}" for each in chosen)
        address = f"/admin/bulk/media/image/add_to_collection/?next=/admin/&{ids}"
        with CaptureQueriesContext(connection) as sent:
            browser.post(address, {"collection": collection.pk})
        return len(sent)

    add(images[0])
    # Wagtail asks whether somebody may change each, and so for its collection.
    assert add(*images[1:]) <= add(images[0]) + 4


def test_a_collection_that_is_moved_tells_of_the_files_that_open_or_close_with_it() -> None:
    closed = private_collection()
    collection = Collection.get_first_root_node().add_child(name="Ảnh")
    below = collection.add_child(name="Kín")
    CollectionViewRestriction.objects.create(collection=below, restriction_type="login")
    image, _other = ImageFactory(collection=collection), ImageFactory(collection=below)
    browser = logged_in(person("superuser"))
    told()

    def move(parent: Collection) -> list[tuple[str, str]]:
        address = reverse("wagtailadmin_collections:edit", args=[collection.pk])
        assert browser.post(address, {"name": "Ảnh", "parent": parent.pk}).status_code == 302
        assert Collection.objects.get(pk=collection.pk).get_parent() == parent
        return told()

    assert move(closed) == [("file.unpublished", f"image:{image.pk}")]
    assert move(closed) == []
    assert move(Collection.get_first_root_node()) == [("file.published", f"image:{image.pk}")]


def test_a_deleted_file_is_gone_whether_it_can_come_back_or_not() -> None:
    document = DocumentFactory()
    told()

    logged_in(person("superuser")).post(f"/admin/documents/delete/{document.pk}/")
    assert told() == [("file.unpublished", f"document:{document.pk}")]
    Document.objects.get().delete()
    assert told() == [], "nobody saw it any more"
    pk = DocumentFactory().pk
    told()
    Document.objects.get(pk=pk).delete()
    assert told() == [("file.deleted", f"document:{pk}")]


def test_pictures_that_are_made_of_one_are_no_events() -> None:
    image = ImageFactory()
    told()

    image.get_rendition("width-10")

    assert told() == []


def test_settings_and_menus_are_told_with_their_sites_address(home: Any) -> None:
    settings = settings_of(home)
    told()
    settings.hotline = "0210"
    settings.main_menu_items = [MenuItem(title="Tin tức", page=home)]
    draft = settings.save_revision()
    assert told() == [], "readers see no draft"
    draft.publish()

    found = data()
    assert found["object"]["type"] == "SiteSettings"
    assert found["urls"] == ["http://127.0.0.1:8000/"]
    assert f"sitesettings:{settings.pk}" in found["tags"]
    assert "0210" not in str(found)
    assert told() == [("settings.published", f"sitesettings:{settings.pk}")]
