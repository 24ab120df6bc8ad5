"""The mail of the morning: who gets it, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from wagtail.users.models import UserProfile

from tests.factories.people import person
from tests.factories.workflow import rejected, submitted
from tests.vietnamese.english import english_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_portal"), pytest.mark.one_database]


class RefusingBackend(EmailBackend):
    """A mail server that takes nothing for the editor."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if "editor@example.vn" in messages[0].to:
            raise SMTPRecipientsRefused({"editor@example.vn": (550, b"no such person")})
        return super().send_messages(messages)


def sent() -> dict[str, EmailMessage]:
    """The digests by their addresses, and no other mail."""
    mail.outbox.clear()
    said = StringIO()
    call_command("send_digests", stdout=said)
    found = {each.to[0]: each for each in mail.outbox}
    assert said.getvalue() == f"{len(found)} digests sent\n"
    return found


def switch_off(user: Any, **mails: bool) -> None:
    UserProfile.objects.update_or_create(user=user, defaults=mails)


def test_who_approves_and_who_is_to_correct_are_told_with_addresses():
    reporter, editor = person("reporter"), person("editor", last_name="Lê", first_name="Mai")
    article = submitted(reporter, title="Khởi công nhà máy")
    returned = rejected(reporter, editor, "Thêm số liệu", title="Thu hút đầu tư")

    digests = sent()

    assert set(digests) == {"editor@example.vn", "reporter@example.vn"}
    to_editor, to_reporter = digests["editor@example.vn"], digests["reporter@example.vn"]
    assert (to_editor.subject, to_reporter.subject) == ("1 mục đang chờ bạn", "1 mục đang chờ bạn")
    assert to_editor.body.startswith("Chào Lê Mai,")
    assert "- Khởi công nhà máy (Bài viết)" in to_editor.body
    assert f"http://127.0.0.1:8000/admin/pages/{article.pk}/edit/" in to_editor.body
    assert "Thu hút đầu tư" not in to_editor.body
    assert "“Thêm số liệu”" in to_reporter.body
    assert f"http://127.0.0.1:8000/admin/pages/{returned.pk}/edit/" in to_reporter.body
    for each in digests.values():
        assert english_in(f"{each.subject}\n{each.body}") == []


def test_of_many_the_first_are_named_and_the_others_counted():
    reporter, _editor = person("reporter"), person("editor")
    for number in range(11):
        submitted(reporter, title=f"Bài {number}")
    digest = sent()["editor@example.vn"]
    assert digest.subject == "11 mục đang chờ bạn"
    assert digest.body.count("\n- ") == 8
    assert "và 3 mục khác" in digest.body


def test_nobody_is_told_of_nothing_or_of_what_they_want_no_mails_about():
    reporter, editor = person("reporter"), person("editor")
    assert sent() == {}
    submitted(reporter, title="Một")
    rejected(reporter, editor, "Sửa", title="Hai")
    switch_off(editor, submitted_notifications=False)
    switch_off(reporter, rejected_notifications=False)
    assert sent() == {}


def test_nobody_who_has_left_is_told():
    reporter = person("reporter")
    person("editor", is_active=False)
    person("editor", username="khong-thu", email="")
    submitted(reporter, title="Một")
    assert sent() == {}


def test_a_mail_that_is_refused_keeps_no_other_from_being_sent(settings: LazySettings):
    reporter, editor = person("reporter"), person("editor")
    submitted(reporter, title="Một")
    rejected(reporter, editor, "Sửa", title="Hai")
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    assert set(sent()) == {"reporter@example.vn"}
