"""Figures of the machine, the clock, workers and tasks, looked up when /metrics is asked."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count, Max
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from prometheus_client.core import GaugeMetricFamily, Metric

from cms.operations import replica, tasks
from cms.operations.disk import free_space
from cms.operations.metrics import collect_when_asked
from cms.operations.models import CommandRun, WorkerHeartbeat


@collect_when_asked
def machine() -> Iterator[Metric]:
    """The version that runs, and free space."""
    build = GaugeMetricFamily("cms_build_info", "The version that runs; always 1.", labels=["version"])
    build.add_metric([settings.CMS_VERSION], 1)
    yield build
    disk = GaugeMetricFamily("cms_disk_free_bytes", "Free space where the server writes.", labels=["folder"])
    for name, free in free_space():
        disk.add_metric([name], free)
    yield disk


@collect_when_asked
def clock() -> Iterator[Metric]:
    """When the commands of the clock have ended."""
    runs = GaugeMetricFamily(
        "cms_command_last_run_timestamp_seconds",
        "When a command that the clock starts has ended well, in seconds since 1970.",
        labels=["command"],
    )
    starts = GaugeMetricFamily(
        "cms_command_last_start_timestamp_seconds",
        "When the clock has started a command last, in seconds since 1970.",
        labels=["command"],
    )
    for run in CommandRun.objects.all():
        for family, moment in ((runs, run.ended_at), (starts, run.started_at)):
            if moment:
                family.add_metric([run.command], moment.timestamp())
    yield from (runs, starts)


@collect_when_asked
def behind() -> Iterator[Metric]:
    """How far the replica is behind the primary."""
    if not replica.is_configured():
        return
    lag = replica.lag()
    yield GaugeMetricFamily(
        "cms_replica_lag_bytes", "What the replica has not replayed of the primary's log.", value=lag.bytes
    )
    yield GaugeMetricFamily(
        "cms_replica_lag_seconds", "Age of the last transaction that it has replayed.", value=lag.seconds
    )


@collect_when_asked
def workers() -> Iterator[Metric]:
    """Whether a worker is alive, and when one was heard of last."""
    alive = tasks.is_worker_alive()
    yield GaugeMetricFamily("cms_worker_alive", "Whether a worker for tasks is alive.", value=alive)
    beat = WorkerHeartbeat.objects.aggregate(last=Max("seen_at"))["last"]
    yield GaugeMetricFamily(
        "cms_worker_last_beat_timestamp_seconds",
        "When a worker for tasks was alive last, in seconds since 1970; 0: never.",
        value=beat.timestamp() if beat else 0,
    )


@collect_when_asked
def queue() -> Iterator[Metric]:
    """What waits for a worker, what is under way, and what has failed of late."""
    waiting, seconds = tasks.queue()
    yield GaugeMetricFamily("cms_tasks_waiting", "Tasks that wait for a worker.", value=waiting)
    yield GaugeMetricFamily("cms_tasks_oldest_seconds", "How long the oldest has waited.", value=seconds)
    found = GaugeMetricFamily(
        "cms_tasks", "Tasks that have not ended well, until they are pruned.", labels=["task", "status"]
    )
    unended = DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).order_by()
    for path, status, number in unended.values_list("task_path", "status").annotate(Count("pk")):
        found.add_metric([path, status.lower()], number)
    yield found
