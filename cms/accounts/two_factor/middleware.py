"""Who still owes a second factor is nobody, wherever they turn: only the pages where they can give it know them.

Not a part of the login page: so it holds however a session was begun.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.models import Device

from cms.accounts.two_factor.devices import has_two_factor, must_have_two_factor

#: Pages of the admin that need no rights of the account.
OPEN = ("wagtailadmin_logout", "wagtailadmin_javascript_catalog", "wagtailadmin_sprite")


class TwoFactorMiddleware:
    """Holds back who has not given the code.

    It stands in for django-otp's own middleware, which wraps the user in a way that Wagtail's log passes over.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and (page := _page_due(request)):
            return self._hold_back(request, reverse(page))
        return self.get_response(request)

    def _hold_back(self, request: HttpRequest, page: str) -> HttpResponse:
        if request.path == page or request.path in [reverse(name) for name in OPEN]:
            return self.get_response(request)
        request.user = AnonymousUser()
        if not request.path.startswith(reverse("wagtailadmin_home")) or _is_public(request.path):
            return self.get_response(request)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            raise PermissionDenied
        return redirect_to_login(request.get_full_path(), login_url=page)


def _page_due(request: HttpRequest) -> str:
    """The page where a person gives what they owe; empty where they owe nothing."""
    user = request.user
    if not user.is_authenticated or _is_verified(request):
        return ""
    if has_two_factor(user):
        return "accounts_two_factor"
    return "accounts_two_factor_settings" if must_have_two_factor(user) else ""


def _is_verified(request: HttpRequest) -> bool:
    """Whether a code was given in this session, of a device that the account still has."""
    device = Device.from_persistent_id(request.session.get(DEVICE_ID_SESSION_KEY, ""))
    return device is not None and device.confirmed and device.user_id == request.user.pk


def _is_public(path: str) -> bool:
    return path.startswith(reverse("wagtailadmin_password_reset"))
