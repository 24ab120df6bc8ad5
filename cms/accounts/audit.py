"""Who did what to accounts and rights, in Wagtail's own log: it is seen in the report "Site history"."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import Site

from cms.operations.client_ip import client_ip

#: Actions and what is said of them; the names in brackets are keys of an entry's data.
ACTIONS: dict[str, Promise] = {
    "signed_in": gettext_lazy("Signed in"),
    "signed_out": gettext_lazy("Signed out"),
    "sign_in_failed": gettext_lazy("Failed to sign in"),
    "locked_out": gettext_lazy("Locked out after too many failed attempts"),
    "unlocked": gettext_lazy("Sign-in unlocked"),
    "password_changed": gettext_lazy("Password changed"),
    "two_factor_on": gettext_lazy("Two-factor authentication switched on"),
    "two_factor_off": gettext_lazy("Two-factor authentication switched off"),
    "two_factor_failed": gettext_lazy("Wrong two-factor code"),
    "two_factor_passed": gettext_lazy("Two-factor code accepted"),
    "recovery_code_used": gettext_lazy("Recovery code used"),
    "recovery_codes_made": gettext_lazy("New recovery codes made"),
    "superuser_on": gettext_lazy("Made a superuser"),
    "superuser_off": gettext_lazy("No longer a superuser"),
    "activated": gettext_lazy("Activated"),
    "deactivated": gettext_lazy("Deactivated"),
    "added": gettext_lazy("Given"),
    "removed": gettext_lazy("Taken away"),
}


class Formatter(LogFormatter):
    """What is said of an entry: the action, what it was about, and the address that it came from."""

    def format_message(self, log_entry: Any) -> Any:
        about, address = log_entry.data.get("about"), log_entry.data.get("address")
        message = format_lazy("{}: {}", self.label, about) if about else self.label
        return format_lazy("{} ({})", message, address) if address else message


def register(actions: LogActionRegistry) -> None:
    """Tell Wagtail's log of our actions."""
    for name, label in ACTIONS.items():
        formatter = type("_Formatter", (Formatter,), {"label": label, "message": label})
        actions.register_action(f"accounts.{name}")(formatter)


def record(
    action: str, subject: Model, *, by: Any = None, request: HttpRequest | None = None, about: str = ""
) -> None:
    """Log that something was done to `subject` by `by`, else by who is logged in to the admin."""
    data = {"about": about} if about else {}
    if request is not None and (address := client_ip(request.META)):
        data["address"] = address
    log(subject, f"accounts.{action}", user=by, data=data)


def sign_in_failed(account: str, *, request: HttpRequest, locked: bool) -> None:
    """Log a wrong password, and that it was one too many.

    What was typed for a name that nobody has may be a password: it goes nowhere, and the failure stands with the site.
    As much is done as for a name that somebody has: the time that it takes tells nobody which it was.
    """
    model = get_user_model()
    user = model._default_manager.filter(**{model.USERNAME_FIELD: account}).first()
    site = Site.objects.filter(is_default_site=True).first()
    subject, about = (user, "") if user else (site, _("unknown account"))
    if subject is None:
        return
    record("sign_in_failed", subject, request=request, about=about)
    if locked:
        record("locked_out", subject, request=request, about=about)
