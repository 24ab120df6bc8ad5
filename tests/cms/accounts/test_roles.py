"""Setting up the roles, and who may manage whom."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import Collection

from tests.factories.home import HomePageFactory, settings_of
from tests.factories.media import DocumentFactory, ImageFactory
from tests.factories.people import PASSWORD, logged_in, person

pytestmark = pytest.mark.django_db
User = get_user_model()


def user_form(**values):
    return {
        "username": "moi",
        "email": "moi@example.vn",
        "first_name": "Thị",
        "last_name": "Mới",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "is_active": "on",
        **values,
    }


def group(name: str) -> Group:
    return Group.objects.get(name=name)


def test_a_reporter_has_pictures_and_documents_of_their_own():
    user = person("reporter")
    client = logged_in(user)
    own, other = ImageFactory(uploaded_by_user=user), ImageFactory(title="Của người khác")
    file = DocumentFactory()
    chooser = client.get(reverse("wagtailimages_chooser:choose")).json()["html"]
    assert "Của người khác" in chooser
    assert client.get(reverse("wagtailimages:edit", args=[own.pk])).status_code == 200
    assert client.get(reverse("wagtailimages:edit", args=[other.pk])).status_code == 302
    assert client.get(reverse("wagtaildocs:edit", args=[file.pk])).status_code == 302
    editor = logged_in(person("editor"))
    assert editor.get(reverse("wagtailimages:edit", args=[other.pk])).status_code == 200


@pytest.mark.parametrize(("role", "status"), [("reporter", 302), ("editor", 302), ("administrator", 200)])
def test_settings_redirects_and_users_are_for_administrators(role, status):
    settings = settings_of(HomePageFactory())
    client = logged_in(person(role))
    addresses = [
        reverse("home_sitesettings:edit", args=[settings.pk]),
        reverse("wagtailredirects:index"),
        reverse("wagtailusers_users:index"),
        reverse(
            "wagtailadmin_collections:edit", args=[Collection.get_first_root_node().add_child(name="A").pk]
        ),
    ]
    assert [client.get(address).status_code for address in addresses] == [status] * 4
    assert client.get(reverse("wagtailusers_groups:index")).status_code == 302
    assert client.get(reverse("wagtailsites:index")).status_code == 302


def test_an_administrator_makes_users_of_the_roles():
    client = logged_in(person("administrator"))
    client.post(reverse("wagtailusers_users:add"), user_form(groups=[group("Phóng viên").pk]))
    assert [each.name for each in User.objects.get(username="moi").groups.all()] == ["Phóng viên"]


def test_an_administrator_makes_no_superuser():
    client = logged_in(person("administrator"))
    client.post(reverse("wagtailusers_users:add"), user_form(is_superuser="on"))
    new = User.objects.get(username="moi")
    client.post(reverse("wagtailusers_users:edit", args=[new.pk]), user_form(is_superuser="on"))
    assert User.objects.get(username="moi").is_superuser is False


def test_nobody_gives_what_they_do_not_have():
    strong = Group.objects.create(name="Kỹ thuật")
    strong.permissions.add(Permission.objects.get(codename="change_group"))
    client = logged_in(person("administrator"))
    assert "Kỹ thuật" not in client.get(reverse("wagtailusers_users:add")).content.decode()
    response = client.post(reverse("wagtailusers_users:add"), user_form(groups=[strong.pk]))
    assert "groups" in response.context["form"].errors
    target = person("reporter")
    address = reverse("wagtail_bulk_action", args=["auth", "user", "assign_role"]) + f"?id={target.pk}"
    client.post(address, {"role": strong.pk})
    assert strong not in target.groups.all()


@pytest.mark.parametrize("page", ["edit", "delete"])
def test_an_administrator_does_not_get_at_a_superuser(page):
    root = person("superuser")
    client = logged_in(person("administrator"))
    address = reverse(f"wagtailusers_users:{page}", args=[root.pk])
    assert client.get(address).status_code == 302
    client.post(
        address, user_form(username="superuser", password1="đã bị chiếm 2026", password2="đã bị chiếm 2026")
    )
    root.refresh_from_db()
    assert root.check_password(PASSWORD)


@pytest.mark.parametrize("action", ["set_active_state", "delete"])
def test_no_bulk_action_gets_at_a_superuser(action):
    root = person("superuser")
    client = logged_in(person("administrator"))
    address = reverse("wagtail_bulk_action", args=["auth", "user", action]) + f"?id={root.pk}"
    client.post(address, {"mark_as_active": ""})
    assert User.objects.get(pk=root.pk).is_active is True


def test_an_administrator_changes_a_reporter_and_a_superuser_changes_all():
    reporter, administrator = person("reporter"), person("administrator")
    data = user_form(username="reporter", groups=[group("Biên tập viên").pk], password1="", password2="")
    logged_in(administrator).post(reverse("wagtailusers_users:edit", args=[reporter.pk]), data)
    assert [each.name for each in reporter.groups.all()] == ["Biên tập viên"]
    root = logged_in(person("superuser"))
    assert root.get(reverse("wagtailusers_users:edit", args=[administrator.pk])).status_code == 200
