from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.content.pruning import prune


class Command(BaseCommand):
    help = "Delete versions of content that are older than REVISION_DAYS and that nobody needs; none where it is 0."

    def handle(self, *args: Any, **options: Any) -> None:
        days = settings.CMS_REVISION_DAYS
        number = prune(timezone.now() - timedelta(days=days)) if days else 0
        self.stdout.write(f"versions deleted: {number}")
