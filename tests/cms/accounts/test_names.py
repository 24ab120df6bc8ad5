"""People are shown and asked for with the family name first."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories.people import logged_in, person

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_a_person_is_shown_with_the_family_name_first():
    admin = person("superuser", first_name="Dũng", last_name="Nguyễn Việt")
    shown = logged_in(admin).get(reverse("wagtailusers_users:index")).content.decode()
    assert "Nguyễn Việt Dũng" in shown
    assert "Dũng Nguyễn Việt" not in shown


@pytest.mark.parametrize(
    "name", ["wagtailusers_users:add", "wagtailusers_users:edit", "wagtailadmin_account"]
)
def test_forms_ask_for_the_family_name_first(name: str):
    admin = person("superuser")
    address = reverse(name, args=[admin.pk] if name.endswith("edit") else [])
    shown = logged_in(admin).get(address).content.decode()
    assert 0 < shown.index('last_name"') < shown.index('first_name"')
