from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.accounts.models import Attempt


class Command(BaseCommand):
    help = "Delete what the log of accounts need not keep: addresses, then whole entries; and attempts that are over."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        log = ModelLogEntry.objects.filter(action__startswith="accounts.")
        old, _models = log.filter(timestamp__lt=now - timedelta(days=settings.CMS_AUDIT_LOG_DAYS)).delete()
        addresses = _forget_addresses(now - timedelta(days=settings.CMS_AUDIT_ADDRESS_DAYS))
        # Longer than any limit counts.
        Attempt.objects.filter(at__lt=now - timedelta(days=30)).delete()
        self.stdout.write(f"entries deleted: {old}, addresses deleted: {addresses}")


def _forget_addresses(before: datetime) -> int:
    entries = ModelLogEntry.objects.filter(
        action__startswith="accounts.", timestamp__lt=before, data__has_key="address"
    )
    forgotten = 0
    for entry in entries.iterator():
        entry.data.pop("address")
        forgotten += ModelLogEntry.objects.filter(pk=entry.pk).update(data=entry.data)
    return forgotten
