"""Files of pictures of private collections: who knows their addresses has nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.http import HttpResponseBase
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Collection, CollectionViewRestriction, GroupCollectionPermission

from cms.media.models import Image, Rendition
from tests.client import GraphQLClient
from tests.factories.media import ImageFactory, drawn
from tests.servers import free_port, server

SPEC = "fill-160x160|format-webp"


def below(parent: Collection | None = None, name: str = "Ảnh") -> Collection:
    return (parent or Collection.get_first_root_node()).add_child(name=name)


def restrict(collection: Collection, kind: str = "login") -> CollectionViewRestriction:
    return CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=kind, password="mật khẩu"
    )


def its_own(image: Image) -> None:
    restrict(image.collection)


def one_above(image: Image) -> None:
    restrict(image.collection.get_parent())


def the_root(image: Image) -> None:
    restrict(Collection.get_first_root_node())


def moved_with_its_collection(image: Image) -> None:
    private = below(name="Nội bộ")
    restrict(private)
    Collection.objects.get(pk=image.collection_id).move(private, "sorted-child")


def moved_alone(image: Image) -> None:
    private = below(name="Nội bộ")
    restrict(private)
    Image.objects.filter(pk=image.pk).update(collection=private)


WAYS = [its_own, one_above, the_root, moved_with_its_collection, moved_alone]


def picture() -> Image:
    """A picture two collections below the root, with that one rendition."""
    image = ImageFactory(collection=below(below()), file=drawn(640, 480, name="ban-do.png"))
    only_rendition(image)
    return image


def only_rendition(image: Image) -> None:
    """Make the rendition, and take those away that a worker has made where a test commits."""
    image = Image.objects.get(pk=image.pk)
    image.get_rendition(SPEC)
    image.renditions.exclude(filter_spec=SPEC).delete()


def addresses(image: Image) -> list[str]:
    """Paths of the files of a picture: its own, and its renditions'."""
    image = Image.objects.get(pk=image.pk)
    return [image.file.url, *(each.file.url for each in image.renditions.all())]


