"""The version of all content: a number that is another one after every change."""

from __future__ import annotations

import secrets

from django.db import models


class ContentVersion(models.Model):
    """One row. Its number is random and not counted up, so that none comes twice after a rollback."""

    ONLY = 1

    number = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.number)


def current_version() -> int | None:
    """The version of the content that this transaction sees; None before the first change."""
    return ContentVersion.objects.filter(pk=ContentVersion.ONLY).values_list("number", flat=True).first()


def next_version() -> None:
    """Give the content a new version, in the transaction of the change."""
    number = secrets.randbits(62)
    if not ContentVersion.objects.filter(pk=ContentVersion.ONLY).update(number=number):
        ContentVersion.objects.bulk_create(
            [ContentVersion(pk=ContentVersion.ONLY, number=number)],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["number"],
        )
