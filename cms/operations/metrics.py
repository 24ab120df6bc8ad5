"""Figures for Prometheus. Where PROMETHEUS_MULTIPROC_DIR names a folder, all workers of a server add up in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache

from django.conf import settings
from django.db import DatabaseError
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from cms.operations.disk import free_space

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


class _MachineCollector(Collector):
    """What is looked up when it is asked for."""

    def collect(self) -> Iterator[Metric]:
        # Models are not ready when this module is imported.
        from cms.operations import tasks
        from cms.operations.models import CommandRun

        build = GaugeMetricFamily("cms_build_info", "The version that runs; always 1.", labels=["version"])
        build.add_metric([settings.CMS_VERSION], 1)
        yield build
        disk = GaugeMetricFamily(
            "cms_disk_free_bytes", "Free space where the server writes.", labels=["folder"]
        )
        for name, free in free_space():
            disk.add_metric([name], free)
        yield disk
        runs = GaugeMetricFamily(
            "cms_command_last_run_timestamp_seconds",
            "When a command that the clock starts has ended well, in seconds since 1970.",
            labels=["command"],
        )
        try:
            for run in CommandRun.objects.all():
                if run.ended_at:
                    runs.add_metric([run.command], run.ended_at.timestamp())
            alive, (waiting, seconds) = tasks.is_worker_alive(), tasks.queue()
        except DatabaseError:
            return  # the other figures are wanted most then
        yield runs
        yield GaugeMetricFamily("cms_worker_alive", "Whether a worker for tasks is alive.", value=alive)
        yield GaugeMetricFamily("cms_tasks_waiting", "Tasks that wait for a worker.", value=waiting)
        yield GaugeMetricFamily("cms_tasks_oldest_seconds", "How long the oldest has waited.", value=seconds)


def exposition() -> bytes:
    """All figures, in Prometheus' text format."""
    machine = CollectorRegistry()
    machine.register(_MachineCollector())
    return _counted() + generate_latest(machine)


def _counted() -> bytes:
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the package has none for it
    return generate_latest(registry)
