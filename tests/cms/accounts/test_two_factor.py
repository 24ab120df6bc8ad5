"""The second factor: switching it on, giving it, and every way round it."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from freezegun import freeze_time
from wagtail.models import Collection, CollectionViewRestriction, ModelLogEntry

from tests.factories.media import DocumentFactory
from tests.factories.people import PASSWORD, logged_in, person

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SETTINGS, CODE = "/admin/account/two-factor/", "/admin/two-factor/"


def code_of(user, *, steps=0):
    """The code that the app shows now, or so many steps of 30 seconds later."""
    device = TOTPDevice.objects.get(user=user)
    return f"{totp(device.bin_key, t0=-30 * steps):06d}"


def sign_in(user, **data):
    client = Client()
    client.post("/admin/login/", {"username": user.get_username(), "password": PASSWORD, **data})
    return client


def enrol(user):
    """Switch it on in a browser of its own, as the person does; the recovery codes."""
    client = logged_in(user)
    client.get(SETTINGS)
    page = client.post(SETTINGS, {"code": code_of(user), "password": PASSWORD}).content.decode()
    # The code that was used just now is not taken again; the next ones are.
    TOTPDevice.objects.filter(user=user).update(last_t=-1)
    return re.findall(r"<code>([a-z2-7]{4}-[a-z2-7]{4})</code>", page)


def give(client, code, **data):
    return client.post(CODE, {"code": code, **data})


def is_in(client):
    return client.get("/admin/").status_code == 200


def actions(user):
    log = ModelLogEntry.objects.for_instance(user).filter(action__startswith="accounts.").order_by("pk")
    return [entry.action.removeprefix("accounts.") for entry in log]


@pytest.fixture
def user():
    return person("administrator")


def test_a_person_switches_it_on_with_a_code_and_gets_recovery_codes(user):
    client = logged_in(user)
    assert "Xác thực hai lớp đang tắt" in client.get(reverse("wagtailadmin_account")).content.decode()
    page = client.get(SETTINGS).content.decode()
    assert "<svg" in page
    assert "http" not in re.search(r"<svg.*?</svg>", page, re.DOTALL)[0].replace(
        "http://www.w3.org/2000/svg", ""
    )
    answer = client.post(SETTINGS, {"code": code_of(user), "password": PASSWORD}).content.decode()
    assert len(re.findall(r"<code>[a-z2-7]{4}-[a-z2-7]{4}</code>", answer)) == 10
    assert "Xác thực hai lớp đang bật" in client.get(reverse("wagtailadmin_account")).content.decode()
    assert actions(user)[-1] == "two_factor_on"


@pytest.mark.parametrize("data", [{"code": "000000", "password": PASSWORD}, {"password": "sai"}])
def test_it_is_not_switched_on_without_a_right_code_and_the_password(user, data):
    client = logged_in(user)
    client.get(SETTINGS)
    response = client.post(SETTINGS, {"code": code_of(user), **data})
    assert response.context["form"].errors
    assert not TOTPDevice.objects.filter(confirmed=True).exists()


def test_the_login_asks_for_the_code_and_goes_on_where_one_wanted_to(user):
    enrol(user)
    client = sign_in(user, next="/admin/reports/")
    response = client.get("/admin/reports/locked/")
    assert response["Location"] == f"{CODE}?next=/admin/reports/locked/"
    response = give(client, code_of(user), next="/admin/reports/locked/")
    assert response["Location"] == "/admin/reports/locked/"
    assert is_in(client)
    assert actions(user)[-2:] == ["signed_in", "two_factor_passed"]


def test_it_leads_to_no_other_site(user):
    enrol(user)
    assert give(sign_in(user), code_of(user), next="https://evil.example/")["Location"] == "/admin/"


def test_the_session_has_a_new_name_after_the_code(user):
    enrol(user)
    client = sign_in(user)
    before = client.cookies["sessionid"].value
    give(client, code_of(user))
    assert client.cookies["sessionid"].value != before


def test_a_code_is_taken_once(user):
    enrol(user)
    code = code_of(user)
    assert give(sign_in(user), code).status_code == 302
    second = sign_in(user)
    response = give(second, code)
    assert "Mã không đúng hoặc đã được dùng." in response.content.decode()
    assert not is_in(second)


def test_codes_can_not_be_guessed_quickly(user):
    enrol(user)
    client = sign_in(user)
    assert give(client, "000000").status_code == 200
    response = give(client, code_of(user))
    assert (response.status_code, response["Retry-After"]) == (429, "1")
    assert not is_in(client)
    assert actions(user)[-1] == "two_factor_failed"
    device = TOTPDevice.objects.get(user=user)
    device.throttling_failure_count = 11
    device.save()
    assert int(give(sign_in(user), code_of(user))["Retry-After"]) > 1000


def test_a_recovery_code_lets_in_once_and_is_stored_as_a_digest(user):
    codes = enrol(user)
    first = sign_in(user)
    give(first, codes[0].upper())
    assert actions(user)[-1] == "recovery_code_used"
    assert "Số mã dự phòng còn lại: 9." in first.get("/admin/").content.decode()
    second = sign_in(user)
    give(second, codes[0])
    assert not is_in(second)
    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert not stored & {code.replace("-", "") for code in codes}


def test_new_recovery_codes_end_the_old_ones(user):
    old = enrol(user)
    client = sign_in(user)
    give(client, code_of(user))
    assert client.post(SETTINGS, {"password": "sai", "codes": ""}).context["form"].errors
    page = client.post(SETTINGS, {"password": PASSWORD, "codes": ""}).content.decode()
    new = re.findall(r"<code>([a-z2-7]{4}-[a-z2-7]{4})</code>", page)
    late = sign_in(user)
    give(late, new[0])
    assert is_in(late)
    later = sign_in(user)
    give(later, old[0])
    assert not is_in(later)


def test_it_is_switched_off_with_the_password(user):
    enrol(user)
    client = sign_in(user)
    give(client, code_of(user))
    client.post(SETTINGS, {"password": PASSWORD, "off": ""})
    assert is_in(sign_in(user))
    assert actions(user)[-2] == "two_factor_off"


@pytest.mark.parametrize(
    "path",
    ["/admin/", "/admin/pages/", SETTINGS, "/admin/account/", "/admin/users/", "/admin/api/main/pages/"],
)
def test_no_page_of_the_admin_is_open_before_the_code(user, path):
    enrol(user)
    client = sign_in(user)
    assert client.get(path)["Location"].startswith(CODE)
    assert client.post(path, {"off": "", "password": PASSWORD})["Location"].startswith(CODE)
    assert client.get(path, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403


def test_outside_the_admin_one_is_nobody_before_the_code(user):
    enrol(user)
    collection = Collection.get_first_root_node().add_child(name="Nội bộ")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    address = DocumentFactory(collection=collection).url
    client = sign_in(user)
    assert client.get(address).status_code == 404
    give(client, code_of(user))
    assert client.get(address).status_code == 200


def test_a_session_from_before_owes_the_code_too(user):
    old = logged_in(user)
    enrol(user)
    assert not is_in(old)


def test_a_new_password_by_mail_does_not_go_round_it(user):
    enrol(user)
    uid, token = urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)
    client = Client()
    form = client.get(f"/admin/password_reset/confirm/{uid}/{token}/")["Location"]
    new = "mật khẩu mới tinh 2026"
    client.post(form, {"new_password1": new, "new_password2": new})
    assert not is_in(client)
    client.post("/admin/login/", {"username": "administrator", "password": new})
    assert client.get("/admin/")["Location"].startswith(CODE)


def test_one_can_always_sign_out(user):
    enrol(user)
    client = sign_in(user)
    client.post(reverse("wagtailadmin_logout"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("setting", "role", "required"),
    [
        ("off", "superuser", False),
        ("administrators", "superuser", True),
        ("administrators", "administrator", True),
        ("administrators", "editor", False),
        ("all", "reporter", True),
    ],
)
def test_who_must_have_it_is_set(settings, setting, role, required):
    settings.CMS_REQUIRE_TWO_FACTOR = setting
    client = sign_in(person(role))
    assert is_in(client) is not required


def test_who_must_have_it_gets_no_further_than_its_page_and_can_not_switch_it_off(settings, user):
    settings.CMS_REQUIRE_TWO_FACTOR = "all"
    client = sign_in(user)
    assert client.get("/admin/pages/")["Location"] == f"{SETTINGS}?next=/admin/pages/"
    assert "bắt buộc dùng xác thực hai lớp" in client.get(SETTINGS).content.decode()
    client.post(SETTINGS, {"code": code_of(user), "password": PASSWORD})
    assert is_in(client)
    client.post(SETTINGS, {"password": PASSWORD, "off": ""})
    assert TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def test_an_administrator_resets_anothers_and_it_is_logged(user):
    reporter = person("reporter")
    enrol(reporter)
    client = logged_in(user)
    address = reverse("accounts_security", args=[reporter.pk])
    assert address in client.get(reverse("wagtailusers_users:index")).content.decode()
    assert "Gỡ xác thực hai lớp" in client.get(address).content.decode()
    client.post(address, {"reset": ""})
    assert is_in(sign_in(reporter))
    entry = ModelLogEntry.objects.for_instance(reporter).get(action="accounts.two_factor_off")
    assert entry.user == user


@pytest.mark.parametrize(("role", "target"), [("reporter", "editor"), ("administrator", "superuser")])
def test_nobody_resets_who_may_do_more(role, target):
    other = person(target)
    enrol(other)
    client = logged_in(person(role))
    client.post(reverse("accounts_security", args=[other.pk]), {"reset": ""})
    assert TOTPDevice.objects.filter(user=other, confirmed=True).exists()


def test_nobody_resets_their_own_without_the_password(user):
    enrol(user)
    client = sign_in(user)
    give(client, code_of(user))
    client.post(reverse("accounts_security", args=[user.pk]), {"reset": ""})
    assert TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def test_an_administrator_unlocks_an_account(user):
    reporter = person("reporter")
    for _time in range(6):
        Client().post("/admin/login/", {"username": "reporter", "password": "sai"})
    client = logged_in(user)
    address = reverse("accounts_security", args=[reporter.pk])
    assert "Số lần đăng nhập sai đang được tính: 5." in client.get(address).content.decode()
    client.post(address, {"unlock": ""})
    assert is_in(sign_in(reporter))
    assert actions(reporter)[-2:] == ["unlocked", "signed_in"]


def test_codes_of_later_are_taken_later(user):
    enrol(user)
    later = code_of(user, steps=10)
    with freeze_time(timezone.now() + timedelta(seconds=300)):
        assert give(sign_in(user), later).status_code == 302


def test_a_command_resets_the_only_superuser_and_logs_it():
    root = person("superuser")
    enrol(root)
    call_command("reset_two_factor", "superuser", stdout=StringIO())
    assert actions(root)[-1] == "two_factor_off"
    assert is_in(sign_in(root))
    with pytest.raises(CommandError, match="no account"):
        call_command("reset_two_factor", "superuser")
