"""/healthz and /readyz."""

from __future__ import annotations

import shutil
from collections import namedtuple
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.cache import caches
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from cms.operations import readiness
from cms.operations.clock import record_run
from cms.operations.models import CommandRun, WorkerHeartbeat

OK = [
    {"name": "database", "ok": True, "detail": ""},
    {"name": "migrations", "ok": True, "detail": ""},
    {"name": "cache", "ok": True, "detail": ""},
    {"name": "worker", "ok": True, "detail": ""},
    {"name": "disk", "ok": True, "detail": ""},
    {"name": "scheduler", "ok": True, "detail": ""},
]


@pytest.fixture(autouse=True)
def nothing_known_of_migrations() -> None:
    readiness.check_migrations.cache_clear()


def forget_last_migration() -> None:
    applied = MigrationRecorder.Migration.objects.filter(app="operations")
    applied.filter(name=max(applied.values_list("name", flat=True))).delete()


def test_health_needs_no_database(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_ready_names_every_check(client: Client) -> None:
    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"status": "ok", "checks": OK})


@pytest.mark.django_db
def test_a_missing_migration_makes_it_not_ready(client: Client) -> None:
    forget_last_migration()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {
        "status": "unavailable",
        "checks": [
            OK[0],
            {"name": "migrations", "ok": False, "detail": "1 migrations are not applied"},
            *OK[2:],
        ],
    }


@pytest.mark.django_db
def test_figures_tell_what_is_not_ready(client: Client) -> None:
    forget_last_migration()

    shown = client.get("/metrics").content.decode()

    assert '\ncms_ready{check="database"} 1.0\n' in shown
    assert '\ncms_ready{check="migrations"} 0.0\n' in shown


@pytest.mark.django_db
def test_applied_migrations_are_looked_up_once(client: Client) -> None:
    client.get("/readyz")
    forget_last_migration()

    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_without_redis_it_is_degraded_and_keeps_its_address_to_itself(
    client: Client, settings: LazySettings
) -> None:
    settings.REDIS_URL = "redis://:password@127.0.0.1:1/0"

    response = client.get("/readyz")

    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    assert response.json()["checks"][2] == {"name": "cache", "ok": False, "detail": "does not answer"}
    assert b"password" not in response.content


@pytest.mark.django_db
def test_without_a_worker_for_tasks_it_is_degraded(client: Client, settings: LazySettings) -> None:
    settings.TASKS = {"default": {"BACKEND": "cms.operations.task_queue.JoiningBackend"}}
    long_ago = timezone.now() - timedelta(minutes=5)
    WorkerHeartbeat.objects.create(worker="a", seen_at=long_ago)

    response = client.get("/readyz")

    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    assert response.json()["checks"][3]["detail"].startswith("no worker for tasks is alive")
    assert "\ncms_worker_alive 0.0\n" in client.get("/metrics").content.decode()

    WorkerHeartbeat.objects.create(worker="b", seen_at=timezone.now())
    record_run("publish_scheduled")

    assert client.get("/readyz").json() == {"status": "ok", "checks": OK}
    assert "\ncms_worker_alive 1.0\n" in client.get("/metrics").content.decode()


@pytest.mark.django_db
def test_where_nothing_is_started_by_the_clock_it_is_degraded(client: Client, settings: LazySettings) -> None:
    settings.TASKS = {"default": {"BACKEND": "cms.operations.task_queue.JoiningBackend"}}
    WorkerHeartbeat.objects.create(worker="a", seen_at=timezone.now())
    CommandRun.objects.create(command="publish_scheduled", ended_at=timezone.now() - timedelta(minutes=11))

    response = client.get("/readyz")

    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    assert response.json()["checks"][5]["detail"].startswith("nothing was started by the clock of late")
    assert (
        'cms_command_last_run_timestamp_seconds{command="publish_scheduled"}'
        in client.get("/metrics").content.decode()
    )


@pytest.mark.django_db
def test_signs_of_life_from_the_future_count_for_none(client: Client, settings: LazySettings) -> None:
    settings.TASKS = {"default": {"BACKEND": "cms.operations.task_queue.JoiningBackend"}}
    tomorrow = timezone.now() + timedelta(days=1)
    WorkerHeartbeat.objects.create(worker="a", seen_at=tomorrow)
    CommandRun.objects.create(command="publish_scheduled", ended_at=tomorrow)

    checks = client.get("/readyz").json()["checks"]

    assert [each["name"] for each in checks if not each["ok"]] == ["worker", "scheduler"]


Usage = namedtuple("Usage", "total used free")


@pytest.mark.django_db
def test_a_disk_that_is_nearly_full_is_told(
    client: Client, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(10**9, 10**9, 1000))
    settings.MEDIA_STORAGE = "s3"

    response = client.get("/readyz")

    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    assert response.json()["checks"][4]["detail"] == "less than 500 MB free: var" + (
        ", database" if connection.vendor == "sqlite" else ""
    )
    assert '\ncms_disk_free_bytes{folder="var"} 1000.0\n' in client.get("/metrics").content.decode()


@pytest.mark.django_db
def test_the_table_of_the_cache_is_made_by_a_migration(settings: LazySettings) -> None:
    from settings.storage import cache

    settings.CACHES = {"default": cache("")}

    caches["default"].set("key", {"a": 1}, 60)

    assert caches["default"].get("key") == {"a": 1}
    assert "operations_cache" in connection.introspection.table_names()
