"""Mails of a transaction go out after its commit."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from pytest_django import DjangoCaptureOnCommitCallbacks

from cms.operations.mail import AfterCommitBackend

pytestmark = pytest.mark.one_database


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[EmailMessage]:
    """What went to the mail server."""
    found: list[EmailMessage] = []
    monkeypatch.setattr(EmailBackend, "send_messages", lambda _backend, mails: found.extend(mails))
    return found


@pytest.mark.django_db
def test_a_mail_of_a_transaction_waits_for_its_commit(
    sent: list[EmailMessage], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
):
    mail = EmailMessage("Chờ duyệt", "...", to=["bientap@example.vn"])
    with django_capture_on_commit_callbacks(execute=True):
        assert AfterCommitBackend().send_messages([mail]) == 1
        assert sent == []
    assert sent == [mail]


def test_a_mail_of_no_transaction_goes_out_at_once(sent: list[EmailMessage], tree: Any):
    mail = EmailMessage("Mật khẩu", "...", to=["bientap@example.vn"])
    AfterCommitBackend().send_messages([mail])
    assert sent == [mail]
