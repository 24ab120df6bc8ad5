"""A body that is too large is refused by its length, before any of it has come."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from http.client import HTTPResponse

import pytest

from tests.servers import free_port, server

pytestmark = pytest.mark.one_database

HEAD = "POST /graphql/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"


@pytest.fixture
def port(tree: None) -> Iterator[int]:
    with server(free_port()) as port:
        yield port


def answer_to(port: int, length: str) -> tuple[int, str]:
    """The status and the body of an answer to a request that sends only its head; who waited for more would never end."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(HEAD.format(length=length).encode())
        response = HTTPResponse(connection)
        response.begin()
        return response.status, response.read().decode()


def test_a_large_body_is_refused_before_it_is_sent(port: int):
    status, body = answer_to(port, "1000001")
    assert (status, json.loads(body)["errors"][0]["extensions"]["code"]) == (413, "BODY_TOO_LARGE")
    for length in ("-5", "9" * 30, "x"):
        assert answer_to(port, length)[0] == 400
