"""How long somebody stays logged in: not for ever, and not while they are away."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

#: Seconds between two writes of when a session was last used.
RESOLUTION = 60


class SessionAgeMiddleware:
    """Ends sessions that are older than SESSION_HOURS, or were not used for SESSION_IDLE_MINUTES."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            now = int(time.time())
            if is_over(request.session, now):
                logout(request)
                messages.warning(
                    request, _("You were signed out because your session is over. Please sign in again.")
                )
            elif not _is_automatic(request):
                _note_use(request, now)
        return self.get_response(request)


def begin(request: HttpRequest) -> None:
    """Count a session's time from now: somebody has just logged in."""
    request.session["begun"] = request.session["used"] = int(time.time())


def is_over(session: Mapping[str, Any], now: int) -> bool:
    """Whether a session has lasted too long by now, or was left alone for too long; `now` in seconds of the epoch."""
    begun, used = session.get("begun", now), session.get("used", now)
    return (
        now - begun >= settings.CMS_SESSION_HOURS * 3600
        or now - used >= settings.CMS_SESSION_IDLE_MINUTES * 60
    )


def _is_automatic(request: HttpRequest) -> bool:
    """Whether an open page asks by itself: a form that nobody sits before says every few seconds that it is open."""
    return request.path.startswith(f"{reverse('wagtailadmin_home')}editing-sessions/")


def _note_use(request: HttpRequest, now: int) -> None:
    request.session.setdefault("begun", now)
    if now - request.session.get("used", 0) >= RESOLUTION:
        request.session["used"] = now
