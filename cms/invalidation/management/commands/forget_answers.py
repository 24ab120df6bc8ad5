from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.invalidation.channel import publish_change
from cms.invalidation.edge.failures import PurgeFailed
from cms.invalidation.edge.purge import edges
from cms.invalidation.models import restart_log


class Command(BaseCommand):
    help = (
        "Let all processes and edge caches forget the answers that they keep: after a restore, or where somebody has "
        "changed rows by hand."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        restart_log()
        publish_change()
        for name, edge in edges().items():
            try:
                edge.purge_all()
            except PurgeFailed as error:
                raise CommandError(f"{name} was not purged: {error}") from error
        self.stdout.write("Kept answers are forgotten.")
