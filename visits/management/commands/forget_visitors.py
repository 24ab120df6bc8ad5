from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from visits.counting import count_visits
from visits.digests import forget_visitors


class Command(BaseCommand):
    help = (
        "Count what waits, then delete the digests of visitors that are older than VISIT_DIGEST_DAYS, and the salts of "
        "days that are over; the daily figures stay. Servers count by themselves; run this every day for the rest."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"visits counted: {count_visits()}")
        self.stdout.write(f"visitors forgotten: {forget_visitors(timezone.now())}")
