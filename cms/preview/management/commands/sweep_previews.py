from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.preview.models import Preview


class Command(BaseCommand):
    help = "Delete drafts whose preview tokens have expired."

    def handle(self, *args: Any, **options: Any) -> None:
        before = timezone.now() - timedelta(seconds=settings.CMS_PREVIEW_MAX_AGE)
        deleted, _by_model = Preview.objects.filter(updated_at__lt=before).delete()
        self.stdout.write(f"previews deleted: {deleted}")
