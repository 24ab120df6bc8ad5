"""Figures for Prometheus. Where PROMETHEUS_MULTIPROC_DIR names a folder, all workers of a server add up in it."""

from __future__ import annotations

import os
from functools import cache

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

METHODS = {"GET", "HEAD", "OPTIONS", "POST"}

REQUESTS = Counter("cms_http_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram(
    "cms_http_request_seconds",
    "Time from a request's arrival to its answer, in seconds.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
ANSWERS = Counter(
    "cms_graphql_answers",
    "Queries by what became of them: a kept answer, an outdated one, none.",
    ["outcome"],
)
KEPT, OUTDATED, MISSED = (ANSWERS.labels(outcome) for outcome in ("kept", "outdated", "missed"))
ANSWER_BYTES = Gauge(
    "cms_graphql_answer_bytes", "Bytes of the answers that are kept.", multiprocess_mode="livesum"
)


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count a request. `route` is the pattern that it matched and not its path: paths are without number."""
    requests, times = _of(method if method in METHODS else "other", route or "other", status)
    requests.inc()
    times.observe(seconds)


@cache
def _of(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    # Finding the figures of these labels takes longer than counting.
    return REQUESTS.labels(method, route, str(status)), SECONDS.labels(route)


def exposition() -> bytes:
    """All figures, in Prometheus' text format."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the package has none for it
    return generate_latest(registry)
