from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.events.delivery.sweeping import sweep


class Command(BaseCommand):
    help = "Delete events and their deliveries that are older than WEBHOOK_DAYS."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"events deleted: {sweep()}")
