"""The endpoint as a frontend uses it: WSGI requests to the application that the server runs, and the bytes it answers.

`TEST_THREE_WAYS` (1 or 0) says whether `data` asks with the answer cache off, cold and warm and compares the answers.
It is on with SQLite and off with PostgreSQL unless it is given: one of the databases is enough to compare on.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.servers.basehttp import get_internal_wsgi_application
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.http import HttpResponse
from django.test import RequestFactory

from tests.accelerators import only_off

OPERATIONS = Path(__file__).parent.parent / "frontend" / "operations"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"
#: A reader's address, of a network for documentation (RFC 5737): none of ours, which have no rate limit.
READER = "203.0.113.1"
WITHOUT_BODY = {204, 304}


class Response(HttpResponse):
    """What the application answered, read back from WSGI."""

    def json(self) -> Any:
        return json.loads(self.content)


class Reader(RequestFactory):
    """A reader at an IP address, with headers (`accept_language="en"`) that go with each of their requests.

    Sends what `RequestFactory` builds through `cms.wsgi.application`, and keeps the cookies that it is given.
    """

    def __init__(self, *, address: str = READER, **headers: str) -> None:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        super().__init__(headers={"user-agent": AGENT, **given}, REMOTE_ADDR=address)

    def request(self, **request: Any) -> Response:
        environ = self._base_environ(**request)
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], *_error: Any) -> None:
            started.append((status, headers))

        with _transaction_stays_open():
            chunks = get_internal_wsgi_application()(environ, start_response)
            try:
                content = b"".join(chunks)
            finally:
                if hasattr(chunks, "close"):
                    chunks.close()
        status, headers = started[-1]
        response = _response(status, headers, content, method=environ["REQUEST_METHOD"])
        self.cookies.update(response.cookies)
        return response


def _response(status: str, headers: list[tuple[str, str]], content: bytes, *, method: str) -> Response:
    code, _space, reason = status.partition(" ")
    if method == "HEAD" or int(code) in WITHOUT_BODY:
        content = b""  # as the server leaves it out
    response = Response(content, status=int(code), reason=reason)
    del response["Content-Type"]  # the default of Django's class
    for name, value in headers:
        if name.lower() == "set-cookie":
            response.cookies.load(value)
        elif name in response:
            response[name] += f", {value}"
        else:
            response[name] = value
    return response


@contextmanager
def _transaction_stays_open() -> Iterator[None]:
    """A request closes connections that it finds in a transaction. The test's own transaction is no leftover."""
    if not connection.in_atomic_block:
        yield
        return
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


class GraphQLClient:
    """Two verbs: `data` for what must succeed, `errors` for what must not. `http` is for everything below them.

    `data` asks a query three times where `TEST_THREE_WAYS` says so, and the answers must be the same.
    """

    def __init__(self, *, address: str = READER, **headers: str) -> None:
        self.http = Reader(address=address, **headers)

    def post(self, query: str, /, *, operation: str | None = None, **variables: Any) -> Response:
        """The bare response to a request."""
        body = {"query": query, "variables": variables, "operationName": operation}
        return self.http.post("/graphql/", body, content_type="application/json")

    def data(self, query: str, /, *, operation: str | None = None, **variables: Any) -> dict[str, Any]:
        """The data of a request that has no errors."""
        if "mutation" in query or not _three_ways():
            return self._data(query, operation, variables)
        with only_off("answer_cache"):
            fresh = self._data(query, operation, variables)
        assert self._data(query, operation, variables) == fresh, "the answer differs with a cold cache"
        assert self._data(query, operation, variables) == fresh, "the answer differs with a warm cache"
        return fresh

    def _data(self, query: str, operation: str | None, variables: dict[str, Any]) -> dict[str, Any]:
        response = self.post(query, operation=operation, **variables)
        answer = response.json()
        assert "errors" not in answer, answer["errors"]
        assert response.status_code == 200
        return answer["data"]

    def errors(
        self, query: str, *, code: str, operation: str | None = None, **variables: Any
    ) -> list[dict[str, Any]]:
        """The errors of a request that must have some, the first of them with this code."""
        response = self.post(query, operation=operation, **variables)
        assert response.status_code < 500, response.content
        errors = response.json()["errors"]
        assert next(error["extensions"]["code"] for error in errors) == code, errors
        return errors

    def operation(self, name: str, operation: str, /, **variables: Any) -> dict[str, Any]:
        """The data of an operation of the clients' documents: `operation("article", "Article", urlPath=...)`."""
        return self.data((OPERATIONS / f"{name}.graphql").read_text(), operation=operation, **variables)


def _three_ways() -> bool:
    return os.environ.get("TEST_THREE_WAYS", "1" if connection.vendor == "sqlite" else "0") == "1"
