"""What the admin asks this app before it lets somebody do something."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.models import Page

from cms.accounts import audit
from cms.accounts.delegation import may_give, may_manage


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
