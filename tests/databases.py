"""The tests' databases: migrated once, given the roles once, filled with the demonstration once, then copied.

What copies are made from is kept until the code changes or a day is over: files in a folder for temporary things, or
databases of the PostgreSQL server that the tests run on. `python -m tests.databases` makes all but the browser's portal.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import django
import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings
from psycopg2.sql import SQL, Identifier

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(gettempdir()) / f"cms-tests-{os.getuid()}"
KEPT = 24 * 60 * 60  # seconds
Rows = list[tuple[Any, ...]]


@contextmanager
def connected(name: str) -> Iterator[None]:
    """Let Django work on the database of this name, until the end of the block."""
    found = connection.settings_dict
    before = found["NAME"]
    connection.close()
    # In place: other threads connect by the same settings.
    found["NAME"] = address(name)
    try:
        yield
    finally:
        connection.close()
        found["NAME"] = before


@contextmanager
def copied(template: str, *, purpose: str = "") -> Iterator[str]:
    """A copy of the database "migrated", "roles" or "demo" for this process, until the end of the block; its name.

    Several at a time differ in their purpose.
    """
    name = f"{template}_{purpose}{os.getpid()}"
    _make(template)
    _server().drop(name)
    _server().copy(template, name)
    try:
        yield name
    finally:
        _server().drop(name)


@contextmanager
def empty() -> Iterator[str]:
    """A database without any table for this process, until the end of the block; its name."""
    name = f"migrated_empty_{os.getpid()}"
    _server().drop(name)
    _server().create(name)
    try:
        yield name
    finally:
        _server().drop(name)


@contextmanager
def frozen() -> Iterator[str]:
    """A copy of the test's database as it is now, which gets no later change, until the end of the block; its name."""
    name = f"roles_frozen_{os.getpid()}"
    connection.close()  # PostgreSQL copies no database that somebody is connected to
    _server().drop(name)
    _server().copy(f"roles_{os.getpid()}", name)
    try:
        yield name
    finally:
        _server().drop(name)


def address(name: str) -> str:
    """What Django's settings call the database of this name."""
    return _server().address(name)


@contextmanager
def rolled_back(media: Path) -> Iterator[None]:
    """What several tests look at, made once: all that is written until the end of the block is taken back after it."""
    with override_settings(MEDIA_ROOT=media), transaction.atomic():
        yield
        transaction.set_rollback(True)


def portal(make: Callable[[Path], None]) -> Path:
    """A folder for copying that `make` has filled once: what a portal stores, beginning with a migrated SQLite file."""
    made = FOLDER / key("demo") / "portal"
    _make("migrated")
    with _alone("portal"):
        if not made.exists():
            part = made.with_name("portal_part")
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
            shutil.copy(_Files().address("migrated"), part / "cms.sqlite3")
            make(part)
            part.rename(made)
    return made


def media() -> Path:
    """The folder of the demonstration's files; for copying, not for writing into."""
    return FOLDER / key("demo") / f"media-{connection.vendor}"


@cache
def key(template: str) -> str:
    """Stands for what a template is made from.

    Of "project" migrations and models of the project, of "migrated" those of an example type, too; of the others all
    code, and the day.
    """
    installed = [name for name in settings.INSTALLED_APPS if template != "project" or not _is_example(name)]
    apps = {name if _is_example(name) else name.split(".")[0] for name in installed}
    folders = [ROOT / name.replace(".", "/") for name in sorted(apps | {"cms", "settings"})]
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    files = [path for path in files if path.suffix not in {".pyc", ".po", ".mo"}]
    found = hashlib.sha256(f"{installed}".encode())
    if template in {"project", "migrated"}:
        files = [path for path in files if {"migrations", "models", "models.py"} & set(path.parts)]
    else:
        found.update(f"{datetime.now(UTC):%Y-%m-%d}".encode())
    for path in [ROOT / "requirements.lock", Path(__file__), *files]:
        found.update(f"{path.relative_to(ROOT)}".encode() + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:12]


def _is_example(app: str) -> bool:
    return app.startswith("tests.")


def _make(template: str) -> None:
    """Make a template where there is none; other processes wait meanwhile."""
    base = _made_base(template)
    with _alone(template):
        if _server().exists(template):
            return
        # An unfinished template has another name: nobody takes it for one.
        part = f"{template}_part"
        _server().drop(part)
        if base:
            _server().copy(base, part)
        else:
            _server().tidy()
            _server().create(part)
        with connected(part):
            FILL[template]()
        _server().rename(part, template)


def _made_base(template: str) -> str | None:
    """The template that this one begins with, made; none for what begins with nothing."""
    if template == "project":
        return None
    base = "project" if template == "migrated" else "migrated"
    if base == "project" and any(map(_is_example, settings.INSTALLED_APPS)):
        # A process that has an example type can't make what has none.
        return base if _server().exists(base) else None
    _make(base)
    return base


def _migrate() -> None:
    call_command("migrate", verbosity=0)


def _set_up_roles() -> None:
    call_command("set_up_roles", stdout=StringIO())


