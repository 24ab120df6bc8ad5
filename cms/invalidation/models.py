"""The log of changes; its last number is the version of all content."""

from __future__ import annotations

import secrets
from typing import NamedTuple

import orjson
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.utils import timezone

#: Rows to keep; a process that knows only an older version forgets all that it cached.
MAX_ROWS = 10_000
CURRENT = "SELECT number, token FROM invalidation_contentchange ORDER BY number DESC LIMIT 1"
INSERT = (
    "INSERT INTO invalidation_contentchange (number, token, tags, created_at) "
    "SELECT COALESCE(MAX(number), 0) + 1, %s, {tags}, %s FROM invalidation_contentchange RETURNING number, token"
)
#: PostgreSQL's advisory lock that a transaction which changes content holds until its commit, so that versions become
#: visible in the order of their numbers. SQLite has one writer at a time anyway.
LOCK = 0x636D73


class Version(NamedTuple):
    """A state of the content. The token tells apart two states of one number, after a rollback or a restored backup."""

    number: int
    token: int


class ContentChange(models.Model):
    """Tags (`tags.py`) of a change; a transaction has a row for what each of its statements adds."""

    number = models.BigIntegerField(primary_key=True)
    token = models.BigIntegerField()
    tags = models.JSONField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.number)


def current_version(using: str = DEFAULT_DB_ALIAS) -> Version:
    """The version of the content that this transaction sees; zero before the first change."""
    # Each cache hit asks: building a queryset takes longer than the database does.
    with connections[using].cursor() as cursor:
        cursor.execute(CURRENT)
        found = cursor.fetchone()
    return Version(*found) if found else Version(0, 0)


def lock_log() -> None:
    """Make other transactions that change content wait until this one ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def log(tags: frozenset[str]) -> Version:
    """Give the content a new version, which differs from the last one in `tags`; call `lock_log` first."""
    insert = INSERT.format(tags="CAST(%s AS jsonb)" if connection.vendor == "postgresql" else "%s")
    moment = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(insert, [secrets.randbits(62), orjson.dumps(sorted(tags)).decode(), moment])
        [version] = cursor.fetchall()
    if version[0] % 1000 == 0:
        ContentChange.objects.filter(number__lte=version[0] - MAX_ROWS).delete()
    return Version(*version)


def restart_log() -> None:
    """Begin the log anew, so that every process forgets what it has cached, whichever version it knows."""
    with transaction.atomic():
        lock_log()
        ContentChange.objects.all().delete()
        # Not 1, which would continue the empty log of a process that began before there was content.
        ContentChange.objects.create(number=2, token=secrets.randbits(62), tags=[], created_at=timezone.now())


def changes_since(version: Version) -> list[tuple[Version, frozenset[str]]] | None:
    """The changes after `version`; None if the log doesn't go back so far."""
    rows = ContentChange.objects.filter(number__gte=version.number).order_by("number")
    found = [
        (Version(number, token), frozenset(tags))
        for number, token, tags in rows.values_list("number", "token", "tags")
    ]
    if version == Version(0, 0):
        return found if not found or found[0][0].number == 1 else None
    if not found or found[0][0] != version:
        return None
    return found[1:]
