"""Wagtail's page on which people change their own account, where the old password is tried within `throttling.py`."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.auth import PasswordChangeForm
from wagtail.admin.views import account

from cms.accounts.forms import too_many
from cms.accounts.throttling import TooManyAttempts
from cms.accounts.views import refused


class ThrottledPasswordChangeForm(PasswordChangeForm):
    """The old password is a sign-in's; `refusal` is set where there were too many attempts."""

    request: HttpRequest
    refusal: TooManyAttempts | None = None

    def clean_old_password(self) -> str:
        password = self.cleaned_data["old_password"]
        if authenticate(self.request, username=self.user.get_username(), password=password):
            return password
        self.refusal = getattr(self.request, "refused_sign_in", None)
        if self.refusal:
            raise too_many(self.refusal)
        return super().clean_old_password()


class ThrottledPasswordPanel(account.ChangePasswordPanel):
    form_class = ThrottledPasswordChangeForm

    @cached_property
    def form(self) -> PasswordChangeForm:
        form = super().get_form()
        form.request = self.request
        return form

    def get_form(self) -> PasswordChangeForm:
        """The same each time: Wagtail asks for it again to show it, and that is no other attempt."""
        return self.form


@method_decorator([never_cache, require_admin_access, sensitive_post_parameters()], name="dispatch")
class AccountView(account.AccountView):
    @cached_property
    def panels(self) -> list[Any]:
        throttled = ThrottledPasswordPanel
        return [
            throttled(panel.request, panel.user, panel.profile)
            if isinstance(panel, account.ChangePasswordPanel)
            else panel
            for panel in super().get_panels()
        ]

    def get_panels(self) -> list[Any]:
        return self.panels

    def post(self, request: HttpRequest) -> HttpResponse:
        response = super().post(request)
        forms = [panel.form for panel in self.panels if isinstance(panel, ThrottledPasswordPanel)]
        refusal = next((form.refusal for form in forms if form.refusal), None)
        return refused(response, refusal) if refusal else response


own_account = AccountView.as_view()