def status(port: int, address: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", urlsplit(address).path)
    return connection.getresponse().status


@pytest.mark.usefixtures("tree")
def test_picture_that_becomes_private_is_at_none_of_its_addresses():
    with server(free_port()) as port:
        for way in WAYS:
            image = picture()
            known = addresses(image)
            assert [status(port, each) for each in known] == [200, 200], way.__name__
            way(image)
            only_rendition(image)
            assert [status(port, each) for each in [*known, *addresses(image)]] == [404] * 4, way.__name__
            for restriction in CollectionViewRestriction.objects.all():
                restriction.delete()
            only_rendition(image)
            assert [status(port, each) for each in addresses(image)] == [200, 200], way.__name__


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_files_are_moved_and_none_is_left_behind(
    way: Callable[[Image], None],
    settings: LazySettings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
):
    image = picture()
    with django_capture_on_commit_callbacks(execute=True):
        way(image)
    left = [str(each.relative_to(settings.MEDIA_ROOT)) for each in Path(settings.MEDIA_ROOT).rglob("*.*")]
    assert left == [f"private/original_images/{image.pk}/ban-do.png"]
    assert Image.objects.get(pk=image.pk).file.read() == drawn(640, 480).read()
    assert not Rendition.objects.exists()


@pytest.mark.django_db
def test_what_is_uploaded_into_a_private_collection_is_never_elsewhere(settings: LazySettings):
    private = below()
    restrict(private)
    picture = ImageFactory(collection=below(private))
    picture.get_rendition(SPEC)
    assert {each.split("/")[2] for each in addresses(picture)} == {"private"}
    assert [each.name for each in Path(settings.MEDIA_ROOT).iterdir()] == ["private"]


@pytest.mark.django_db
def test_a_run_that_was_broken_off_is_finished_by_the_next(settings: LazySettings):
    image, lost = picture(), ImageFactory()
    restrict(Collection.get_first_root_node())
    storage = image.file.storage
    # It had copied and deleted, and not committed.
    storage.save(f"private/original_images/{image.pk}/ban-do.png", drawn(640, 480))
    storage.delete(image.file.name)
    storage.delete(lost.file.name)
    for _time in range(2):
        call_command("move_files")
        assert Image.objects.get(pk=image.pk).file.name == f"private/original_images/{image.pk}/ban-do.png"
        assert Image.objects.get(pk=lost.pk).file.name == lost.file.name


@pytest.mark.django_db
def test_two_pictures_of_one_name_keep_their_files(settings: LazySettings):
    first, second = ImageFactory(file=drawn(3, 2)), ImageFactory(file=drawn(5, 4))
    Image.objects.filter(pk=second.pk).update(file="original_images/b/picture.png")
    second.file.storage.save("original_images/b/picture.png", drawn(5, 4))
    for private in (True, False, True):
        CollectionViewRestriction.objects.all().delete()
        if private:
            restrict(Collection.get_first_root_node())
        call_command("move_files")
        for image, size in ((first, (3, 2)), (second, (5, 4))):
            with Image.objects.get(pk=image.pk).get_willow_image() as willow:
                assert willow.get_size() == size


@pytest.mark.django_db
def test_answers_that_were_kept_name_the_new_address(
    graphql: GraphQLClient, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
):
    image = picture()
    query = "query($id: ID!) { image(id: $id) { url rendition(preset: THUMBNAIL) { url } } }"
    before = graphql.data(query, id=image.pk)["image"]
    with django_capture_on_commit_callbacks(execute=True):
        its_own(image)
    assert graphql.data(query, id=image.pk) == {"image": None}
    with django_capture_on_commit_callbacks(execute=True):
        CollectionViewRestriction.objects.get().delete()
    after = graphql.data(query, id=image.pk)["image"]
    assert after["url"].endswith(f"/media/original_images/{image.pk}/ban-do.png")
    assert after["url"] != before["url"]
    assert "/private/" not in after["rendition"]["url"]


def login(*groups: Group) -> Client:
    user = User.objects.create_user("can-bo", password="x")
    user.groups.set(groups)
    client = Client()
    client.force_login(user)
    return client


def asked(client: Client, image: Image) -> list[HttpResponseBase]:
    image.get_rendition(SPEC)
    return [client.get(each) for each in addresses(image)]


@pytest.mark.django_db
def test_who_may_choose_a_private_picture_sees_it_in_the_admin():
    private = below()
    group, readers = Group.objects.create(name="Người chọn ảnh"), Group.objects.create(name="Ban")
    restrict(private, "groups").groups.add(readers)
    image = ImageFactory(collection=private)
    client = login(group)
    assert [each.status_code for each in asked(client, image)] == [404, 404]
    permission = Image._meta.permissions[0][0]
    GroupCollectionPermission.objects.create(
        group=group, collection=private, permission=_permission(permission)
    )
    for response in asked(client, image):
        assert response.status_code == 200
        assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
        assert response["Content-Type"] in {"image/png", "image/webp"}
    assert [each.status_code for each in asked(Client(), image)] == [404, 404]


def _permission(codename: str):
    from django.contrib.auth.models import Permission

    return Permission.objects.get(content_type__app_label="media", codename=codename)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_whom_the_collection_is_open_to_sees_its_pictures(kind: str):
    private, group = below(), Group.objects.create(name="Ban")
    restriction = restrict(private, kind)
    restriction.groups.add(group)
    image = ImageFactory(collection=below(private))
    client = login(group)
    expected = 404 if kind == "password" else 200
    assert [each.status_code for each in asked(client, image)] == [expected, expected]
    session = client.session
    session[restriction.passed_view_restrictions_session_key] = [restriction.pk]
    session.save()
    assert [each.status_code for each in asked(client, image)] == [200, 200]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/media/private/original_images/nothing.png",
        "/media/private/../original_images/picture.png",
        "/media/private/documents/Plan.pdf",
        "/media/private/",
    ],
)
def test_other_names_are_not_there(address: str):
    ImageFactory()
    assert login().get(address).status_code in {400, 404}


@pytest.mark.django_db
def test_a_stranger_costs_the_same_work_whatever_is_there(django_assert_num_queries):
    restrict(Collection.get_first_root_node())
    image = ImageFactory()
    for address in (image.file.url, "/media/private/original_images/nothing.png"):
        with django_assert_num_queries(0):
            assert Client().get(address).status_code == 404
