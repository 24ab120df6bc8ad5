"""A thread of each server process seals ballots and flags bursts, so that voters don't wait for it.

It begins with the process's first request and works every POLL_SEAL_SECONDS while votes come in, else once a minute,
for ballots of a process that was killed. Several do no harm: one seals, the others find nothing to do.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.signals import request_started
from django.utils import timezone

from cms.operations.periodic import PeriodicWorker
from polls.integrity.bursts import flag_bursts
from polls.integrity.sealing import seal_ballots
from polls.models import Ballot, Review

IDLE_SECONDS = 60.0
#: Seconds between two looks for bursts while votes come in: each look goes over the ballots of the last minutes.
BURSTS_EVERY = 10.0


def seal_and_flag(now: datetime) -> int:
    """Seal what is not sealed, and flag bursts in the polls concerned; how many ballots were sealed."""
    sealed = seal_all(now)
    _flag_bursts(sealed, now)
    return sum(sealed.values())


def seal_all(now: datetime) -> dict[int, int]:
    """Seal what is not sealed; the polls concerned, and how many ballots were sealed in each."""
    waiting = set(Ballot.objects.filter(seal=None).order_by().values_list("poll", flat=True).distinct())
    waiting |= set(Review.objects.filter(seal=None).order_by().values_list("poll", flat=True).distinct())
    return {poll_id: seal_ballots(poll_id, now) for poll_id in sorted(waiting)}


def _flag_bursts(poll_ids: Iterable[int], now: datetime) -> None:
    for poll_id in poll_ids:
        flag_bursts(poll_id, now)


class PollWorker(PeriodicWorker):
    """The thread of this process."""

    def __init__(self) -> None:
        super().__init__("polls", idle_seconds=IDLE_SECONDS)
        self._sealed: set[int] = set()
        self._looked = float("-inf")

    @property
    def delay(self) -> float:
        return settings.CMS_POLL_SEAL_SECONDS

    def work(self) -> None:
        """Seal what waits, and flag bursts where something was sealed since the last look."""
        now = timezone.now()
        sealed = seal_all(now)
        if not all(sealed.values()):
            # Another process was sealing, and may not have seen all that was there.
            self.wake()
        self._sealed |= sealed.keys()
        if time.monotonic() - self._looked < BURSTS_EVERY:
            return
        _flag_bursts(sorted(self._sealed), now)
        self._sealed.clear()
        self._looked = time.monotonic()


worker = PollWorker()
request_started.connect(worker.begin, dispatch_uid="polls.worker")
