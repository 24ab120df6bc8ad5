"""What polls need off the voter's way: a thread in each server process seals ballots and flags bursts.

It begins with the process's first request, looks every POLL_SEAL_SECONDS while votes come in, and else once a minute
for what a process that was killed has left. Several do no harm: one seals, the others find nothing to do.
"""

from __future__ import annotations

import logging
from datetime import datetime
from threading import Event, Lock, Thread
from typing import Any

from django.conf import settings
from django.core.signals import request_started
from django.db import Error, connections
from django.utils import timezone

from polls.bursts import flag_bursts
from polls.models import Ballot, Review
from polls.sealing import seal_ballots

logger = logging.getLogger(__name__)
QUIET_SECONDS = 60


def tend(now: datetime) -> int:
    """Seal what is not sealed, and flag bursts in the polls concerned; how many ballots were sealed."""
    waiting = set(Ballot.objects.filter(seal=None).order_by().values_list("poll", flat=True).distinct())
    waiting |= set(Review.objects.filter(seal=None).order_by().values_list("poll", flat=True).distinct())
    sealed = 0
    for poll_id in sorted(waiting):
        sealed += seal_ballots(poll_id, now)
        flag_bursts(poll_id, now)
    return sealed


class Tender:
    """The thread of this process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._thread: Thread | None = None
        self._votes = Event()

    def begin(self, **_signal: Any) -> None:
        """Start the thread, where there is none and the setting wants one."""
        if not settings.CMS_POLL_SEAL_SECONDS:
            return
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._run, name="polls", daemon=True)
                self._thread.start()

    def wake(self) -> None:
        """Say that a vote came in."""
        self._votes.set()

    def _run(self) -> None:
        pause = Event()
        while True:
            try:
                tend(timezone.now())
            except Error:
                logger.warning("ballots are not sealed for now", exc_info=True)
            finally:
                connections.close_all()
            self._votes.wait(QUIET_SECONDS)
            pause.wait(settings.CMS_POLL_SEAL_SECONDS)
            self._votes.clear()


tender = Tender()
request_started.connect(tender.begin, dispatch_uid="polls.tending")
