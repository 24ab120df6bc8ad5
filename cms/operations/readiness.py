"""Whether this process can do its work."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

logger = logging.getLogger(__name__)


class NotReady(Exception):
    """What is missing, in words that may be shown."""


@dataclass(frozen=True)
class Result:
    """How one check went. `detail` is empty where it went well, and never holds an address or a secret."""

    name: str
    ok: bool
    detail: str = ""


def check_database() -> None:
    """A statement is answered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@functools.cache  # What is applied stays so; a failure is not kept.
def check_migrations() -> None:
    """The database has every migration of this code."""
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        raise NotReady(f"{len(pending)} migrations are not applied")


def check_cache() -> None:
    """The cache (Redis, or its table in the database) answers."""
    cache.get("readiness")


CHECKS: dict[str, Callable[[], None]] = {
    "database": check_database,
    "migrations": check_migrations,
    "cache": check_cache,
}


def results() -> list[Result]:
    """Every check, each tried even where one before it failed."""
    return [_result(name, check) for name, check in CHECKS.items()]


def _result(name: str, check: Callable[[], None]) -> Result:
    try:
        check()
    except NotReady as missing:
        return Result(name, ok=False, detail=str(missing))
    except Exception:  # drivers have errors of their own; whatever it is, the answer is "not ready"
        logger.warning("not ready: %s", name, exc_info=True)
        return Result(name, ok=False, detail="does not answer")
    return Result(name, ok=True)
