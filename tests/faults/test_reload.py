"""A reload of the web server, as `systemctl reload cms-web` asks for it: new processes, and no request that fails."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import connections

from tests.servers import ROOT, environment, free_port
from tests.waiting import wait_until

pytestmark = [pytest.mark.usefixtures("tree"), pytest.mark.one_database]


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def web(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """`scripts/web`, as the unit starts it, with both its processes."""
    given = environment(port) | {"PORT": str(port), "WEB_WORKERS": "2"}
    process = subprocess.Popen(
        ["env", "--default-signal=HUP", "scripts/web"],
        cwd=ROOT,
        env=given,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_until(lambda: healthz(port) == 200, what="the server answers")
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)
        connections.close_all()


def healthz(port: int) -> int:
    asked = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        asked.request("GET", "/healthz")
        return asked.getresponse().status
    finally:
        asked.close()


def children(process: subprocess.Popen[bytes]) -> set[str]:
    return set(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split())


def test_no_request_fails_while_all_processes_are_replaced(web: subprocess.Popen[bytes], port: int):
    before = children(web)
    answered: list[int | str] = []
    ended = Event()

    def ask() -> None:
        while not ended.wait(0.02):
            try:
                answered.append(healthz(port))
            except OSError as error:
                answered.append(repr(error))

    reader = Thread(target=ask)
    reader.start()
    try:
        os.kill(web.pid, signal.SIGHUP)
        wait_until(
            lambda: len(children(web)) >= len(before) and not children(web) & before, what="successors"
        )
    finally:
        ended.set()
        reader.join()
    assert set(answered) == {200}
