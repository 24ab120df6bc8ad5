"""The nginx that we ship, before a server of ours."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests.servers import free_port
from tests.waiting import wait_until

SHIPPED = Path(__file__).parents[2] / "deploy" / "nginx" / "cms.conf"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
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

needs_nginx = pytest.mark.skipif(
    NGINX is None and not os.environ.get("REQUIRE_ALL"), reason="there is no nginx on this machine"
)


def site(origin: int, proxy: int) -> str:
    """The shipped file on ports of the test, without TLS, and with a patience that a test has."""
    text = SHIPPED.read_text().replace("127.0.0.1:8000", f"127.0.0.1:{origin}")
    text = text[: text.rindex("server {")]
    text = re.sub(r"\n\s*(ssl_\w+|listen \[::\]:443) [^\n]+", "", text)
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{proxy};")
    return text.replace("client_body_timeout 10s", "client_body_timeout 1s")


@contextmanager
def nginx(folder: Path, origin: int) -> Iterator[int]:
    """The port of an nginx before this server, until the end of the block."""
    proxy = free_port()
    folder.mkdir()
    (folder / "site.conf").write_text(site(origin, proxy).replace("/var/log/nginx", str(folder)))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, paths=paths))
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603 - Debian's
    try:
        _wait(proxy)
        yield proxy
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
