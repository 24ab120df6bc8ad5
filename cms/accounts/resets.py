"""Mails for forgotten passwords."""

from __future__ import annotations

from django_tasks import task
from wagtail.admin.views.account import PasswordResetView, get_password_reset_form


@task()
def send_reset(email: str, host: str, secure: bool) -> None:
    """Send the mail to each account with this address that may have one; to nobody, if there is none."""
    form = get_password_reset_form()({"email": email})
    if form.is_valid():
        form.save(
            domain_override=host,
            use_https=secure,
            subject_template_name=PasswordResetView.subject_template_name,
            email_template_name=PasswordResetView.email_template_name,
        )
