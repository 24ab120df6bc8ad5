from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from polls.casting.origins import forget_digests
from polls.integrity.worker import seal_and_flag


class Command(BaseCommand):
    help = (
        "Seal ballots, flag bursts, and forget digests of networks and browsers that are older than POLL_DIGEST_DAYS. "
        "Servers do the first two by themselves; run this every day for the third."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        self.stdout.write(f"ballots sealed: {seal_and_flag(now)}")
        self.stdout.write(f"ballots whose digests were forgotten: {forget_digests(now)}")
