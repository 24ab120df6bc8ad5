"""Servers of ours in processes of their own, on the test's database."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings
from django.db import connection

from cms.operations.web_server import PUBLIC_FOLDERS
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def server(port: int, **variables: str) -> Iterator[int]:
    """A server with production settings on a port of this machine, until the end of the block."""
    with started(port, **variables):
        yield port


@contextmanager
def started(port: int, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """As `server`, for who wants to `kill` it."""
    command = [sys.executable, "-m", "granian", "cms.wsgi:application", "--interface", "wsgi", "--no-ws"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", "2"]
    for folder in PUBLIC_FOLDERS:
        mounted = Path(settings.MEDIA_ROOT) / folder
        mounted.mkdir(parents=True, exist_ok=True)
        command += ["--static-path-route", f"/media/{folder}", "--static-path-mount", str(mounted)]
    process = subprocess.Popen(  # noqa: S603 - our own server
        command,
        cwd=ROOT,
        env={**environment(port), **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(port, process)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=60)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a server and its worker at once, as a power cut does."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=60)


def children(process: subprocess.Popen[bytes]) -> set[str]:
    """The ids of the processes that a process has started."""
    return set(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split())


@contextmanager
def servers(number: int, **variables: str) -> Iterator[list[int]]:
    """Several server processes; their ports."""
    with ExitStack() as stack:
        yield [stack.enter_context(server(free_port(), **variables)) for _each in range(number)]


def environment(port: int) -> dict[str, str]:
    """The variables of a server with production settings on the test's database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TEST_")}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "settings.production",
        "SECRET_KEY": "for-tests-only-" * 5,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "SECURE_SSL_REDIRECT": "0",
        "LOG_LEVEL": "WARNING",
        "DATABASE_URL": database_url(),
        "REDIS_URL": settings.REDIS_URL,
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
    }


def database_url() -> str:
    """The address of the test's database."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    password = f":{found['PASSWORD']}" if found["PASSWORD"] else ""
    return f"postgres://{found['USER']}{password}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


def health(port: int) -> int:
    """The status that a server answers on /healthz with. Raises OSError where none listens."""
    asked = HTTPConnection("127.0.0.1", port, timeout=5)
    asked.request("GET", "/healthz")
    return asked.getresponse().status


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    def is_healthy() -> bool:
        if process.poll() is not None:
            raise RuntimeError("the server did not start")
        return health(port) == 200

    wait_until(is_healthy, what="the server answers")
