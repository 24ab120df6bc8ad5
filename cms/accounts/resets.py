"""Mails for forgotten passwords."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import PasswordResetForm
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django_tasks import task
from wagtail.admin.views.account import PasswordResetView


class ResetForm(PasswordResetForm):
    """Django's, which only logs that a mail could not be sent: the task would count as done.

    Wagtail's mail has no HTML.
    """

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        from_email: str | None,
        to_email: str,
        html_email_template_name: str | None = None,
    ) -> None:
        subject = "".join(render_to_string(subject_template_name, context).splitlines())
        send_mail(subject, render_to_string(email_template_name, context), from_email, [to_email])


@task()
def send_reset(email: str, host: str, secure: bool) -> None:
    """Send the mail to each account with this address that may have one; to nobody, if there is none."""
    form = ResetForm({"email": email})
    if form.is_valid():
        form.save(
            domain_override=host,
            use_https=secure,
            subject_template_name=PasswordResetView.subject_template_name,
            email_template_name=PasswordResetView.email_template_name,
        )
