from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.events.delivery.runs import webhooks_with_work
from cms.events.delivery.tasks import deliver


class Command(BaseCommand):
    help = "Have workers deliver what is due to webhooks."

    def handle(self, *args: Any, **options: Any) -> None:
        for pk in webhooks_with_work():
            deliver.enqueue(pk)
