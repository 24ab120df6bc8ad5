"""What a load is put on: a database with the demonstration, servers of ours, and pgbench beside them."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.request import urlopen

from benchmarks.systems import ROOT, granian, production

TPS = re.compile(r"tps = ([\d.]+)")
PORT = 8080
SECONDS = 3


def psql(url: str, *statements: str) -> None:
    """Run statements, one after the other."""
    for statement in statements:
        subprocess.run(["psql", url, "-qc", statement], check=True)


def build() -> None:
    """Migrate the database of DATABASE_URL and load the demonstration; from then on Django's models may be used."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.development")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_demo", verbosity=0)


def pgbench(statement: str, connections: int) -> float:
    """How many transactions of one statement PostgreSQL takes in a second from so many connections."""
    [binary, *_older] = sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"), reverse=True)
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(statement)
        script.flush()
        options = ["-n", "-c", str(connections), "-j", "2", "-T", str(SECONDS), "-f", script.name]
        command = [str(binary), *options, os.environ["DATABASE_URL"]]
        found = subprocess.run(command, capture_output=True, text=True, check=True)
    return round(float(TPS.search(found.stdout).group(1)), 1)


@contextmanager
def running(processes: int, threads: int, **environment: str) -> Iterator[list[int]]:
    """Server processes with production settings until the end of the block; their ports."""
    environment["WEB_WORKERS"] = str(processes)
    with ExitStack() as stack:
        ports = [PORT + number for number in range(processes)]
        for port in ports:
            stack.enter_context(_server(port, threads, environment))
        yield ports


@contextmanager
def _server(port: int, threads: int, environment: dict[str, str]) -> Iterator[None]:
    command = granian("cms.wsgi:application", port, threads=threads)
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **production(port), **environment})
    try:
        _wait(port)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(port: int) -> None:
    for _each in range(300):
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("a server did not start")
