"""An id, a line of the log, a count and a time for every request, also for those that Django never sees."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cms.operations import metrics
from cms.operations.logs import request_id, without_key

logger = logging.getLogger("cms.requests")

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
ID = re.compile(r"[\w.-]{8,64}", re.ASCII)
#: Asked every few seconds by who watches the server; a line in the log is due only where they fail.
PROBES = {"/healthz", "/readyz", "/metrics"}
#: Where the WSGI environment of a request has the pattern of the route that answered it.
ROUTE = "cms.route"
#: Where it has the name of the GraphQL operation, if it is one of those that are counted by name.
OPERATION = "cms.operation"


class RequestLogMiddleware:
    """WSGI middleware around all others: ids (X-Request-ID, lines of the log), and a note how each request went."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        identifier = _id(environ)
        token = request_id.set(identifier)
        begun = time.perf_counter()
        status = "500"

        def start(line: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            nonlocal status
            status = line
            return start_response(line, [*headers, ("X-Request-ID", identifier)], *error)

        try:
            return self._application(environ, start)
        finally:
            _note(environ, int(status[:3]), time.perf_counter() - begun)
            request_id.reset(token)


class RouteMiddleware:
    """Django middleware that tells `RequestLogMiddleware` which route a request matched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.resolver_match:
            request.META[ROUTE] = request.resolver_match.route
        return response


def _id(environ: Environ) -> str:
    """The id that our proxy gave the request, or a new one."""
    given = environ.get("HTTP_X_REQUEST_ID", "")
    return given if settings.TRUSTED_PROXY_HOPS and ID.fullmatch(given) else secrets.token_hex(16)


def _note(environ: Environ, status: int, seconds: float) -> None:
    method = environ.get("REQUEST_METHOD", "")
    operation = environ.get(OPERATION, "")
    metrics.count_request(method, environ.get(ROUTE, ""), status, seconds, operation=operation)
    path = environ.get("PATH_INFO", "")
    if status >= 500:
        level = logging.ERROR
    else:
        level = logging.DEBUG if path in PROBES else logging.INFO
    if logger.isEnabledFor(level):
        # Without the query string: it may hold a preview's token. WSGI hands over the bytes of a path as Latin-1.
        shown = quote(without_key(path).encode("latin-1", "replace"), safe="/*")
        logger.log(level, "%s %s %d %.1f ms", method, shown, status, seconds * 1000)
