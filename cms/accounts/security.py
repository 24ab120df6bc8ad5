"""What an administrator can do for somebody who can't get in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_permission_codename, get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.accounts import throttling
from cms.accounts.audit import record
from cms.accounts.delegation import may_manage
from cms.accounts.two_factor import devices
from cms.accounts.unlocking import unlock


def may_secure(manager: Any, user: Any) -> bool:
    """Whether somebody may unlock an account and reset its second factor: another's, within what they may manage."""
    options = get_user_model()._meta
    may_change = manager.has_perm(f"{options.app_label}.{get_permission_codename('change', options)}")
    return manager != user and may_change and may_manage(manager, user)


class SecurityView(WagtailAdminTemplateMixin, TemplateView):
    """Failed sign-ins and two-factor authentication of an account."""

    template_name = "accounts/security.html"
    page_title = gettext_lazy("Security")
    header_icon = "key"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.account = get_object_or_404(get_user_model(), pk=kwargs["pk"])
        if not may_secure(request.user, self.account):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "unlock" in request.POST:
            unlock(self.account, by=request.user)
            messages.success(request, _("The account is open again."))
        elif "reset" in request.POST and devices.has_two_factor(self.account):
            devices.switch_off(self.account)
            record("two_factor_off", self.account, by=request.user, request=request)
            messages.success(request, _("Two-factor authentication is off."))
        return redirect("accounts_security", self.account.pk)

    def get_page_subtitle(self) -> str:
        return get_user_display_name(self.account)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        users = {"url": reverse("wagtailusers_users:index"), "label": _("Users")}
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), users, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "failures": throttling.recent_failures(self.account.get_username()),
            "two_factor": devices.has_two_factor(self.account),
        }
