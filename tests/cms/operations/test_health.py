"""/healthz and /readyz."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.core.cache import caches
from django.db import connection
from django.test import Client

from cms.operations import readiness

OK = [
    {"name": "database", "ok": True, "detail": ""},
    {"name": "migrations", "ok": True, "detail": ""},
    {"name": "cache", "ok": True, "detail": ""},
]


@pytest.fixture(autouse=True)
def nothing_known_of_migrations() -> None:
    readiness.check_migrations.cache_clear()


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
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = 'operations' AND name = '0002_request_counts'"
        )

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {
        "status": "unavailable",
        "checks": [
            OK[0],
            {"name": "migrations", "ok": False, "detail": "1 migrations are not applied"},
            OK[2],
        ],
    }


@pytest.mark.django_db
def test_applied_migrations_are_looked_up_once(client: Client) -> None:
    client.get("/readyz")
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = 'operations' AND name = '0002_request_counts'"
        )

    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_a_cache_that_does_not_answer_makes_it_not_ready_and_keeps_its_address_to_itself(
    client: Client, settings: LazySettings
) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://:password@127.0.0.1:1/0",
        }
    }

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"][2] == {"name": "cache", "ok": False, "detail": "does not answer"}
    assert b"password" not in response.content


@pytest.mark.django_db
def test_the_table_of_the_cache_is_made_by_a_migration(settings: LazySettings) -> None:
    from settings.storage import cache

    settings.CACHES = {"default": cache("")}

    caches["default"].set("key", {"a": 1}, 60)

    assert caches["default"].get("key") == {"a": 1}
    assert "operations_cache" in connection.introspection.table_names()
