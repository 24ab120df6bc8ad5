"""The way to the endpoint for who is not logged in: past the middlewares that are about sessions.

Nobody's session, login or form is looked at on this way, and those middlewares took a tenth of what an answer costs.
Everything else takes the long way through all of `MIDDLEWARE`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse
from django.utils.module_loading import import_string

from cms.graphql.responses import is_personal


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


class _ShortWay(WSGIHandler):
    """Django's handler with the middlewares of CMS_ENDPOINT_MIDDLEWARE around one view."""

    def __init__(self, path: str) -> None:
        self._match = resolve(path)
        super().__init__()

    def load_middleware(self, is_async: bool = False) -> None:
        """Each of them is a plain call around the next; hooks for views are not among what they have."""
        handler = convert_exception_to_response(self._view)
        for name in reversed(settings.CMS_ENDPOINT_MIDDLEWARE):
            handler = convert_exception_to_response(import_string(name)(handler))
        self._middleware_chain = handler

    def _view(self, request: HttpRequest) -> HttpResponse:
        # Found once, and not for each request anew.
        request.resolver_match = self._match
        return self._match.func(request)
