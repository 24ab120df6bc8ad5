"""Several processes seal at once, while votes come in: each ballot is in one seal, and each seal holds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connections
from django.utils import timezone

from polls.models import Ballot, Burst
from polls.networks import Origin
from polls.sealing import seal_ballots
from polls.tending import tend
from polls.verification import verify
from tests.factories.polls import PollFactory, vote

pytestmark = pytest.mark.django_db(transaction=True)
VOTES = 60
SEALERS = 3
PAUSE = 0.002  # seconds


def test_sealers_at_once_leave_no_seal_without_its_ballots(settings):
    settings.CMS_POLL_BURST_BALLOTS = 2
    poll, over = PollFactory(), Event()

    def seal() -> int:
        sealed = 0
        try:
            while not over.is_set():
                sealed += tend(timezone.now())
                over.wait(PAUSE)
        finally:
            connections.close_all()
        return sealed

    with ThreadPoolExecutor(SEALERS) as threads:
        sealers = [threads.submit(seal) for _each in range(SEALERS)]
        try:
            for _number in range(VOTES):
                vote(poll, 0, origin=Origin("0f" * 16, "a"))
        finally:
            over.set()
        sealed = sum(each.result() for each in sealers)
    sealed += seal_ballots(poll.pk, timezone.now())
    assert sealed == VOTES
    assert not Ballot.objects.filter(seal=None).exists()
    assert verify(poll).findings == []
    assert 1 <= Burst.objects.count() <= 2  # the stretch may have ended in between
