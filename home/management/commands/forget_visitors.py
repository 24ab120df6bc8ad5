from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from home.visits import forget_visitors


class Command(BaseCommand):
    help = "Delete the digests of visitors, and the salts, of days that are over; the daily figures stay."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"visitors forgotten: {forget_visitors(today=timezone.localdate())}")
