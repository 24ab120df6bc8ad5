"""The way to the endpoint for who is not logged in: past all that is not about the request itself.

Nobody's session, login or form is looked at on this way, what middlewares say of an answer is learnt
(`learning.py`), and who keeps house at a request's begin and end is called once a second by each thread, and not for
each request. All that took a third of what a vote costs. Everything else takes the long way through `MIDDLEWARE`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler, get_script_name
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse, set_script_prefix

from cms.graphql.learning import LearntHeaders, around, learnt_headers
from cms.graphql.responses import is_personal

#: Seconds in which a thread calls at most once who listens to `request_started` and `request_finished`: Django, which
#: closes connections that are old or broken there, and our background threads, which begin with the first request.
HOUSEKEEPING = 1.0


class Endpoint:
    """WSGI middleware around Django's handler."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application
        self._path = reverse("graphql")
        self._short = _ShortWay(self._path)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == self._path and not is_personal(environ):
            return self._short(environ, start_response)
        return self._application(environ, start_response)


class _Housekeeping(threading.local):
    due = float("-inf")


class _ShortWay(WSGIHandler):
    """Django's handler with the middlewares of CMS_ENDPOINT_MIDDLEWARE around one view."""

    def __init__(self, path: str) -> None:
        self._match = resolve(path)
        self._housekeeping = _Housekeeping()
        super().__init__()

    def load_middleware(self, is_async: bool = False) -> None:
        """Hooks for views are not among what they have."""
        names = settings.CMS_ENDPOINT_MIDDLEWARE
        learnt = [name for name in names if name in settings.CMS_LEARNT_MIDDLEWARE]
        asked = [name for name in names if name not in learnt]
        self._middleware_chain = around(LearntHeaders(self._view, learnt), asked)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if time.monotonic() >= self._housekeeping.due:
            self._housekeeping.due = time.monotonic() + HOUSEKEEPING
            set_script_prefix(get_script_name(environ))
            signals.request_started.send(sender=self.__class__, environ=environ)
            response = self._answered(environ, start_response)
            signals.request_finished.send(sender=self.__class__)
        else:
            response = self._answered(environ, start_response)
        if response.status_code >= 500:
            # A connection may be broken.
            self._housekeeping.due = _Housekeeping.due
        return [response.content]

    def _answered(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> HttpResponse:
        response = self.get_response(self.request_class(environ))
        cookies = [("Set-Cookie", each.OutputString()) for each in response.cookies.values()]
        headers = [*response.items(), *learnt_headers(response), *cookies]
        start_response(f"{response.status_code} {response.reason_phrase}", headers)
        return response

    def _view(self, request: HttpRequest) -> HttpResponse:
        # Found once, and not for each request anew.
        request.resolver_match = self._match
        return self._match.func(request)
