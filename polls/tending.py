"""What polls need off the voter's way: a thread in each server process seals ballots and flags bursts.

It begins with the process's first request, looks every POLL_SEAL_SECONDS while votes come in, and else once a minute
for what a process that was killed has left. Several do no harm: one seals, the others find nothing to do.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.signals import request_started
from django.utils import timezone

from cms.operations.background import Background
from polls.bursts import flag_bursts
from polls.models import Ballot, Review
from polls.sealing import seal_ballots

QUIET_SECONDS = 60.0


def tend(now: datetime) -> int:
    """Seal what is not sealed, and flag bursts in the polls concerned; how many ballots were sealed."""
    waiting = set(Ballot.objects.filter(seal=None).order_by().values_list("poll", flat=True).distinct())
    waiting |= set(Review.objects.filter(seal=None).order_by().values_list("poll", flat=True).distinct())
    sealed = 0
    for poll_id in sorted(waiting):
        sealed += seal_ballots(poll_id, now)
        flag_bursts(poll_id, now)
    return sealed


class Tender(Background):
    """The thread of this process."""

    def __init__(self) -> None:
        super().__init__("polls", quiet=QUIET_SECONDS)

    @property
    def every(self) -> float:
        return settings.CMS_POLL_SEAL_SECONDS

    def work(self) -> None:
        """Seal what waits, and flag bursts."""
        tend(timezone.now())


tender = Tender()
request_started.connect(tender.begin, dispatch_uid="polls.tending")
