"""A body that is too large is refused by its length, before any of it has come."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from http.client import HTTPResponse

import pytest

from tests.servers import free_port, server

HEAD = "POST /graphql/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"


@pytest.fixture
def port(tree: None) -> Iterator[int]:
    with server(free_port()) as port:
        yield port


def answer_to(port: int, length: str) -> tuple[int, str, float]:
    """The status, the body and the seconds of an answer to a request that sends only its head."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        begun = time.monotonic()
        connection.sendall(HEAD.format(length=length).encode())
        response = HTTPResponse(connection)
        response.begin()
        return response.status, response.read().decode(), time.monotonic() - begun


def test_a_large_body_is_refused_before_it_is_sent(port: int):
    status, body, seconds = answer_to(port, "1000001")
    assert (status, json.loads(body)["errors"][0]["extensions"]["code"]) == (413, "BODY_TOO_LARGE")
    assert seconds < 2
    for length in ("-5", "9" * 30, "x"):
        assert answer_to(port, length)[0] == 400
