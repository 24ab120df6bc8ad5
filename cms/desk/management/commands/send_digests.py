from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.desk.digests import send_digests


class Command(BaseCommand):
    help = "Mail each editor what waits for their approval and what was sent back to them; nothing where nothing is."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{send_digests()} digests sent")
