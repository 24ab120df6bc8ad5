"""What the admin asks this app before it lets somebody do something."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.accounts import audit
from cms.accounts.delegation import may_give, may_manage
from cms.accounts.panels import TwoFactorPanel
from cms.accounts.security import SecurityView, may_secure
from cms.accounts.two_factor.views import TwoFactorSettingsView, TwoFactorView


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("two-factor/", TwoFactorView.as_view(), name="accounts_two_factor"),
        path("account/two-factor/", TwoFactorSettingsView.as_view(), name="accounts_two_factor_settings"),
        path("account-security/<int:pk>/", SecurityView.as_view(), name="accounts_security"),
    ]


@hooks.register("register_account_settings_panel")
def two_factor_panel(request: HttpRequest, user: Any, profile: Any) -> TwoFactorPanel:
    return TwoFactorPanel(request, user, profile)


@hooks.register("register_user_listing_buttons")
def security_button(user: Any, request_user: Any) -> list[Button]:
    if not may_secure(request_user, user):
        return []
    return [Button(_("Security"), reverse("accounts_security", args=[user.pk]), icon_name="key", priority=30)]


@hooks.register("before_create_page")
def lists_are_made_by_editors(request: HttpRequest, parent: Page, page_class: type[Page]) -> None:
    """Who may only write pages of their own adds none that others hang below."""
    if page_class.creatable_subpage_models():
        _require_change(request, parent)


@hooks.register("before_copy_page")
def lists_are_copied_by_editors(request: HttpRequest, page: Page) -> None:
    if page.specific_class.creatable_subpage_models():
        _require_change(request, page)


def _require_change(request: HttpRequest, page: Page) -> None:
    tester = page.permissions_for_user(request.user)
    if not request.user.is_superuser and "change" not in tester.permissions:
        raise PermissionDenied


@hooks.register("before_bulk_action")
def users_are_managed_by_who_may(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: BulkAction
) -> None:
    if not issubclass(action.model, get_user_model()):
        return
    role = action.cleaned_form.cleaned_data.get("role")
    if not all(may_manage(request.user, user) for user in objects) or (
        role and not may_give(request.user, role)
    ):
        raise PermissionDenied


hooks.register("register_log_actions", audit.register)
