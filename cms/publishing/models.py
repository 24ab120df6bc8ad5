"""The version of all content, and the log of what each change touched."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from django.db import connection, models

#: Changes that are kept; who knows only an older version forgets all it knows.
KEPT = 10_000
ASK = "SELECT number, token FROM publishing_contentversion WHERE id = 1"


class Version(NamedTuple):
    """A state of the content. The token tells apart two of one number, after a rollback or a restored backup."""

    number: int
    token: int


class ContentVersion(models.Model):
    """One row: the version of the content. Whoever changes content holds it until the commit."""

    ONLY = 1

    number = models.BigIntegerField()
    token = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class ContentChange(models.Model):
    """The tags (`tags.py`) of one change."""

    number = models.BigIntegerField(primary_key=True)
    token = models.BigIntegerField()
    tags = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.number)


def current_version() -> Version:
    """The version of the content that this transaction sees; zero before the first change."""
    # Each request asks: making a queryset would take longer than the answer.
    with connection.cursor() as cursor:
        cursor.execute(ASK)
        found = cursor.fetchone()
    return Version(*found) if found else Version(0, 0)


def next_version() -> Version:
    """Give the content a new version; others who change content wait until this transaction ends."""
    token = secrets.randbits(62)
    only = ContentVersion.objects.filter(pk=ContentVersion.ONLY)
    if not only.update(number=models.F("number") + 1, token=token):
        ContentVersion.objects.bulk_create(
            [ContentVersion(pk=ContentVersion.ONLY, number=1, token=token)], ignore_conflicts=True
        )
        only.update(token=token)
    return current_version()


def log(version: Version, tags: frozenset[str]) -> None:
    """Keep what a change touched, in its transaction."""
    ContentChange.objects.bulk_create(
        [ContentChange(number=version.number, token=version.token, tags=sorted(tags))]
    )
    if version.number % 1000 == 0:
        ContentChange.objects.filter(number__lte=version.number - KEPT).delete()


def changes_since(version: Version) -> list[tuple[Version, frozenset[str]]] | None:
    """What was changed after `version`; None where that is not known any more."""
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
