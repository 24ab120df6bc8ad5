"""The response cache as WSGI middleware: kept answers are given before Django is involved.

A request that is the same, byte for byte, as one that got a kept answer gets that answer too, if it still holds.
Cache misses call the application and record which entry its view answered with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from http import HTTPStatus
from io import BytesIO
from typing import Any

from django.db import DatabaseError, connections

from cms.graphql.accelerators import is_on
from cms.graphql.cache.store import CacheEntry, response_cache
from cms.graphql.http.response import ENTRY_KEY, IS_COUNTED, SNAPSHOT, cache_key_headers, is_personal, render
from cms.graphql.operation.cookies import sends_any
from cms.invalidation.snapshot import take_snapshot
from cms.operations.client_ip import client_ip
from cms.operations.lru import LRUCache
from cms.operations.rate_limiter import rate_limiter
from cms.operations.requests import OPERATION, ROUTE

Environ = dict[str, Any]
ADDRESS = "/graphql/"
#: Bytes; requests with longer bodies always call the application.
MAX_BODY = 100_000
MAX_REQUESTS = 20_000
#: Headers that `render` sets anew.
PER_RESPONSE_HEADERS = {
    "cache-control",
    "cache-tag",
    "content-encoding",
    "content-length",
    "etag",
    "surrogate-key",
    "vary",
}

STATUS_LINES = {code: f"{code} {HTTPStatus(code).phrase}" for code in (200, 304)}


#: Which kept answer a request of given bytes gets, and with which headers of Django's middlewares.
request_index: LRUCache[bytes, tuple[bytes, list[tuple[str, str]]]] = LRUCache(lambda: MAX_REQUESTS)


def _others(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The headers of a response that `render` does not set."""
    return _shared(tuple(pair for pair in headers if pair[0].lower() not in PER_RESPONSE_HEADERS))


@lru_cache(maxsize=100)
def _shared(headers: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    # Most requests get the same ones: twenty thousand lists of them would be all that a process may take.
    return list(headers)


class ResponseCacheMiddleware:
    """WSGI middleware around the whole application."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._app = application

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == ADDRESS[:-1]:
            # Many clients are set up without the slash, and no redirect repeats a POST.
            environ["PATH_INFO"] = ADDRESS
        request = self._bytes_of(environ)
        if request is None:
            return self._app(environ, start_response)
        known = request_index.get(request)
        if known is None or not _is_within_rate(environ):
            return self._call_app(request, environ, start_response)
        # The view need not count it once more.
        environ[IS_COUNTED] = True
        key, headers = known
        try:
            environ[SNAPSHOT] = key, take_snapshot()
            entry = response_cache.get(*environ[SNAPSHOT])
        except DatabaseError:
            # The connection is lost. The application opens a new one, or answers what is wrong.
            connections.close_all()
            environ.pop(SNAPSHOT, None)
            return self._call_app(request, environ, start_response)
        if entry is None or (entry.cookies and sends_any(entry.cookies, environ)):
            return self._call_app(request, environ, start_response)
        return _serve(entry, headers, environ, start_response)

    def _call_app(
        self, request: bytes, environ: Environ, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        return self._app(environ, self._listener(request, environ, start_response))

    def _listener(
        self, request: bytes, environ: Environ, start_response: Callable[..., Any]
    ) -> Callable[..., Any]:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            # A 304 has no Content-Security-Policy: its headers can't serve a 200.
            if ENTRY_KEY in environ and status.startswith("200"):
                request_index.put(request, (environ[ENTRY_KEY], _others(headers)))
            return start_response(status, headers, *error)

        return start

    def _bytes_of(self, environ: Environ) -> bytes | None:
        """What tells a request from others; None for one that kept answers are not for."""
        if environ.get("PATH_INFO") != ADDRESS or not is_on("answer_cache"):
            return None
        if environ["REQUEST_METHOD"] not in {"GET", "POST"} or is_personal(environ):
            return None
        body = _body(environ)
        if body is None:
            return None
        parts = "\n".join([*cache_key_headers(environ), environ.get("QUERY_STRING", "")])
        return hashlib.blake2b(
            parts.encode("utf-8", "surrogateescape") + b"\0" + body, digest_size=20
        ).digest()


def _body(environ: Environ) -> bytes | None:
    """The body of a request, put back for whoever reads it next; None where it is long or its length is not known."""
    if environ["REQUEST_METHOD"] == "GET":
        return b""
    try:
        length = int(environ.get("CONTENT_LENGTH") or -1)
    except ValueError:
        return None
    if not 0 <= length <= MAX_BODY:
        return None
    body = environ["wsgi.input"].read(length)
    environ["wsgi.input"] = BytesIO(body)
    return body


def _is_within_rate(environ: Environ) -> bool:
    """Whether the client is within its rate; the view tells who is not."""
    quota = rate_limiter.consume("read", client_ip(environ))
    return quota is None or not quota.is_exceeded


def _serve(
    entry: CacheEntry,
    headers: list[tuple[str, str]],
    environ: Environ,
    start_response: Callable[..., Any],
) -> list[bytes]:
    status, body, own = render(entry, environ)
    environ[ROUTE], environ[OPERATION] = "graphql/", entry.operation
    start_response(STATUS_LINES[status], [*headers, *own.items(), ("Content-Length", str(len(body)))])
    return [body]
