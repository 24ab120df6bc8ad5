"""Giving the second factor, and switching it on and off."""

from __future__ import annotations

import base64
from typing import Any

import django_otp
import segno
from django.contrib.auth.views import RedirectURLMixin
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from django_otp.plugins.otp_static.models import StaticDevice
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.accounts.audit import record
from cms.accounts.two_factor import devices
from cms.accounts.two_factor.forms import CodeForm, EnrolForm, PasswordForm
from cms.accounts.views import refused


class RefusableFormView(FormView):
    """A form that may have to wait."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def form_invalid(self, form: Form) -> HttpResponse:
        response = super().form_invalid(form)
        return refused(response, form.refusal) if form.refusal else response


class TwoFactorView(RedirectURLMixin, RefusableFormView):
    """Asks for the code, after the password."""

    form_class = CodeForm
    template_name = "accounts/two_factor.html"
    next_page = "wagtailadmin_home"

    def form_valid(self, form: CodeForm) -> HttpResponse:
        user = self.request.user
        _verified(self.request, form.device)
        is_recovery = isinstance(form.device, StaticDevice)
        record(
            "recovery_code_used" if is_recovery else "two_factor_passed", user, by=user, request=self.request
        )
        if is_recovery:
            left = devices.recovery_codes_left(user)
            messages.warning(self.request, _("Recovery codes left: %(number)d.") % {"number": left})
        return super().form_valid(form)

    def form_invalid(self, form: CodeForm) -> HttpResponse:
        if form.has_error("code", "wrong_code"):
            record("two_factor_failed", self.request.user, request=self.request)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "next": self.get_success_url()}


class TwoFactorSettingsView(WagtailAdminTemplateMixin, RefusableFormView):
    """Switches it on where it is off, and else offers new recovery codes and the way back."""

    page_title = gettext_lazy("Two-factor authentication")
    header_icon = "key"
    success_url = reverse_lazy("wagtailadmin_account")

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.is_on = devices.has_two_factor(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self) -> type[Form]:
        return PasswordForm if self.is_on else EnrolForm

    def get_template_names(self) -> list[str]:
        return ["accounts/two_factor_on.html" if self.is_on else "accounts/two_factor_off.html"]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        account = {"url": reverse("wagtailadmin_account"), "label": _("Account")}
        return [*super().get_breadcrumbs_items(), account, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user = self.request.user
        context["required"] = devices.must_have_two_factor(user)
        if self.is_on:
            return {**context, "codes_left": devices.recovery_codes_left(user)}
        device = devices.offered(user)
        return {**context, "qr_code": _drawn(device.config_url), "secret": _spelled(device.bin_key)}

    def form_valid(self, form: Form) -> HttpResponse:
        user = self.request.user
        if not self.is_on:
            codes = devices.switch_on(user, form.device)
            _verified(self.request, form.device)
            return self._show(codes, "two_factor_on")
        if "off" in self.request.POST and not devices.must_have_two_factor(user):
            devices.switch_off(user)
            record("two_factor_off", user, by=user, request=self.request)
            messages.success(self.request, _("Two-factor authentication is off."))
            return super().form_valid(form)
        return self._show(devices.new_recovery_codes(user), "recovery_codes_made")

    def _show(self, codes: list[str], action: str) -> HttpResponse:
        record(action, self.request.user, by=self.request.user, request=self.request)
        context = {**WagtailAdminTemplateMixin.get_context_data(self), "codes": codes}
        return self.response_class(self.request, ["accounts/recovery_codes.html"], context)


def _verified(request: Any, device: Any) -> None:
    # A new name for the session: whoever knew the old one is not let in with it.
    request.session.cycle_key()
    django_otp.login(request, device)


def _drawn(address: str) -> SafeString:
    """A QR code as SVG, within the page: no other address is asked for the secret."""
    return mark_safe(  # noqa: S308 - made of squares
        segno.make(address, error="m").svg_inline(scale=5, border=4, light="#fff", dark="#000")
    )


def _spelled(secret: bytes) -> str:
    """The secret in base32, in groups of four, for apps without a camera."""
    letters = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))
