"""The application behind its front door, as a WSGI server calls it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from cms.graphql.endpoint import Endpoint
from cms.graphql.frontdoor import FrontDoor

BODY = b'{"query": "{ articles { nodes { title } } }"}'


class Door:
    """A client of the application behind its front door."""

    def __init__(self, application: Callable[..., Iterable[bytes]] | None = None) -> None:
        self._application = FrontDoor(application or Endpoint(WSGIHandler()))

    def ask(self, body: bytes, **environ: str) -> tuple[int, bytes, dict[str, str]]:
        request = RequestFactory().get("/graphql/").environ
        request |= {"REQUEST_METHOD": "POST", "CONTENT_TYPE": "application/json"}
        request |= {"CONTENT_LENGTH": str(len(body)), **environ}
        request["wsgi.input"] = BytesIO(body)
        found: list[Any] = []
        # The connection holds the test's transaction: it must not be closed with the request.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        try:
            content = b"".join(
                self._application(request, lambda status, headers, *error: found.append((status, headers)))
            )
        finally:
            for signal in (request_started, request_finished):
                signal.connect(close_old_connections)
        (status, headers), *_others = found
        return int(status[:3]), content, dict(headers)
