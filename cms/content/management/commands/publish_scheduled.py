from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from wagtail.management.commands import publish_scheduled

from cms.content.scheduling import run_schedule


class Command(publish_scheduled.Command):
    # Wagtail 8.0.1 has no transaction for each item: one that can't be published stops the rest, and is scheduled
    # no longer, because its schedule is cleared before it is saved.
    help = "Publish what is due and unpublish what has expired; one that fails keeps none of the others."

    def handle(self, *args: Any, dryrun: bool = False, **options: Any) -> None:
        if dryrun:
            return super().handle(*args, dryrun=dryrun, **options)
        failed = run_schedule()
        if failed:
            raise CommandError("\n".join(failed))
        return None
