"""One process at a time, over all machines that share a database."""

from __future__ import annotations

import fcntl
import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

#: Seconds between two tries.
RETRY = 0.5


@contextmanager
def exclusive(name: str, *, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of this name; `waiting` is called once where another process has it. It ends with its process.

    PostgreSQL: an advisory lock of this connection's session. SQLite, which is for one machine: a lock on a file beside
    the database.
    """
    held = _advisory(name, waiting) if connection.vendor == "postgresql" else _file(name, waiting)
    with held:
        yield


@contextmanager
def _advisory(name: str, waiting: Callable[[], None]) -> Iterator[None]:
    number = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)

    def locked() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
            return bool(cursor.fetchone()[0])

    _until(locked, waiting)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


@contextmanager
def _file(name: str, waiting: Callable[[], None]) -> Iterator[None]:
    path = Path(f"{connection.settings_dict['NAME']}-{name}.lock")
    with path.open("w") as file:

        def locked() -> bool:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        _until(locked, waiting)
        yield


def _until(locked: Callable[[], bool], waiting: Callable[[], None]) -> None:
    if locked():
        return
    waiting()
    while not locked():
        time.sleep(RETRY)
