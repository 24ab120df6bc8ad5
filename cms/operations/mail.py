"""Mails of a transaction go out when it has been committed: nobody waits for the mail server with its locks."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.db import transaction


class AfterCommitBackend(EmailBackend):
    """SMTP, after the commit; at once where no transaction is open. What can't be sent then is logged."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if not transaction.get_connection().in_atomic_block:
            return super().send_messages(email_messages)
        send = super().send_messages
        transaction.on_commit(lambda: send(email_messages), robust=True)
        return len(email_messages)
