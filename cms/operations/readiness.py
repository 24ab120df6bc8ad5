"""Whether this process can serve, and what else does not work as it should."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from redis.exceptions import ResponseError

from cms.operations import replica
from cms.operations.clock import is_scheduler_running
from cms.operations.disk import LOW, free_space
from cms.operations.redis import breaker, client
from cms.operations.tasks import is_worker_alive, uses_workers

logger = logging.getLogger(__name__)

#: Seconds that a replica may be behind.
MOST_BEHIND = 30


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
    """The cache (Redis, or its table in the database) answers; Redis takes what is to be kept, too."""
    if not settings.REDIS_URL:
        cache.get("readiness")
        return
    if breaker.is_open:
        raise NotReady("does not answer, or takes no writes")
    try:
        client().set("cms:readiness", 1, ex=10)
    except ResponseError as error:  # its memory is full, or it has become a replica
        logger.warning("not ready: cache: %s", error)
        raise NotReady("takes no writes") from error


def check_worker() -> None:
    """Some worker carries out tasks."""
    if not is_worker_alive():
        raise NotReady("no worker for tasks is alive: search, renditions and moved files wait")


def check_scheduler() -> None:
    """What is scheduled is published when its time comes."""
    if uses_workers() and not is_scheduler_running():
        raise NotReady("nothing was started by the clock of late: what is scheduled waits")


def check_disk() -> None:
    """There is room to write."""
    full = [name for name, free in free_space() if free < LOW]
    if full:
        raise NotReady(f"less than {LOW // 1_000_000} MB free: {', '.join(full)}")


def check_replica() -> None:
    """The replica answers, and is not far behind."""
    behind = replica.lag()
    if not behind.is_standby:
        raise NotReady("is no standby (any more): set DATABASE_URL and REPLICA_DATABASE_URL")
    if behind.seconds > MOST_BEHIND:
        raise NotReady(f"is {behind.seconds:.0f} s behind: the primary answers what it does not show yet")


#: Without these nobody is answered.
REQUIRED: dict[str, Callable[[], None]] = {"database": check_database, "migrations": check_migrations}
#: Without these readers are.
DEGRADING: dict[str, Callable[[], None]] = {
    "cache": check_cache,
    "worker": check_worker,
    "disk": check_disk,
    "scheduler": check_scheduler,
    "replica": check_replica,
}


def status(results: list[Result]) -> str:
    """`ok`, `degraded` where readers are answered all the same, or `unavailable`."""
    failed = {result.name for result in results if not result.ok}
    if failed & set(REQUIRED):
        return "unavailable"
    return "degraded" if failed else "ok"


def results() -> list[Result]:
    """Every check, each tried even where one before it failed."""
    checks = REQUIRED | DEGRADING
    if not replica.is_configured():
        checks.pop("replica")
    return [_result(name, check) for name, check in checks.items()]


def _result(name: str, check: Callable[[], None]) -> Result:
    try:
        check()
    except NotReady as missing:
        return Result(name, ok=False, detail=str(missing))
    except Exception:  # drivers have errors of their own; whatever it is, the answer is "not ready"
        logger.warning("not ready: %s", name, exc_info=True)
        return Result(name, ok=False, detail="does not answer")
    return Result(name, ok=True)
