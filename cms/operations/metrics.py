"""Figures for Prometheus. Where PROMETHEUS_MULTIPROC_DIR names a folder, all workers of a server add up in it.

Values of labels are bounded: routes, names that settings list, words of our own. Nothing that a stranger sends is one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from django.db import DatabaseError
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

METHODS = {"GET", "HEAD", "OPTIONS", "POST"}

REQUESTS = Counter("cms_http_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram(
    "cms_http_request_seconds",
    "Time from a request's arrival to its answer, in seconds; for GraphQL by the operation's name, if it is known.",
    ["route", "operation"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
ERRORS = Counter("cms_graphql_errors", "Answers with an error of this code, whatever their status.", ["code"])
ANSWERS = Counter(
    "cms_graphql_answers",
    "Queries by what became of them: a kept answer, an outdated one, none.",
    ["outcome"],
)
KEPT, OUTDATED, MISSED = (ANSWERS.labels(outcome) for outcome in ("kept", "outdated", "missed"))
ANSWER_BYTES = Gauge(
    "cms_graphql_answer_bytes", "Bytes of the answers that are kept.", multiprocess_mode="livesum"
)
STATEMENTS = Counter("cms_sql_statements", "SQL statements that the database was sent.")
TASKS = Counter(
    "cms_tasks_ended", "Tasks that a worker has carried out, by how they ended.", ["task", "status"]
)


def count_request(method: str, route: str, status: int, seconds: float, *, operation: str = "") -> None:
    """Count a request. `route` is the pattern that it matched and not its path: paths are without number."""
    requests, times = _of(method if method in METHODS else "other", route or "other", status, operation)
    requests.inc()
    times.observe(seconds)


@cache
def _of(method: str, route: str, status: int, operation: str) -> tuple[Counter, Histogram]:
    # Finding the figures of these labels takes longer than counting.
    return REQUESTS.labels(method, route, str(status)), SECONDS.labels(route, operation)


def count_errors(codes: Iterable[str]) -> None:
    """Count an answer's errors, each code once."""
    for code in set(codes):
        ERRORS.labels(code).inc()


Collect = Callable[[], Iterable[Metric]]
_collected: list[Collect] = []


def collect_when_asked(collect: Collect) -> Collect:
    """Decorator: add figures to /metrics that are looked up for each answer, such as rows that wait in a table."""
    _collected.append(collect)
    return collect


class _CollectedWhenAsked(Collector):
    def collect(self) -> Iterator[Metric]:
        for collect in _collected:
            try:
                yield from list(collect())
            except DatabaseError:  # the other figures are wanted most then
                continue


def exposition() -> bytes:
    """All figures, in Prometheus' text format."""
    asked = CollectorRegistry()
    asked.register(_CollectedWhenAsked())
    return _counted() + generate_latest(asked)


def _counted() -> bytes:
    if not (folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR")):
        return generate_latest(REGISTRY)
    _forget_dead(Path(folder))
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the package has none for it
    return generate_latest(registry)


def _forget_dead(folder: Path) -> None:
    """Take out what only living processes have, such as bytes in memory.

    As prometheus_client's `mark_process_dead`, which wants to be told of each process that dies. Two scrapes
    may do it at once.
    """
    for file in folder.glob("gauge_live*.db"):
        if not Path("/proc", file.stem.rpartition("_")[2]).exists():
            file.unlink(missing_ok=True)
