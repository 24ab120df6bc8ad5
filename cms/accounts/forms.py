"""Forms of people who are not logged in, and say when there were too many attempts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.forms import auth

from cms.accounts.throttling import TooManyAttempts


class LoginForm(auth.LoginForm):
    """Wagtail's, which says when to try again. It says the same of accounts that do not exist."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")  # Wagtail has none, for Django's to be translated

    def get_invalid_login_error(self) -> ValidationError:
        refusal = getattr(self.request, "refused_sign_in", None)
        return super().get_invalid_login_error() if refusal is None else too_many(refusal)


def too_many(refusal: TooManyAttempts) -> ValidationError:
    """What somebody is told who has to wait."""
    minutes = -(-refusal.seconds // 60)
    wait = ngettext("in %(minutes)d minute", "in %(minutes)d minutes", minutes) % {"minutes": minutes}
    message = _("Too many attempts. Try again %(wait)s, at %(time)s.")
    return ValidationError(message % {"wait": wait, "time": _clock(refusal.until)}, code="too_many_attempts")


def _clock(moment: datetime) -> str:
    # To the next whole minute: at the time that is said it works.
    seconds = 60 - moment.second if moment.second or moment.microsecond else 0
    return date_format(timezone.localtime(moment + timedelta(seconds=seconds)), "H:i")
