"""The nginx that we ship, before a server of ours: who sends slowly, or too much, disturbs nobody."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path

import pytest
from django.conf import LazySettings, settings
from django.test import override_settings

from tests.edge.nginx import SHIPPED, ask, needs_nginx, nginx
from tests.factories.media import DocumentFactory, ImageFactory
from tests.servers import free_port, server
from tests.waiting import wait_until

HEAD = "POST /graphql/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
#: As many as would hold every thread of the server, and then some.
SLOW = 8
pytestmark = [pytest.mark.usefixtures("tree"), needs_nginx, pytest.mark.one_database]


@dataclass
class Ports:
    """Of the server, and of nginx before it, which writes its log into `folder`."""

    origin: int
    proxy: int
    folder: Path


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of media that the server hands files out of."""
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def ports(django_db_setup: None, media: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ports]:
    """One server for all tests: it takes seconds to start, and none of them changes what another asks for."""
    origin, folder = free_port(), tmp_path_factory.mktemp("edge") / "nginx"
    with (
        override_settings(MEDIA_ROOT=media),
        server(origin, TRUSTED_PROXY_HOPS="1", CACHE_TAG_HEADER="Cache-Tag"),
        nginx(folder, origin) as proxy,
    ):
        yield Ports(origin, proxy, folder)


@contextmanager
def slow_clients(port: int) -> Iterator[list[socket.socket]]:
    """Clients that send a byte of their body five times a second."""
    with ExitStack() as stack:
        clients = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            for _each in range(SLOW)
        ]
        for client in clients:
            client.sendall(HEAD.format(length=900_000).encode())
        done, rounds = threading.Event(), []

        def trickle() -> None:
            while not done.wait(0.2):
                for client in clients:
                    client.sendall(b" ")
                rounds.append(len(clients))

        thread = threading.Thread(target=trickle)
        thread.start()
        try:
            wait_until(lambda: len(rounds) >= 5, what="each client has sent five bytes")
            yield clients
        finally:
            done.set()
            thread.join()


def test_clients_that_send_slowly_stop_nobody(ports: Ports):
    with slow_clients(ports.origin), pytest.raises(TimeoutError):
        # This is what nginx is for: the server alone waits for them with all its threads.
        ask(ports.origin, "/healthz", timeout=3)
    with slow_clients(ports.proxy):
        for _each in range(20):
            assert ask(ports.proxy, "/graphql/?query={__typename}")[0].status == 200


def test_a_client_that_sends_no_more_is_let_go(ports: Ports):
    with socket.create_connection(("127.0.0.1", ports.proxy), timeout=20) as client:
        client.sendall(HEAD.format(length=900_000).encode() + b"{")
        # nginx ends the connection, with or without a word.
        assert client.recv(1000) == b"" or client.recv(1000) == b""


def test_a_large_body_is_refused_as_the_server_refuses_it(ports: Ports):
    answers = []
    for port in (ports.origin, ports.proxy):
        with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
            client.sendall(HEAD.format(length=2_000_000).encode())
            response = HTTPResponse(client)
            response.begin()
            body = json.loads(response.read())
            answers.append((response.status, response.headers.get_content_type(), body["errors"][0]))
    direct, proxied = answers
    assert direct == proxied
    assert proxied[0] == 413


def test_a_picture_has_the_headers_that_the_web_server_lacks(
    ports: Ports, media: Path, settings: LazySettings
):
    settings.MEDIA_ROOT = media
    image, document = ImageFactory(), DocumentFactory()
    response, _body = ask(ports.proxy, f"/media/{image.file.name}")
    assert response.status == 200
    assert response.headers.get_all("X-Content-Type-Options") == ["nosniff"]
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert ask(ports.proxy, f"/media/{document.file.name}")[0].status == 404
    assert ask(ports.proxy, document.url)[0].status == 200


def test_the_inside_stays_inside(ports: Ports):
    assert [ask(ports.proxy, path)[0].status for path in ("/metrics", "/readyz", "/healthz")] == [
        404,
        404,
        200,
    ]
    response, _body = ask(ports.proxy, "/graphql/?query={sites{id}}")
    assert response.status == 200
    assert response.headers["Cache-Tag"] is None
    assert ask(ports.origin, "/graphql/?query={sites{id}}")[0].headers["Cache-Tag"]


def test_what_opens_something_is_in_no_line_of_its_log(ports: Ports):
    for path in (
        "/share/bimat-0123456789/",
        "/admin/password_reset/confirm/MQ/bimat-01/",
        "/healthz?token=bimat",
    ):
        ask(ports.proxy, path)

    log = ports.folder / "access.log"
    wait_until(lambda: '"GET /healthz"' in log.read_text(), what="nginx has written its log")
    assert re.findall(r'"(GET /(?:share|admin)/.*)"', log.read_text()) == [
        "GET /share/*",
        "GET /admin/password_reset/confirm/*",
    ]
    assert "bimat" not in log.read_text()


def test_the_limits_of_nginx_are_those_of_the_server():
    text = SHIPPED.read_text()
    assert f"larger than {settings.CMS_GRAPHQL_MAX_BODY_BYTES} bytes" in text
    largest = int(re.search(r"client_max_body_size (\d+)m;", text)[1]) * 1024 * 1024
    assert settings.WAGTAILDOCS_MAX_UPLOAD_SIZE < largest < settings.CMS_MAX_UPLOAD_BYTES
