"""Figures of the machine, the clock, workers and tasks, looked up when /metrics is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Max, Q
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from prometheus_client.core import GaugeMetricFamily, Metric

from cms.operations import readiness, replica, tasks
from cms.operations.clock import JOBS
from cms.operations.disk import free_space
from cms.operations.metrics import collect_when_asked
from cms.operations.models import CommandRun, WorkerHeartbeat

#: For so long a task that has failed is told: its row stays longer, and an alert that can't end is looked at no more.
OF_LATE = timedelta(days=1)


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
def ready() -> Iterator[Metric]:
    """What /readyz says: also while the database, which most other figures come from, does not answer."""
    checks = GaugeMetricFamily("cms_ready", "Whether a check of /readyz goes well.", labels=["check"])
    for result in readiness.results():
        checks.add_metric([result.name], result.ok)
    yield checks


@collect_when_asked
def clock() -> Iterator[Metric]:
    """When the commands of the clock have ended."""
    runs = GaugeMetricFamily(
        "cms_command_last_run_timestamp_seconds",
        "When a command that the clock starts has ended well, in seconds since 1970; 0: never.",
        labels=["command"],
    )
    starts = GaugeMetricFamily(
        "cms_command_last_start_timestamp_seconds",
        "When the clock has started a command last, in seconds since 1970.",
        labels=["command"],
    )
    for run in CommandRun.objects.filter(command__in=JOBS):  # rows of what is gone stay
        # Also of one that never has: what is absent raises no alert.
        runs.add_metric([run.command], run.ended_at.timestamp() if run.ended_at else 0)
        if run.started_at:
            starts.add_metric([run.command], run.started_at.timestamp())
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
        "cms_tasks", "Tasks that wait, are under way, or have failed of late.", labels=["task", "status"]
    )
    ended_well, over = Q(status=TaskResultStatus.SUCCESSFUL), Q(finished_at__lt=timezone.now() - OF_LATE)
    of_interest = DBTaskResult.objects.exclude(ended_well | over).order_by()
    for path, status, number in of_interest.values_list("task_path", "status").annotate(Count("pk")):
        found.add_metric([path, status.lower()], number)
    yield found
