from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.trash.models import TrashedItem
from cms.trash.moving import purge


class Command(BaseCommand):
    help = "Delete for good what has been in the trash for TRASH_DAYS days."

    def handle(self, *args: Any, **options: Any) -> None:
        overdue = TrashedItem.objects.known().overdue(timezone.now()).order_by("deleted_at")
        gone = sum(purge(item) for item in overdue if item.gone_at)
        self.stdout.write(f"deleted for good: {gone}")
