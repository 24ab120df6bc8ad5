"""A thread of each server process counts the page views that wait.

Several do no harm: each row counts once, whichever worker gets to it. The rows of a process that was killed are
counted by another within IDLE_SECONDS, or as soon as that one gets a visit itself.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.signals import request_started
from django.utils import timezone

from cms.operations.periodic import PeriodicWorker
from visits.counting import count_visits
from visits.digests import forget_salts

IDLE_SECONDS = 10.0


class VisitWorker(PeriodicWorker):
    """The thread of this process."""

    def __init__(self) -> None:
        super().__init__("visits", idle_seconds=IDLE_SECONDS)
        self._day: date | None = None

    @property
    def delay(self) -> float:
        return settings.CMS_VISIT_COUNT_SECONDS

    def work(self) -> None:
        """Count what waits; the first time on a day, forget the salts of the days before."""
        count_visits()
        if self._day != timezone.localdate():
            forget_salts(timezone.localdate())
            self._day = timezone.localdate()


worker = VisitWorker()
request_started.connect(worker.begin, dispatch_uid="visits.worker")
