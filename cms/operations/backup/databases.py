"""The database in a file, and back: by the tools of PostgreSQL, and by the online backup of SQLite."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, cast

import zstandard
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from cms.operations.backup.manifest import DatabaseState

FILES = {"postgresql": "database.pgdump", "sqlite": "database.sqlite3.zst"}


def dump(target: Path) -> DatabaseState:
    """Write the database of one moment, while it is in use; raises CommandError."""
    return _dump_postgresql(target) if connection.vendor == "postgresql" else _dump_sqlite(target)


def load(source: Path) -> None:
    """Put what `dump` has written in the place of all that the database holds.

    All at once or not at all: where it raises CommandError, the database holds what it held.
    """
    _load_postgresql(source) if connection.vendor == "postgresql" else _load_sqlite(source)
    # Statements that were prepared, and what a connection knows, are of the database as it was.
    connection.close()


def state() -> DatabaseState:
    """What the database holds now."""
    with connection.cursor() as cursor:

        def ask(statement: str) -> list[tuple[Any, ...]]:
            cursor.execute(statement)
            return cursor.fetchall()

        return _state(ask)


def _state(ask: Callable[[str], list[tuple[Any, ...]]]) -> DatabaseState:
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    count = "SELECT COUNT(*) FROM {}"
    rows = {table: ask(count.format(connection.ops.quote_name(table)))[0][0] for table in sorted(tables)}
    applied = ask("SELECT app, name FROM django_migrations") if rows else []
    return DatabaseState(rows, sorted({f"{app}.{name}" for app, name in applied}))


def _dump_postgresql(target: Path) -> DatabaseState:
    # What is counted is what is dumped, however much is written meanwhile.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        [snapshot] = cursor.fetchone()
        command, environment = _on_our_database("pg_dump", "--format=custom", f"--snapshot={snapshot}")
        with target.open("wb") as file, _running(command, environment, stdout=file) as dumping:
            dumping.finish()
        return state()


def _load_postgresql(source: Path) -> None:
    tables = [connection.ops.quote_name(name) for name in connection.introspection.table_names()]
    drop = f"DROP TABLE {', '.join(tables)} CASCADE;\n" if tables else ""
    connection.close()  # its locks would be waited for
    script = ["pg_restore", "--no-owner", "--no-privileges", "--file=-", str(source)]
    options = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-"]
    command, environment = _on_our_database("psql", *options)
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL}
    with (
        _running(script, {}, stdout=subprocess.PIPE) as reading,
        _running(command, environment, **streams) as writing,
    ):
        with suppress(BrokenPipeError):  # psql has ended with an error, which `finish` raises
            # Not by --single-transaction: at the end of its input psql would commit, also where we were killed.
            writing.input.write(f"BEGIN;\nSET client_min_messages TO warning;\n{drop}".encode())
            shutil.copyfileobj(reading.output, writing.input)
            reading.finish()
            writing.input.write(b"COMMIT;\n")
            writing.input.close()
        writing.finish()


def _on_our_database(program: str, *options: str) -> tuple[list[str], dict[str, str]]:
    """The command of a client program of PostgreSQL, and the variables that it needs, such as the password."""
    command, environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, options)
    return [program, *command[1:]], environment or {}


@dataclass(frozen=True)
class _Program:
    """A program that runs, and the file that its errors go to."""

    name: str
    process: subprocess.Popen[bytes]
    said: IO[bytes]

    @property
    def input(self) -> IO[bytes]:
        return cast(IO[bytes], self.process.stdin)

    @property
    def output(self) -> IO[bytes]:
        return cast(IO[bytes], self.process.stdout)

    def finish(self) -> None:
        """Wait for its end; raises CommandError with what it said where it failed."""
        if self.process.wait():
            self.said.seek(0)
            raise CommandError(f"{self.name} failed: {self.said.read().decode(errors='replace').strip()}")


@contextmanager
def _running(command: list[str], environment: dict[str, str], **streams: Any) -> Iterator[_Program]:
    """A program that does not outlive the block; raises CommandError where there is none of this name."""
    with TemporaryFile() as said:
        try:
            process = subprocess.Popen(  # noqa: S603 - programs of PostgreSQL, with our own arguments
                command, env={**os.environ, **environment}, stderr=said, **streams
            )
        except FileNotFoundError as error:
            raise CommandError(f"{command[0]} is not installed (Debian: postgresql-client).") from error
        try:
            yield _Program(command[0], process, said)
        finally:
            process.kill()
            process.wait()


def _dump_sqlite(target: Path) -> DatabaseState:
    copy = target.with_suffix(".part")
    try:
        with closing(_sqlite(connection.settings_dict["NAME"])) as source, closing(_sqlite(copy)) as file:
            source.backup(file)
            [found] = file.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                raise CommandError(f"The database is damaged, and was not backed up: {found}")
            # The copy is counted: the database may have been written since.
            counted = _state(lambda statement: file.execute(statement).fetchall())
        with copy.open("rb") as read, zstandard.open(target, "wb") as compressed:
            shutil.copyfileobj(read, compressed)
    finally:
        copy.unlink(missing_ok=True)
    return counted


def _load_sqlite(source: Path) -> None:
    plain = source.with_suffix(".part")
    connection.close()
    try:
        with zstandard.open(source, "rb") as compressed, plain.open("wb") as file:
            shutil.copyfileobj(compressed, file)
        with closing(_sqlite(plain)) as read, closing(_sqlite(connection.settings_dict["NAME"])) as ours:
            read.backup(ours)
    except (sqlite3.Error, zstandard.ZstdError) as error:
        raise CommandError(f"The database was not restored: {error}") from error
    finally:
        plain.unlink(missing_ok=True)


def _sqlite(path: Path | str) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=20)
