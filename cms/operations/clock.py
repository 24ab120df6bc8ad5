"""Commands that the server's clock starts: when each has run last, so that the admin can say that one does not."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from cms.operations.models import CommandRun

#: The command that publishes what is due, which the clock starts every minute.
SCHEDULER = "publish_scheduled"
#: How long it may be silent before editors are warned.
SCHEDULER_SILENCE = timedelta(minutes=10)


def record_run(command: str) -> None:
    """Note that a command has just done its work."""
    CommandRun.objects.update_or_create(command=command, defaults={"ended_at": timezone.now()})


def last_run(command: str) -> datetime | None:
    """When a command has ended last; None where it never has."""
    return CommandRun.objects.filter(command=command).values_list("ended_at", flat=True).first()


def is_scheduler_running() -> bool:
    """Whether what is scheduled is published when its time comes."""
    ended_at = last_run(SCHEDULER)
    return ended_at is not None and ended_at > timezone.now() - SCHEDULER_SILENCE
