from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device

from cms.accounts.forms import too_many
from cms.accounts.throttling import TooManyAttempts
from cms.accounts.two_factor import devices


class RefusableForm(forms.Form):
    """Knows its request; `refusal` is set where there were too many attempts."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.refusal: TooManyAttempts | None = None


class CodeForm(RefusableForm):
    """A code of the account's app, or one for recovery; `device` is what it was right for."""

    code = forms.CharField(
        label=_("Authentication code"),
        max_length=16,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autofocus": "",
                "inputmode": "text",
                "spellcheck": "false",
            }
        ),
    )
    confirmed = True
    device: Device | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        # Where something else is wrong the code is left alone: looking at it would use it up.
        if not self.errors:
            self._check(cleaned["code"])
        return cleaned

    def _check(self, code: str) -> None:
        try:
            self.device = devices.check(self.request.user, code, confirmed=self.confirmed)
        except TooManyAttempts as refusal:
            self.refusal = refusal
            self.add_error("code", too_many(refusal))
            return
        if self.device is None:
            message = _("This code is not right, or was used already.")
            self.add_error("code", forms.ValidationError(message, code="wrong_code"))


class PasswordForm(RefusableForm):
    """Asks again for the password: a browser that was left alone changes nothing here."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_password(self) -> str:
        password, user = self.cleaned_data["password"], self.request.user
        if authenticate(self.request, username=user.get_username(), password=password) is None:
            self.refusal = getattr(self.request, "refused_sign_in", None)
            raise (
                too_many(self.refusal)
                if self.refusal
                else forms.ValidationError(_("This password is not right."))
            )
        return password


class EnrolForm(PasswordForm, CodeForm):
    """The first code of a new app, and the password."""

    field_order = ["code", "password"]
    confirmed = False
