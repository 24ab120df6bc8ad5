"""Guessing passwords, and who is kept out by it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client
from django.utils import timezone
from freezegun import freeze_time

from cms.accounts.models import Attempt
from cms.accounts.resets import send_reset
from tests.factories.people import PASSWORD, logged_in, person
from tests.servers import free_port

pytestmark = pytest.mark.django_db
LOGIN, RESET = "/admin/login/", "/admin/password_reset/"


@pytest.fixture
def user():
    return person("superuser", username="thu")


def try_password(password="sai", *, username="thu", address="198.51.100.7", client=None, **headers):
    data = {"username": username, "password": password}
    return (client or Client()).post(LOGIN, data, REMOTE_ADDR=address, headers=headers)


def fail(times, **values):
    return [try_password(**values).status_code for _time in range(times)]


def test_the_sixth_try_is_refused_even_with_the_right_password(user):
    assert fail(5) == [200] * 5
    response = try_password(PASSWORD)
    assert response.status_code == 429
    assert 14 * 60 < int(response["Retry-After"]) <= 15 * 60
    assert "_auth_user_id" not in response.client.session


def test_the_form_says_in_vietnamese_when_to_try_again(user):
    with freeze_time("2026-11-24T02:00:00Z"):
        fail(5)
        page = try_password().content.decode()
    assert "Đã thử quá nhiều lần. Hãy thử lại sau 15 phút, lúc 09:15." in page


def test_the_lock_ends_when_its_time_is_over(user):
    now = timezone.now()
    with freeze_time(now - timedelta(minutes=15, seconds=1)):
        fail(5)
    assert try_password(PASSWORD).status_code == 302


def test_a_refused_try_does_not_make_the_lock_longer(user):
    now = timezone.now()
    with freeze_time(now - timedelta(minutes=15, seconds=1)):
        fail(5)
    with freeze_time(now - timedelta(minutes=1)):
        assert fail(3) == [429] * 3
    assert try_password(PASSWORD).status_code == 302


def test_the_right_password_ends_the_count(user):
    fail(4)
    assert try_password(PASSWORD).status_code == 302
    assert fail(5) == [200] * 5


@freeze_time()  # the message says how long to wait
def test_an_account_that_does_not_exist_is_answered_alike(user):
    known, unknown = fail(6), fail(6, username="không có ai")
    assert known == unknown == [200] * 5 + [429]
    messages = [
        try_password(username=name).context["form"].non_field_errors() for name in ("thu", "không có ai")
    ]
    assert messages[0] == messages[1]


def test_a_name_is_the_same_in_any_case(user):
    assert [try_password(username=name).status_code for name in ("thu", "THU", "Thu ", "thu", "ThU", "thU")][
        -1
    ] == 429


def test_who_attacks_from_elsewhere_does_not_keep_the_owner_out(user):
    fail(9, address="203.0.113.1")
    assert try_password(PASSWORD, address="198.51.100.7").status_code == 302


def test_an_attack_from_many_networks_leaves_the_browser_that_is_known(user, settings):
    settings.CMS_SIGN_IN_ACCOUNT_FAILURES = 12
    own = Client()
    assert try_password(PASSWORD, client=own).status_code == 302
    own.post("/admin/logout/")
    for network in range(6):
        fail(2, address=f"203.0.113.{network}")
    assert try_password(PASSWORD, address="198.51.100.99").status_code == 429
    assert try_password(PASSWORD, client=own, address="198.51.100.99").status_code == 302


def test_a_known_browser_has_no_more_tries_than_others(user):
    own = Client()
    try_password(PASSWORD, client=own)
    own.post("/admin/logout/")
    assert fail(6, client=own) == [200] * 5 + [429]


def test_the_browser_of_one_account_is_a_stranger_to_another(user, settings):
    settings.CMS_SIGN_IN_ACCOUNT_FAILURES = 6
    person("superuser", username="khac")
    own = Client()
    try_password(PASSWORD, username="khac", client=own)
    own.post("/admin/logout/")
    fail(3, address="203.0.113.1")
    fail(3, address="203.0.113.2")
    assert try_password(PASSWORD, client=own).status_code == 429


def test_one_network_does_not_try_one_password_with_every_account(user, settings):
    settings.CMS_SIGN_IN_NETWORK_FAILURES = 7
    assert [try_password(username=f"người {number}").status_code for number in range(7)] == [200] * 7
    assert try_password(username="thu").status_code == 429
    assert try_password(PASSWORD, address="203.0.113.1").status_code == 302


def test_an_address_of_ipv6_is_its_whole_network(user):
    for number in range(5):
        try_password(address=f"2001:db8:1:2::{number}")
    assert try_password(address="2001:db8:1:2:ffff::1").status_code == 429
    assert try_password(address="2001:db8:1:3::1").status_code == 200


def test_an_address_of_ipv4_is_the_same_in_the_clothes_of_ipv6(user):
    fail(5, address="198.51.100.7")
    assert try_password(address="::ffff:198.51.100.7").status_code == 429


def test_what_a_client_says_of_its_own_address_is_not_believed(user, settings):
    headers = [{"x-forwarded-for": f"203.0.113.{number}"} for number in range(6)]
    assert [try_password(**each).status_code for each in headers][-1] == 429
    settings.TRUSTED_PROXY_HOPS = 1
    assert try_password(PASSWORD, **headers[0]).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_many_tries_at_once_are_no_more_tries(tree):
    person("superuser", username="thu")

    def attempt(_number):
        try:
            return try_password().status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(attempt, range(24)))
    assert answers.count(200) <= 5
    assert set(answers) <= {200, 429}


def test_a_command_unlocks(user):
    fail(5)
    output = StringIO()
    call_command("unlock_login", "thu", stdout=output)
    assert output.getvalue() == "attempts forgotten: 5\n"
    assert try_password(PASSWORD).status_code == 302
    with pytest.raises(CommandError, match="no account"):
        call_command("unlock_login", "không có ai")


def ask_reset(email, address="198.51.100.7"):
    return Client().post(RESET, {"email": email}, REMOTE_ADDR=address)


def test_a_reset_is_mailed_three_times_an_hour_whoever_asks(user, mailoutbox):
    answers = [ask_reset("thu@example.vn", f"203.0.113.{number}") for number in range(4)]
    assert [each.status_code for each in answers] == [302, 302, 302, 429]
    assert int(answers[3]["Retry-After"]) > 3500
    assert "Đã thử quá nhiều lần" in answers[3].content.decode()
    assert [mail.to for mail in mailoutbox] == [["thu@example.vn"]] * 3
    assert "http://127.0.0.1:8000/admin/password_reset/confirm/" in mailoutbox[0].body


def test_a_reset_that_the_mail_server_does_not_take_fails_its_task(user, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    with pytest.raises(ConnectionRefusedError):
        send_reset.call("thu@example.vn", host="cms.example.vn", secure=True)


def test_a_reset_of_nobodys_address_is_answered_alike(user, mailoutbox):
    answers = [ask_reset("khong@example.vn") for _time in range(4)]
    assert [each.status_code for each in answers] == [302, 302, 302, 429]
    assert mailoutbox == []


def test_one_network_asks_for_few_resets(user, mailoutbox):
    answers = [ask_reset(f"nguoi-{number}@example.vn").status_code for number in range(16)]
    assert answers == [302] * 15 + [429]


def test_failures_do_not_keep_anybody_from_a_reset(user, mailoutbox):
    fail(6)
    assert ask_reset("thu@example.vn").status_code == 302


def test_who_is_logged_in_stays_so_while_the_account_is_attacked(user):
    client = logged_in(user)
    fail(9)
    assert client.get("/admin/").status_code == 200


def change_password(client, old, new="mùa xuân sang có hoa anh đào"):
    data = {
        "name_email-first_name": "Thị",
        "name_email-last_name": "Thu",
        "name_email-email": "thu@example.vn",
        "locale-preferred_language": "vi",
        "locale-current_time_zone": "Asia/Ho_Chi_Minh",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "password-old_password": old,
        "password-new_password1": new,
        "password-new_password2": new,
    }
    return client.post("/admin/account/", data, REMOTE_ADDR="198.51.100.7")


def test_the_old_password_is_tried_as_often_as_at_the_login_and_no_more(user):
    client = logged_in(user)
    answers = [change_password(client, f"sai {number}") for number in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 5
    assert "Mật khẩu cũ" in answers[-1].content.decode()
    refused = change_password(client, PASSWORD)
    assert refused.status_code == 429
    assert 14 * 60 < int(refused["Retry-After"]) <= 15 * 60
    assert "Đã thử quá nhiều lần" in refused.content.decode()
    assert try_password(PASSWORD).status_code == 429
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_one_wrong_old_password_is_one_attempt(user):
    client = logged_in(user)
    change_password(client, "sai")
    assert Attempt.objects.count() == 1
    assert change_password(client, PASSWORD).status_code == 302
    assert Attempt.objects.count() == 0


def test_the_account_page_is_for_who_is_logged_in(tree):
    assert Client().get("/admin/account/").status_code == 302
