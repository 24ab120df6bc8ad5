"""Commands that the clock starts: which there are, and when each has run last.

So the admin can say that what is scheduled will not be published.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.db.models import F, Q
from django.utils import timezone

from cms.operations.models import CommandRun

#: The command that publishes what is due, which the clock starts every minute.
SCHEDULER = "publish_scheduled"
#: How long it may be silent before editors are warned.
SCHEDULER_SILENCE = timedelta(minutes=10)
#: After which a daily run that has not ended counts as killed; others do after so many of their periods.
LONGEST, MISSED = timedelta(hours=1), 5
#: How far the clocks of two machines may be apart. What is said to have happened later than that was written before a
#: clock that was wrong was set right, and counts for nothing: nobody waits until that time has come.
SKEW = timedelta(minutes=1)
#: The same for a daily run, which would be started twice in a day, and can wait so long.
DAILY_SKEW = timedelta(hours=1)


@dataclass(frozen=True)
class Job:
    """A command that the clock starts."""

    command: str
    #: How far ahead of now its last start may lie.
    skew: ClassVar[timedelta] = SKEW

    def is_due(self, now: datetime) -> Q:
        """The rows of CommandRun by which it is due; of a run under way it is not."""
        return Q(started_at=None) | Q(started_at__gt=now + self.skew) | self.is_due_again(now)

    def is_due_again(self, now: datetime) -> Q:
        """The same of those that say when it was started last."""
        raise NotImplementedError

    def first_start(self, now: datetime) -> datetime | None:
        """What stands for its last start where it has had none."""
        return None


@dataclass(frozen=True)
class Repeated(Job):
    """Due so often."""

    every: timedelta

    def is_due_again(self, now: datetime) -> Q:
        return Q(started_at__lte=now - self.every) & _is_over(now - self.every * MISSED)


@dataclass(frozen=True)
class Daily(Job):
    """Due every day from an hour on (local time)."""

    at: int
    skew: ClassVar[timedelta] = DAILY_SKEW

    def is_due_again(self, now: datetime) -> Q:
        hour = timezone.localtime(now).replace(hour=self.at, minute=0, second=0, microsecond=0)
        hour = hour if hour <= now else hour - timedelta(days=1)
        return Q(started_at__lt=hour) & _is_over(now - LONGEST)

    def first_start(self, now: datetime) -> datetime:
        # Its hour comes first: not in the middle of the day on which it was installed.
        return now


def _is_over(killed_before: datetime) -> Q:
    return Q(ended_at__gte=F("started_at")) | Q(started_at__lte=killed_before)


#: By their commands; apps add theirs when they are ready.
JOBS: dict[str, Job] = {}


def by_the_clock(command: str, *, every: timedelta | None = None, at: int = 0) -> None:
    """Let workers start a management command `every` so often, or every day from the hour `at` on."""
    JOBS[command] = Repeated(command, every) if every else Daily(command, at)


def claim(job: Job, now: datetime) -> bool:
    """Whether the job is due and nobody else starts it: of all workers that ask, one is told so."""
    CommandRun.objects.get_or_create(command=job.command, defaults={"started_at": job.first_start(now)})
    return bool(CommandRun.objects.filter(job.is_due(now), command=job.command).update(started_at=now))


def give_back(job: Job) -> None:
    """Let the job be due again: who had claimed it could not start it."""
    CommandRun.objects.filter(command=job.command).update(started_at=F("ended_at"))


def record_run(command: str) -> None:
    """Note that a command has just done its work."""
    CommandRun.objects.update_or_create(command=command, defaults={"ended_at": timezone.now()})


def last_run(command: str) -> datetime | None:
    """When a command has ended last; None where it never has."""
    return CommandRun.objects.filter(command=command).values_list("ended_at", flat=True).first()


def is_scheduler_running() -> bool:
    """Whether what is scheduled is published when its time comes."""
    ended_at, now = last_run(SCHEDULER), timezone.now()
    return ended_at is not None and now - SCHEDULER_SILENCE < ended_at <= now + SKEW
