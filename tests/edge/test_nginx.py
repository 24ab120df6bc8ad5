"""The nginx that we ship, before a server of ours: who sends slowly, or too much, disturbs nobody."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from django.conf import settings

from tests.factories.media import DocumentFactory, ImageFactory
from tests.servers import free_port, server
from tests.waiting import wait_until

SHIPPED = Path(__file__).parents[2] / "deploy" / "nginx" / "cms.conf"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
HEAD = "POST /graphql/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
#: As many as would hold every thread of the server, and then some.
SLOW = 8
MAIN = """daemon off;
error_log {folder}/error.log;
pid {folder}/pid;
events {{ }}
http {{
    access_log off;
    {paths}
    include {folder}/site.conf;
}}
"""

pytestmark = [
    pytest.mark.usefixtures("tree"),
    pytest.mark.skipif(
        NGINX is None and not os.environ.get("REQUIRE_ALL"), reason="there is no nginx on this machine"
    ),
    pytest.mark.one_database,
]


@dataclass
class Ports:
    """Of the server, and of nginx before it."""

    origin: int
    proxy: int


def site(origin: int, proxy: int) -> str:
    """The shipped file on ports of the test, without TLS, and with a patience that a test has."""
    text = SHIPPED.read_text().replace("127.0.0.1:8000", f"127.0.0.1:{origin}")
    text = text[: text.rindex("server {")]
    text = re.sub(r"\n\s*(ssl_\w+|listen \[::\]:443) [^\n]+", "", text)
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{proxy};")
    return text.replace("client_body_timeout 10s", "client_body_timeout 1s")


@pytest.fixture
def ports(tmp_path: Path) -> Iterator[Ports]:
    found = Ports(free_port(), free_port())
    folder = tmp_path / "nginx"
    folder.mkdir()
    (folder / "site.conf").write_text(site(found.origin, found.proxy))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, paths=paths))
    with server(found.origin, TRUSTED_PROXY_HOPS="1", CACHE_TAG_HEADER="Cache-Tag"):
        command = [
            NGINX,
            "-p",
            str(folder),
            "-c",
            str(folder / "nginx.conf"),
            "-e",
            str(folder / "error.log"),
        ]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603 - Debian's
        try:
            _wait(found.proxy)
            yield found
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(port: int) -> None:
    def listens() -> bool:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True

    wait_until(listens, what="nginx listens")


def ask(port: int, path: str, *, timeout: float = 20) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=timeout)
    connection.request("GET", path)
    response = connection.getresponse()
    return response, response.read().decode(errors="replace")


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


def test_a_picture_has_the_headers_that_the_web_server_lacks(ports: Ports):
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


def test_the_limits_of_nginx_are_those_of_the_server():
    text = SHIPPED.read_text()
    assert f"larger than {settings.CMS_GRAPHQL_MAX_BODY_BYTES} bytes" in text
    largest = int(re.search(r"client_max_body_size (\d+)m;", text)[1]) * 1024 * 1024
    assert settings.WAGTAILDOCS_MAX_UPLOAD_SIZE < largest < settings.CMS_MAX_UPLOAD_BYTES
