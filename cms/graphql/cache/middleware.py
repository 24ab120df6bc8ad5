"""Kept answers are given at the door, before Django is involved.

A request that is the same, byte for byte, as one that got a kept answer gets that answer too, if it still holds.
Everything else goes the long way, through the middleware and the view, which say here what they answered.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import lru_cache
from http import HTTPStatus
from io import BytesIO
from threading import Lock
from typing import Any

from django.db import DatabaseError, connections

from cms.graphql.accelerators import is_on
from cms.graphql.answers import Answer, answers
from cms.graphql.responses import ANSWER_KEY, CHARGED, LOOK, is_personal, represent, told_by
from cms.invalidation.snapshot import take_snapshot
from cms.operations.client_ip import client_ip
from cms.operations.rate_limiter import rate_limiter
from cms.operations.requests import ROUTE

Environ = dict[str, Any]
#: Longer bodies go the long way.
MAX_BODY = 100_000
MAX_KNOWN = 20_000
#: Headers of a response that are made anew for each, or that say how its body is written.
OWN = {
    "cache-control",
    "cache-tag",
    "content-encoding",
    "content-length",
    "etag",
    "surrogate-key",
    "vary",
}

#: What a kept answer is given with.
STATUS = {code: f"{code} {HTTPStatus(code).phrase}" for code in (200, 304)}


class Known:
    """Which kept answer a request of given bytes gets, and with which headers of the middleware."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, tuple[bytes, list[tuple[str, str]]]] = OrderedDict()
        self._lock = Lock()

    def get(self, request: bytes) -> tuple[bytes, list[tuple[str, str]]] | None:
        with self._lock:
            return self._known.get(request)

    def learn(self, request: bytes, key: bytes, headers: list[tuple[str, str]]) -> None:
        """Keep which answer a request got; the oldest go."""
        shared = _shared(tuple(pair for pair in headers if pair[0].lower() not in OWN))
        with self._lock:
            self._known[request] = key, shared
            while len(self._known) > MAX_KNOWN:
                self._known.popitem(last=False)

    def clear(self) -> None:
        """Forget all requests."""
        with self._lock:
            self._known.clear()


request_index = Known()


@lru_cache(maxsize=100)
def _shared(headers: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    # Most requests get the same ones: twenty thousand lists of them would be all that a process may take.
    return list(headers)


class FrontDoor:
    """WSGI middleware around the whole application."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        request = self._bytes_of(environ)
        if request is None:
            return self._application(environ, start_response)
        known = request_index.get(request)
        if known is None or not _may_ask(environ):
            return self._long_way(request, environ, start_response)
        # The view need not count it once more.
        environ[CHARGED] = True
        key, headers = known
        try:
            environ[LOOK] = key, take_snapshot()
            answer = answers.get(*environ[LOOK])
        except DatabaseError:
            # A lost connection: the long way begins with a new one, or says what is wrong.
            connections.close_all()
            environ.pop(LOOK, None)
            return self._long_way(request, environ, start_response)
        if answer is None:
            with ExitStack() as turn:
                answer = _made_by_another(key, environ, turn)
                if answer is None:
                    return self._long_way(request, environ, start_response)
        return _given(answer, headers, environ, start_response)

    def _long_way(
        self, request: bytes, environ: Environ, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        return self._application(environ, self._listener(request, environ, start_response))

    def _listener(
        self, request: bytes, environ: Environ, start_response: Callable[..., Any]
    ) -> Callable[..., Any]:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            if ANSWER_KEY in environ and status.startswith("200"):
                request_index.learn(request, environ[ANSWER_KEY], headers)
            return start_response(status, headers, *error)

        return start

    def _bytes_of(self, environ: Environ) -> bytes | None:
        """What tells a request from others; None for one that kept answers are not for."""
        if environ.get("PATH_INFO") != "/graphql/" or not is_on("answer_cache"):
            return None
        if environ["REQUEST_METHOD"] not in {"GET", "POST"} or is_personal(environ):
            return None
        body = _body(environ)
        if body is None:
            return None
        parts = "\n".join([*told_by(environ), environ.get("QUERY_STRING", "")])
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


def _may_ask(environ: Environ) -> bool:
    """Whether the client is within its rate; the view tells who is not."""
    quota = rate_limiter.consume("read", client_ip(environ))
    return quota is None or not quota.is_exceeded


def _made_by_another(key: bytes, environ: Environ, turn: ExitStack) -> Answer | None:
    """The answer that another request is making; None where it is this one's `turn` to make it."""
    try:
        if not turn.enter_context(answers.alone(key)):
            return None
        # Much may have happened meanwhile.
        environ[LOOK] = key, take_snapshot()
        return answers.get(*environ[LOOK])
    except DatabaseError:
        # As above; and nobody waits until that has failed.
        connections.close_all()
        turn.close()
        del environ[LOOK]
        return None


def _given(
    answer: Answer,
    headers: list[tuple[str, str]],
    environ: Environ,
    start_response: Callable[..., Any],
) -> list[bytes]:
    status, body, own = represent(answer, environ)
    environ[ROUTE] = "graphql/"
    start_response(STATUS[status], [*headers, *own.items(), ("Content-Length", str(len(body)))])
    return [body]
