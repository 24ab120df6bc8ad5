"""A reload of the web server behind nginx, as `systemctl reload cms-web` asks for it: new processes, and nobody notices."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import connections

from tests.edge.nginx import ask, needs_nginx, nginx
from tests.servers import ROOT, children, environment, free_port
from tests.waiting import wait_until

pytestmark = [pytest.mark.usefixtures("tree"), needs_nginx, pytest.mark.one_database]


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def web(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """`scripts/web`, as the unit starts it, with both its processes."""
    given = environment(port) | {"PORT": str(port), "WEB_WORKERS": "2"}
    process = subprocess.Popen(
        ["env", "--default-signal=HUP", "scripts/web"],  # noqa: S607 - of every system
        cwd=ROOT,
        env=given,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_until(lambda: status(port) == 200, what="the server answers")
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)
        connections.close_all()


def status(port: int) -> int:
    return ask(port, "/healthz", timeout=60)[0].status


def test_no_request_fails_while_all_processes_are_replaced(
    web: subprocess.Popen[bytes], port: int, tmp_path: Path
):
    before = children(web)
    answered: list[int | str] = []
    ended = Event()
    with nginx(tmp_path / "nginx", port) as proxy:

        def read() -> None:
            while not ended.wait(0.02):
                try:
                    answered.append(status(proxy))
                except (OSError, HTTPException) as error:
                    answered.append(repr(error))

        reader = Thread(target=read)
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