def _load_demo() -> None:
    shutil.rmtree(media(), ignore_errors=True)
    # Tasks would make pictures and entries one by one, for which tests may ask.
    tasks = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    with override_settings(MEDIA_ROOT=media(), CMS_ENVIRONMENT="development", TASKS=tasks):
        call_command("load_demo", stdout=StringIO())
        call_command("reindex_search", stdout=StringIO())


#: How each template is filled.
FILL = {"project": _migrate, "migrated": _migrate, "roles": _set_up_roles, "demo": _load_demo}


@contextmanager
def _alone(template: str) -> Iterator[None]:
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    with (FOLDER / f"{template}-{connection.vendor}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _template(name: str) -> str:
    """Which template a database is, or is a copy of."""
    return name.partition("_")[0]


def _server() -> _Files | _PostgreSQL:
    return _Files() if connection.vendor == "sqlite" else _PostgreSQL()


class _Files:
    """Databases of SQLite, a file each."""

    def address(self, name: str) -> str:
        return str(FOLDER / key(_template(name)) / f"{name}.sqlite3")

    def exists(self, name: str) -> bool:
        return Path(self.address(name)).exists()

    def create(self, name: str) -> None:
        Path(self.address(name)).parent.mkdir(parents=True, exist_ok=True)

    def copy(self, source: str, target: str) -> None:
        self.create(target)
        # Nobody has it open, so that its journal is written back.
        shutil.copy(self.address(source), self.address(target))

    def rename(self, source: str, target: str) -> None:
        Path(self.address(source)).replace(self.address(target))

    def drop(self, name: str) -> None:
        file = Path(self.address(name))
        for path in file.parent.glob(f"{file.name}*"):
            path.unlink()

    def tidy(self) -> None:
        for folder in FOLDER.iterdir():
            if folder.is_dir() and folder.stat().st_mtime < time.time() - KEPT:
                shutil.rmtree(folder, ignore_errors=True)


class _PostgreSQL:
    """Databases of the server of TEST_DATABASE_URL."""

    PREFIX = "cms_test_"

    def address(self, name: str) -> str:
        return f"{self.PREFIX}{key(_template(name))}_{name}"

    def exists(self, name: str) -> bool:
        return self.address(name) in self._names()

    def create(self, name: str) -> None:
        self._do(SQL("CREATE DATABASE {}").format(self._named(name)))

    def copy(self, source: str, target: str) -> None:
        self._do(SQL("CREATE DATABASE {} TEMPLATE {}").format(self._named(target), self._named(source)))

    def rename(self, source: str, target: str) -> None:
        self._do(SQL("ALTER DATABASE {} RENAME TO {}").format(self._named(source), self._named(target)))

    def drop(self, name: str) -> None:
        # A server that a test has started may not have closed its connection yet.
        self._do(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(self._named(name)))

    def tidy(self) -> None:
        kept = tuple(key(template) for template in FILL)
        for name in self._names():
            if name.startswith(self.PREFIX) and not name.removeprefix(self.PREFIX).startswith(kept):
                with suppress(psycopg2.OperationalError):  # in use: by the tests of another checkout
                    self._do(SQL("DROP DATABASE {}").format(Identifier(name)))

    def _named(self, name: str) -> Identifier:
        return Identifier(self.address(name))

    def _names(self) -> set[str]:
        return {name for (name,) in self._do(SQL("SELECT datname FROM pg_database"))}

    def _do(self, statement: Any) -> Rows:
        # The address names a database that is there; a test's own may not be, or must not be connected to.
        administration = psycopg2.connect(os.environ["TEST_DATABASE_URL"])
        administration.autocommit = True
        with closing(administration), administration.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []


class Contents:
    """What a database holds, to give it back after a test that has committed something else.

    Only tables that were written are emptied and filled again, and no signal is sent: pytest-django's way flushes all
    tables and makes content types and permissions anew. Rows keep their primary keys.
    """

    def __init__(self) -> None:
        self._tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        self._rows = {table: _rows(table) for table in self._filled()}

    def restore(self) -> None:
        # Constraints are checked at the end of the transaction: the order is of no matter.
        with transaction.atomic(), connection.cursor() as cursor:
            for table in self._filled() | self._rows.keys():
                kept = self._rows.get(table)
                if kept and _rows(table) == kept:
                    continue
                quoted = connection.ops.quote_name(table)
                cursor.execute(f"DELETE FROM {quoted}")  # noqa: S608 - a name of Django's
                if kept:
                    places = ", ".join(["%s"] * len(kept[0]))
                    cursor.executemany(f"INSERT INTO {quoted} VALUES ({places})", kept)  # noqa: S608

    def _filled(self) -> set[str]:
        """The tables that hold something."""
        each = "SELECT '{0}' WHERE EXISTS (SELECT 1 FROM {1})"
        parts = [each.format(table, connection.ops.quote_name(table)) for table in self._tables]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts))
            return {table for (table,) in cursor.fetchall()}


def _rows(table: str) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")  # noqa: S608
        return cursor.fetchall()


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "settings.test"
    django.setup()
    for each in ("roles", "demo"):
        _make(each)
