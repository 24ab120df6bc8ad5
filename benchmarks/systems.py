"""The systems that are measured, and what each is asked."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parent.parent
#: The core that the measured process has for itself; everything else is on the other one.
CORE = "0"


@dataclass(frozen=True)
class Question:
    """Requests of one kind. `bodies` are JSON, or paths where the method is GET; `holds` must be in each answer."""

    bodies: list[str]
    path: str = "/graphql/"
    method: str = "POST"
    holds: Callable[[bytes], bool] = lambda body: b'"errors"' not in body and len(body) > 30


@dataclass
class System:
    """A server that can be started; `questions` by the names that they have in the table."""

    name: str
    command: list[str]
    port: int
    questions: dict[str, Question]
    environment: dict[str, str] = field(default_factory=dict)
    folder: Path = ROOT
    ready: str = "/"

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[bytes]]:
        """The server's process, on its core, until the end of the block."""
        command = ["taskset", "-c", CORE, *self.command]
        environment = {**os.environ, **self.environment}
        process = subprocess.Popen(
            command, cwd=self.folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            self._wait(process)
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and process.poll() is None:
            try:
                urlopen(f"http://127.0.0.1:{self.port}{self.ready}", timeout=5)
                return
            except URLError as error:
                if getattr(error, "code", None):
                    return
            except OSError:
                pass
            time.sleep(0.2)
        raise RuntimeError(f"{self.name} did not start")

    def check(self) -> None:
        """Ask each question once; RuntimeError where an answer is not what it should be."""
        for name, question in self.questions.items():
            address = f"http://127.0.0.1:{self.port}"
            if question.method == "GET":
                request = Request(address + question.bodies[0])
            else:
                headers = {"Content-Type": "application/json"}
                request = Request(address + question.path, question.bodies[0].encode(), headers)
            body = urlopen(request, timeout=60).read()
            if not question.holds(body):
                raise RuntimeError(f"{self.name}, {name}: {body[:300]!r}")


def production(port: int) -> dict[str, str]:
    """The settings of a server of ours that is measured."""
    return {
        "DJANGO_SETTINGS_MODULE": "settings.production",
        "SECRET_KEY": "for-benchmarks-only-" * 4,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "SECURE_SSL_REDIRECT": "0",
        "LOG_LEVEL": "WARNING",
        "REDIS_URL": "",
    }


def granian(application: str, port: int, *, threads: int = 4) -> list[str]:
    """The command of one server process, with as many threads as `scripts/web` gives it."""
    return [
        *(sys.executable, "-m", "granian", application, "--interface", "wsgi", "--no-ws"),
        *("--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", str(threads), "--log-level", "error"),
    ]
