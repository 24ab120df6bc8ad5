"""What happens to accounts and rights is in Wagtail's log, for who may see it."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, ModelLogEntry, Page, Site

from tests.factories.people import PASSWORD, logged_in, person

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def entries(subject):
    """What the log says of somebody or something since it was made: action, about what, by whom."""
    return [
        (
            entry.action.removeprefix("accounts."),
            entry.data.get("about", ""),
            entry.user and entry.user.username,
        )
        for entry in ModelLogEntry.objects.for_instance(subject)
        .filter(action__startswith="accounts.")
        .order_by("pk")
        if entry.pk > getattr(subject, "made_at_entry", 0)
    ]


def superuser():
    user = person("superuser", username="thu")
    user.made_at_entry = ModelLogEntry.objects.latest("pk").pk
    return user


def sign_in(password=PASSWORD, username="thu"):
    client = Client()
    client.post("/admin/login/", {"username": username, "password": password}, REMOTE_ADDR="198.51.100.7")
    return client


def test_signing_in_and_out_is_logged_and_failing_to():
    user = superuser()
    sign_in("sai")
    sign_in().post("/admin/logout/")
    assert entries(user) == [
        ("sign_in_failed", "", None),
        ("signed_in", "", "thu"),
        ("signed_out", "", "thu"),
    ]
    assert {
        e.data["address"] for e in ModelLogEntry.objects.for_instance(user).filter(data__has_key="address")
    } == {
        "198.51.100.7",
        "127.0.0.1",
    }


def test_what_is_typed_for_nobody_is_not_kept_but_that_it_was(caplog):
    sign_in("sai", username="mật khẩu gõ nhầm chỗ")
    entry = ModelLogEntry.objects.get(action="accounts.sign_in_failed")
    assert entry.object_id == str(Site.objects.get().pk)
    assert entry.data == {"about": "tài khoản không tồn tại", "address": "198.51.100.7"}
    assert "gõ nhầm" not in caplog.text


def test_an_unknown_account_takes_as_many_statements_as_a_known_one():
    superuser()
    for username in ("thu", "không có ai"):
        sign_in("sai", username=username)  # content types are read once
    with CaptureQueriesContext(connection) as known:
        sign_in("sai")
    with CaptureQueriesContext(connection) as unknown:
        sign_in("sai", username="không có ai")
    assert len(unknown) == len(known)


def test_a_lockout_is_logged_once_and_its_end(settings):
    settings.CMS_SIGN_IN_FAILURES = 2
    user = superuser()
    for _time in range(4):
        sign_in("sai")
    call_command("unlock_login", "thu", stdout=StringIO())
    actions = [action for action, _about, _by in entries(user)]
    assert actions == ["sign_in_failed", "sign_in_failed", "locked_out", "unlocked"]


def test_who_gave_whom_which_role_is_logged():
    administrator, reporter = person("administrator"), person("reporter")
    editors = Group.objects.get(name="Biên tập viên")
    data = {
        "username": "reporter",
        "email": "r@example.vn",
        "first_name": "A",
        "last_name": "B",
        "is_active": "on",
    }
    address = reverse("wagtailusers_users:edit", args=[reporter.pk])
    before = len(entries(reporter))
    logged_in(administrator).post(address, {**data, "groups": [editors.pk]})
    assert sorted(entries(reporter)[before:]) == [
        ("added", "Biên tập viên", "administrator"),
        ("removed", "Phóng viên", "administrator"),
    ]


def test_a_role_that_is_assigned_to_many_is_logged_for_each():
    administrator, reporter = person("administrator"), person("reporter")
    editors = Group.objects.get(name="Biên tập viên")
    address = reverse("wagtail_bulk_action", args=["auth", "user", "assign_role"]) + f"?id={reporter.pk}"
    logged_in(administrator).post(address, {"role": editors.pk})
    assert entries(reporter)[-1] == ("added", "Biên tập viên", "administrator")


def test_permissions_of_groups_are_logged():
    group = Group.objects.create(name="Mới")
    permission = Permission.objects.get(codename="add_poll")
    group.permissions.add(permission)
    publish = Permission.objects.get(codename="publish_page")
    given = GroupPagePermission.objects.create(
        group=group, page=Page.get_first_root_node(), permission=publish
    )
    given.delete()
    group.permissions.clear()
    assert entries(group) == [
        ("added", "thêm: cuộc bình chọn", None),
        ("added", "xuất bản: trang (Trang gốc)", None),
        ("removed", "xuất bản: trang (Trang gốc)", None),
        ("removed", "thêm: cuộc bình chọn", None),
    ]


def test_a_superuser_who_is_made_and_an_account_that_is_closed_are_logged():
    root, other = person("superuser"), person(username="khac")
    data = {"username": "khac", "email": "k@example.vn", "first_name": "A", "last_name": "B"}
    logged_in(root).post(reverse("wagtailusers_users:edit", args=[other.pk]), {**data, "is_superuser": "on"})
    assert entries(other) == [("superuser_on", "", "superuser"), ("deactivated", "", "superuser")]


def test_a_password_that_is_changed_is_logged_and_one_that_is_hashed_anew_is_not(settings):
    user = superuser()
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    sign_in()
    user.refresh_from_db()
    assert user.password.startswith("pbkdf2")
    assert [action for action, _about, _by in entries(user)] == ["signed_in"]
    user.set_password("một mật khẩu khác hẳn")
    user.save()
    assert entries(user)[-1][0] == "password_changed"


def test_the_report_shows_it_in_vietnamese_to_administrators_and_not_to_reporters():
    person("superuser", username="thu")
    sign_in("sai")
    report = reverse("wagtailadmin_reports:site_history")
    page = logged_in(person("administrator")).get(report).content.decode()
    assert "Đăng nhập không thành công" in page
    assert "198.51.100.7" in page
    assert "Được cấp: Quản trị" in page
    assert "Đăng nhập không thành công" not in logged_in(person("reporter")).get(report).content.decode()


def test_addresses_and_then_entries_are_forgotten(settings):
    user = superuser()
    for days in (1, 100, 1000):
        sign_in()
        newest = ModelLogEntry.objects.latest("pk")
        ModelLogEntry.objects.filter(pk=newest.pk).update(timestamp=timezone.now() - timedelta(days=days))
    other = ModelLogEntry.objects.log_action(user, "wagtail.edit")
    ModelLogEntry.objects.filter(pk=other.pk).update(timestamp=timezone.now() - timedelta(days=1000))

    output = StringIO()
    call_command("prune_audit_log", stdout=output)

    assert output.getvalue() == "entries deleted: 1, addresses deleted: 1\n"
    left = ModelLogEntry.objects.filter(action="accounts.signed_in").order_by("timestamp")
    assert [entry.data for entry in left] == [{}, {"address": "198.51.100.7"}]
    assert ModelLogEntry.objects.filter(pk=other.pk).exists()
