from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.events.periods import tell_periods


class Command(BaseCommand):
    help = "Tell webhooks what has begun or ended by the clock, such as the voting in a poll."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"events: {tell_periods()}")
