"""A PostgreSQL and a Redis of a test's own, which it may stop."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import redis
from django.db import connection

from tests.servers import free_port
from tests.waiting import wait_until


def _binaries() -> Path:
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))


@dataclass
class Postgres:
    """A server with one database, on a port of its own."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgres://cms@127.0.0.1:{self.port}/portal"

    def start(self) -> None:
        self._control("-w", "-l", str(self.folder / "log"), "-o", self._options, "start")

    def stop(self) -> None:
        """As `systemctl restart` does it: connections are cut, what is not committed is rolled back."""
        self._control("-w", "-m", "fast", "stop")

    @property
    def _options(self) -> str:
        return f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"

    def end(self) -> None:
        """As a power cut does it."""
        self._control("-m", "immediate", "stop")

    def _control(self, *arguments: str) -> None:
        _as_owner(str(_binaries() / "pg_ctl"), "-D", str(self.folder / "data"), *arguments)


def _as_owner(*command: str) -> None:
    # PostgreSQL refuses to run as root.
    user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    subprocess.run([*user, *command], check=True, stdout=subprocess.DEVNULL, cwd="/tmp")  # noqa: S108


@contextmanager
def postgres_like_ours() -> Iterator[Postgres]:
    """A PostgreSQL of its own that holds what is committed in the test's database."""
    folder = Path(mkdtemp(prefix="cms-postgres-"))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
    found = Postgres(folder, free_port())
    _as_owner(
        str(_binaries() / "initdb"),
        *("-D", str(folder / "data"), "-U", "cms", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"),
    )
    found.start()
    try:
        _copy(found)
        yield found
    finally:
        found.end()
        shutil.rmtree(folder)


def _copy(target: Postgres) -> None:
    ours = connection.settings_dict
    source = f"postgres://{ours['USER']}@{ours['HOST']}:{ours['PORT']}/{ours['NAME']}"
    environment = {**os.environ, "PGPASSWORD": ours["PASSWORD"]}
    dump = subprocess.run([_binaries() / "pg_dump", source], env=environment, capture_output=True, check=True)
    administration = target.url.replace("/portal", "/postgres")
    subprocess.run(["psql", "-q", administration, "-c", "CREATE DATABASE portal"], check=True)
    restore = ["psql", "-q", "-v", "ON_ERROR_STOP=1", target.url]
    subprocess.run(restore, input=dump.stdout, stdout=subprocess.DEVNULL, check=True)


@contextmanager
def redis_on(port: int) -> Iterator[str]:
    """A Redis on this port, until the end of the block; its address."""
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    url = f"redis://127.0.0.1:{port}/0"
    try:
        _wait(redis.Redis.from_url(url))
        yield url
    finally:
        process.kill()
        process.wait()


def _wait(client: redis.Redis) -> None:
    def answers() -> bool:
        try:
            return client.ping()
        except redis.RedisError:
            return False

    wait_until(answers, what="Redis answers")
