"""What a person's account page shows of its security."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel

from cms.accounts.two_factor.devices import has_two_factor


class TwoFactorPanel(BaseSettingsPanel):
    """Whether two-factor authentication is on, and the way to its page."""

    name = "two_factor"
    title = _("Two-factor authentication")
    order = 600  # after the password
    template_name = "accounts/two_factor_panel.html"
    form_class = Form

    def get_form(self) -> Form:
        return Form()

    def get_context_data(self) -> dict[str, Any]:
        return {**super().get_context_data(), "is_on": has_two_factor(self.user)}
