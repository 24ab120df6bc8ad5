"""How the database is opened, and where pictures come from."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import ConnectionHandler, DatabaseError, connection, transaction

from settings.storage import database, media_origins, replica

pytestmark = pytest.mark.one_database


@pytest.mark.django_db
def test_sqlite_is_opened_for_many_readers_and_waiting_writers(tmp_path: Path) -> None:
    connection = ConnectionHandler({"default": database(f"sqlite:///{tmp_path}/own.sqlite3")})["default"]
    with connection.cursor() as cursor:
        pragmas = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert pragmas == {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "busy_timeout": 20_000}
    assert connection.transaction_mode == "IMMEDIATE"
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_transactions_that_read_and_then_write_wait_for_each_other() -> None:
    """With SQLite's own mode (deferred) the second would fail at once with "database is locked"."""
    from cms.operations.models import CacheEntry

    CacheEntry.objects.create(cache_key="n", value="0", expires="2030-01-01T00:00Z")
    errors: list[DatabaseError] = []
    both_have_read = threading.Barrier(2)

    def add() -> None:
        try:
            with transaction.atomic():
                entry = CacheEntry.objects.select_for_update().get(cache_key="n")
                # Where the database lets the other one read now, the other one is not waiting.
                with suppress(threading.BrokenBarrierError):
                    both_have_read.wait(timeout=0.2)
                entry.value = str(int(entry.value) + 1)
                entry.save()
        except DatabaseError as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=add) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert CacheEntry.objects.get(cache_key="n").value == "4"


@pytest.mark.parametrize(
    ("url", "name"),
    [("sqlite:////srv/cms.sqlite3", "/srv/cms.sqlite3"), ("sqlite:///var/cms.sqlite3", "var/cms.sqlite3")],
)
def test_a_path_of_sqlite_is_absolute_with_four_slashes(url: str, name: str) -> None:
    assert database(url)["NAME"] == name


@pytest.mark.parametrize("url", ["mysql://a@b/c", "nonsense", "oracle://x"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"neither|[Ss]cheme"):
        database(url)


@pytest.mark.parametrize(
    ("variables", "origins"),
    [
        ({"MEDIA_S3_DOMAIN": "media.example.vn"}, ["https://media.example.vn"]),
        (
            {"MEDIA_S3_ENDPOINT": "http://minio:9000/"},
            ["http://minio:9000", "http://portal.minio:9000"],
        ),
        (
            {"MEDIA_S3_REGION": "ap-southeast-1"},
            [
                "https://s3.amazonaws.com",
                "https://portal.s3.amazonaws.com",
                "https://portal.s3.ap-southeast-1.amazonaws.com",
            ],
        ),
    ],
)
def test_pictures_come_from_the_store(monkeypatch, variables: dict[str, str], origins: list[str]) -> None:
    for name, value in {"MEDIA_S3_BUCKET": "portal", **variables}.items():
        monkeypatch.setenv(name, value)

    assert media_origins("s3") == origins
    assert media_origins("disk") == []


def test_a_replica_is_opened_for_reading_alone_and_soon_known_to_be_away() -> None:
    found = replica("postgres://cms@replica.example.vn/portal?options=-c%20statement_timeout=9s")

    assert found["OPTIONS"] == {
        "connect_timeout": 2,
        "tcp_user_timeout": 5_000,
        "options": "-c statement_timeout=9s -c default_transaction_read_only=on",
    }
    with pytest.raises(ValueError, match="not PostgreSQL"):
        replica("sqlite:////tmp/none.sqlite3")


def test_a_primary_may_be_one_of_several_servers() -> None:
    found = database("postgres://cms:pw@/portal?host=a,b&port=5432,5433&target_session_attrs=read-write")

    assert (found["HOST"], found["OPTIONS"]) == (
        "",
        {"host": "a,b", "port": "5432,5433", "target_session_attrs": "read-write"},
    )
