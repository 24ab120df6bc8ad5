"""How long somebody stays logged in, and what passwords are taken."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time

from tests.factories.people import PASSWORD, logged_in, person

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def user():
    return person("superuser", username="thu")


def minutes(number):
    return freeze_time(timezone.now() + timedelta(minutes=number))


def sign_in(**data):
    client = Client()
    client.post("/admin/login/", {"username": "thu", "password": PASSWORD, **data})
    return client


def is_in(client):
    return client.get("/admin/").status_code == 200


def test_a_session_ends_when_nobody_uses_it(user):
    client = sign_in(remember="on")
    with minutes(59):
        assert is_in(client)
    with minutes(117):
        assert is_in(client)
    with minutes(178):
        assert not is_in(client)
        assert "Phiên làm việc đã hết" in client.get("/admin/login/").content.decode()


def test_a_form_that_is_only_open_is_no_use(user):
    client = sign_in()
    ping = reverse("wagtailadmin_editing_sessions:release", args=[1])
    with minutes(40):
        client.post(ping)
    with minutes(70):
        assert not is_in(client)


def test_a_session_ends_after_its_hours_however_it_is_used(user):
    client = sign_in(remember="on")
    for number in range(1, 24):
        with minutes(30 * number):
            assert is_in(client)
    with minutes(12 * 60 + 1):
        assert not is_in(client)


def test_other_sessions_end_when_the_password_changes(user):
    here, there = sign_in(), sign_in()
    new = "mùa xuân sang có hoa anh đào"
    page = here.get(reverse("wagtailadmin_account"))
    assert page.status_code == 200
    data = {
        "name_email-first_name": "Thị",
        "name_email-last_name": "Thu",
        "name_email-email": "thu@example.vn",
        "locale-preferred_language": "vi",
        "locale-current_time_zone": "Asia/Ho_Chi_Minh",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "theme-keyboard_shortcuts": "on",
        "password-old_password": PASSWORD,
        "password-new_password1": new,
        "password-new_password2": new,
    }
    assert here.post(reverse("wagtailadmin_account"), data).status_code == 302
    user.refresh_from_db()
    assert user.check_password(new)
    assert is_in(here)
    assert not is_in(there)


def test_a_session_ends_when_an_administrator_sets_the_password(user):
    there = sign_in()
    other = logged_in(person("superuser", username="khac"))
    data = {
        "username": "thu",
        "email": "t@example.vn",
        "first_name": "A",
        "last_name": "B",
        "is_active": "on",
    }
    new = "mùa xuân sang có hoa anh đào"
    other.post(
        reverse("wagtailusers_users:edit", args=[user.pk]), {**data, "password1": new, "password2": new}
    )
    assert not is_in(there)


@pytest.mark.parametrize(
    "password",
    [
        "mười một kt",
        "123456789012",
        "Password12345",
        "Khu công nghiệp 2026!",
        "nguyenthithu1",
        "matkhau123456",
    ],
)
def test_a_password_that_is_short_common_or_about_the_person_is_refused(password):
    person_ = person(username="nguyenthithu")
    with pytest.raises(ValidationError):
        validate_password(password, person_)


def test_a_long_phrase_needs_no_digits_or_signs():
    validate_password("trời hôm nay rất trong", person())
