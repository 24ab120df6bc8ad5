"""What is noted of every request: an id, a line in the log, a count and a time."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cms.operations import metrics
from cms.operations.logs import request_id

logger = logging.getLogger("cms.requests")

ID = re.compile(r"[\w.-]{8,64}", re.ASCII)
#: Asked every few seconds by who watches the server; a line in the log is due only where they fail.
PROBES = {"/healthz", "/readyz", "/metrics"}


class RequestMiddleware:
    """Gives each request an id, for its lines in the log and its answer (X-Request-ID), and notes how it went."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(_id(request))
        begun = time.perf_counter()
        try:
            response = self.get_response(request)
            _note(request, response, time.perf_counter() - begun)
            response["X-Request-ID"] = request_id.get()
            return response
        finally:
            request_id.reset(token)


def _id(request: HttpRequest) -> str:
    """The id that our proxy gave the request, or a new one."""
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    return given if settings.TRUSTED_PROXY_HOPS and ID.fullmatch(given) else secrets.token_hex(16)


def _note(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    match = request.resolver_match
    metrics.count_request(request.method or "", match.route if match else "", response.status_code, seconds)
    if response.status_code >= 500:
        level = logging.ERROR
    else:
        level = logging.DEBUG if request.path in PROBES else logging.INFO
    if not logger.isEnabledFor(level):
        return
    # Without the query string: it may hold a preview's token.
    path = quote(_without_key(request.path), safe="/*")
    logger.log(level, "%s %s %d %.1f ms", request.method, path, response.status_code, seconds * 1000)


def _without_key(path: str) -> str:
    """A path, without what opens something for whoever knows it."""
    begins = next((each for each in settings.CMS_SECRET_PATHS if path.startswith(each)), None)
    return f"{begins}*" if begins else path
