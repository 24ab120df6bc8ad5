"""The worker for tasks while databases stop and workers are killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import psycopg2
import pytest
from django.conf import settings
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from cms.operations import tasks
from cms.operations.models import WorkerHeartbeat
from tests.servers import ROOT, environment, free_port
from tests.services import postgres_like_ours
from tests.waiting import wait_until

on_postgresql = pytest.mark.skipif(
    "sqlite" in settings.DATABASES["default"]["ENGINE"], reason="it is about PostgreSQL"
)


TABLE = DBTaskResult._meta.db_table


def task(**values: object) -> DBTaskResult:
    return DBTaskResult.objects.create(
        **{
            "args_kwargs": {"args": [], "kwargs": {}},
            "task_path": "cms.preview.sweeping.sweep_in_background",
            "backend_name": "default",
            "run_after": get_date_max(),
            "exception_class_path": "",
            "traceback": "",
            **values,
        }
    )


@pytest.mark.django_db
def test_tasks_of_a_dead_worker_are_taken_back_and_those_of_others_left():
    WorkerHeartbeat.objects.create(worker="dead", seen_at=timezone.now() - timedelta(minutes=2))
    WorkerHeartbeat.objects.create(worker="alive", seen_at=timezone.now())
    abandoned = task(status=TaskResultStatus.RUNNING, worker_ids=["dead"], started_at=timezone.now())
    never_seen = task(status=TaskResultStatus.RUNNING, worker_ids=["x"], started_at=timezone.now())
    under_way = task(status=TaskResultStatus.RUNNING, worker_ids=["dead", "alive"], started_at=timezone.now())

    tasks.beat("new")

    found = {each.pk: each.status for each in DBTaskResult.objects.all()}
    assert found == {
        abandoned.pk: TaskResultStatus.READY,
        never_seen.pk: TaskResultStatus.READY,
        under_way.pk: TaskResultStatus.RUNNING,
    }


@pytest.mark.django_db
def test_a_task_that_ends_each_worker_fails_after_the_third():
    deadly = task(status=TaskResultStatus.RUNNING, worker_ids=["a", "b", "c"], started_at=timezone.now())

    tasks.beat("d")

    deadly.refresh_from_db()
    assert deadly.status == TaskResultStatus.FAILED
    assert "3 workers ended while they carried it out" in deadly.traceback


@pytest.mark.django_db(transaction=True)
@on_postgresql
def test_a_worker_outlives_a_restart_of_the_database():
    task()
    with postgres_like_ours() as database:
        given = environment(free_port()) | {"DATABASE_URL": database.url}
        command = [sys.executable, "manage.py", "worker", "--no-startup-delay"]
        worker = subprocess.Popen(command, cwd=ROOT, env=given, stderr=subprocess.DEVNULL)
        try:
            until(lambda: statuses(database.url) == [TaskResultStatus.SUCCESSFUL])
            until(lambda: "publish_scheduled" in started_by_the_clock(database.url))
            database.stop()
            database.start()
            again(database.url)
            until(lambda: statuses(database.url) == [TaskResultStatus.SUCCESSFUL])
            assert worker.poll() is None
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(60) == 0
        finally:
            worker.kill()
            worker.wait()


def until(is_so: Callable[[], bool]) -> None:
    wait_until(is_so, what="what the test waits for", seconds=300)


def statuses(url: str) -> list[str]:
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(f"SELECT status FROM {TABLE}")
        return [status for (status,) in cursor.fetchall()]


def started_by_the_clock(url: str) -> set[str]:
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT command FROM operations_commandrun WHERE ended_at IS NOT NULL")
        return {command for (command,) in cursor.fetchall()}


def again(url: str) -> None:
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET status = 'READY', worker_ids = '[]'")
