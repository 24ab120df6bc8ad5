"""The log of changes; its last number is the version of all content."""

from __future__ import annotations

import secrets
from typing import NamedTuple

import orjson
from django.db import connection, models
from django.utils import timezone

#: Changes that are kept; who knows only an older version forgets all it knows.
KEPT = 10_000
ASK = "SELECT number, token FROM publishing_contentchange ORDER BY number DESC LIMIT 1"
#: The number of PostgreSQL's advisory lock that whoever changes content holds until the commit: so the changes come
#: to be seen in the order of their numbers. SQLite has one writer at a time anyway.
LOCK = 0x636D73


class Version(NamedTuple):
    """A state of the content. The token tells apart two of one number, after a rollback or a restored backup."""

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


def current_version() -> Version:
    """The version of the content that this transaction sees; zero before the first change."""
    # Each request asks: making a queryset would take longer than the answer.
    with connection.cursor() as cursor:
        cursor.execute(ASK)
        found = cursor.fetchone()
    return Version(*found) if found else Version(0, 0)


def lock_log() -> None:
    """Let others who write to the log wait until this transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def log(tags: frozenset[str]) -> Version:
    """Give the content a new version, which differs from the last one in `tags`."""
    # One statement, so that it is whole even where no transaction is open.
    insert = (
        "INSERT INTO publishing_contentchange (number, token, tags, created_at) "
        "SELECT COALESCE(MAX(number), 0) + 1, %s, CAST(%s AS jsonb), %s FROM publishing_contentchange "
        "RETURNING number, token"
    )
    if connection.vendor != "postgresql":
        insert = insert.replace("CAST(%s AS jsonb)", "%s")
    moment = connection.ops.adapt_datetimefield_value(timezone.now())
    lock_log()
    with connection.cursor() as cursor:
        cursor.execute(insert, [secrets.randbits(62), orjson.dumps(sorted(tags)).decode(), moment])
        [version] = cursor.fetchall()
    if version[0] % 1000 == 0:
        ContentChange.objects.filter(number__lte=version[0] - KEPT).delete()
    return Version(*version)


def changes_since(version: Version) -> list[tuple[Version, frozenset[str]]] | None:
    """What was changed after `version`; None where that is not known any more."""
    rows = ContentChange.objects.filter(number__gte=version.number).order_by("number")
    rows = rows.values_list("number", "token", "tags")
    found = [(Version(number, token), frozenset(tags)) for number, token, tags in rows]
    if version == Version(0, 0):
        return found if not found or found[0][0].number == 1 else None
    if not found or found[0][0] != version:
        return None
    return found[1:]
