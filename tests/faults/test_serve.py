"""`scripts/serve`: what ends is started again, and nothing outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections

from tests.servers import ROOT, environment, free_port, health
from tests.waiting import wait_until

pytestmark = [pytest.mark.usefixtures("tree"), pytest.mark.one_database]


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def served(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The script, in a session of its own: its processes are those of that session."""
    given = environment(port) | {"PORT": str(port), "WEB_WORKERS": "1"}
    # Under nohup HUP would be ignored by all that follows, and a shell could not take it back.
    process = subprocess.Popen(
        ["env", "--default-signal=HUP", "scripts/serve"],
        cwd=ROOT,
        env=given,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until(lambda: answers(port))
        until(lambda: len(running(process.pid, "worker")) == 1)
        yield process
    finally:
        for each in running(process.pid):
            os.kill(each, signal.SIGKILL)
        process.wait()
        connections.close_all()


def running(session: int, argument: str = "") -> list[int]:
    """Processes of a session, with an argument."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            state, _parent, _group, its_session = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
            arguments = (folder / "cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue  # it has ended meanwhile
        if int(its_session) == session and state != "Z" and (not argument or argument in arguments):
            found.append(int(folder.name))
    return found


def parent(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


def answers(port: int) -> bool:
    try:
        return health(port) == 200
    except OSError:
        return False


def until(is_so: Callable[[], bool]) -> None:
    wait_until(is_so, what="what the test waits for", seconds=300)


def test_what_is_killed_is_started_again(served: subprocess.Popen[bytes], port: int):
    [worker] = running(served.pid, "worker")
    web = running(served.pid, "cms.operations.web_server")
    [main] = [each for each in web if parent(each) not in web]
    # Its own processes, which have the port, are left to end by themselves.
    for each in (worker, main):
        os.kill(each, signal.SIGKILL)

    until(lambda: running(served.pid, "worker") not in ([], [worker]))
    until(lambda: not set(web) & set(running(served.pid)) and answers(port))


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGHUP])
def test_however_it_is_told_to_end_nothing_is_left(served: subprocess.Popen[bytes], port: int, told: int):
    served.send_signal(told)

    assert served.wait(60) == 128 + told
    until(lambda: running(served.pid) == [])
    assert not answers(port)


def test_metrics_are_kept_in_memory_and_not_on_the_disk(served: subprocess.Popen[bytes]):
    web = running(served.pid, "cms.operations.web_server")[0]
    variables = dict(
        each.partition("=")[::2] for each in Path(f"/proc/{web}/environ").read_bytes().decode().split("\0")
    )

    kind = subprocess.run(
        ["stat", "-f", "-c", "%T", variables["PROMETHEUS_MULTIPROC_DIR"]],
        capture_output=True,
        text=True,
        check=True,
    )
    assert kind.stdout == "tmpfs\n"
