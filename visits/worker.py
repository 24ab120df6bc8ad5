"""What visits need off the reader's way: a thread in each server process counts what was taken down.

Several do no harm: each batch and each row counts once, whoever gets to it. What a process that was killed has left,
another finds within QUIET_SECONDS, or as soon as it gets a visit itself.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.signals import request_started
from django.utils import timezone

from cms.operations.background import Background
from home.visits.counting import count_visits
from home.visits.digests import forget_salts

QUIET_SECONDS = 10.0


class Tender(Background):
    """The thread of this process."""

    def __init__(self) -> None:
        super().__init__("visits", quiet=QUIET_SECONDS)
        self._day: date | None = None

    @property
    def every(self) -> float:
        return settings.CMS_VISIT_COUNT_SECONDS

    def work(self) -> None:
        """Count what waits; on the first occasion of a day, forget the salts of those before."""
        count_visits()
        if self._day != timezone.localdate():
            forget_salts(timezone.localdate())
            self._day = timezone.localdate()


tender = Tender()
request_started.connect(tender.begin, dispatch_uid="home.visits.tending")
