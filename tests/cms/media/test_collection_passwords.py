"""The password of a collection of documents can't be guessed, and neither can a page's."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction, ModelLogEntry, PageViewRestriction

from cms.accounts.models import Attempt
from tests.factories.home import HomePageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
PASSWORD = "mật khẩu"


@pytest.fixture(autouse=True)
def three_tries(settings):
    settings.CMS_SIGN_IN_FAILURES = 3


def address() -> str:
    made = Collection.get_first_root_node().add_child(name="Nội bộ")
    restriction = CollectionViewRestriction.objects.create(
        collection=made, restriction_type="password", password=PASSWORD
    )
    return f"/documents/authenticate_with_password/{restriction.pk}/"


def tried(address: str, password: str, *, network: str = "203.0.113.7"):
    return Client(REMOTE_ADDR=network).post(
        address, {"password": password, "return_url": "/documents/1/a.pdf"}
    )


def test_wrong_passwords_lock_the_form():
    form = address()
    assert [tried(form, "sai").status_code for _each in range(3)] == [200] * 3
    refused = tried(form, PASSWORD)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 15 * 60
    assert "quá nhiều lần" in refused.content.decode()
    assert "no-store" in refused["Cache-Control"]
    assert ModelLogEntry.objects.filter(action="accounts.locked_out").count() == 1


def test_a_lock_says_nothing_of_the_password():
    form = address()
    for _each in range(3):
        tried(form, "sai")
    right, wrong = tried(form, PASSWORD), tried(form, "sai")
    assert right.context_data["form"].errors == wrong.context_data["form"].errors
    assert right.status_code == wrong.status_code == 429


def test_other_networks_and_other_collections_are_not_locked():
    form, other = address(), address()
    for _each in range(3):
        tried(form, "sai")
    assert tried(form, PASSWORD, network="198.51.100.9").status_code == 302
    assert tried(other, PASSWORD).status_code == 302


def test_the_right_password_ends_the_count():
    form = address()
    for _each in range(2):
        tried(form, "sai")
    assert tried(form, PASSWORD).url == "/documents/1/a.pdf"
    assert not Attempt.objects.exists()


def test_a_collection_without_a_password_has_no_form():
    made = Collection.get_first_root_node().add_child(name="Nội bộ")
    login = CollectionViewRestriction.objects.create(collection=made, restriction_type="login")
    assert tried(f"/documents/authenticate_with_password/{login.pk}/", "").status_code == 404


def test_no_address_takes_the_password_of_a_page():
    page = HomePageFactory()
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type="password", password=PASSWORD
    )
    response = tried(f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/", PASSWORD)
    assert response.status_code in {302, 404, 405}
    assert "sessionid" not in response.cookies
