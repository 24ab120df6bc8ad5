"""Several processes seal at once, while votes come in: each ballot is in one seal, and each seal holds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Event

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from polls.casting.origins import Origin
from polls.integrity.sealing import seal_ballots
from polls.integrity.verification import verify
from polls.integrity.worker import PollWorker, seal_and_flag
from polls.models import Ballot, Burst, Poll
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
                sealed += seal_and_flag(timezone.now())
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


def test_who_finds_another_sealing_does_not_wait_and_looks_again(monkeypatch):
    poll, worker = PollFactory(), PollWorker()
    vote(poll, 0)

    def busy(poll_id: int, now: datetime) -> int:
        return 0

    with monkeypatch.context() as patched:
        patched.setattr("polls.integrity.worker.seal_ballots", busy)
        worker.work()
    assert worker.is_wanted
    worker.work()
    assert Ballot.objects.filter(seal=None).count() == 0


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time anyway")
def test_a_process_does_not_wait_for_another_that_seals():
    poll = PollFactory()
    vote(poll, 0)
    sealed: list[int] = []

    def seal() -> None:
        sealed.append(seal_ballots(poll.pk, timezone.now()))
        connections.close_all()

    with ThreadPoolExecutor(1) as another:
        with transaction.atomic():
            assert seal_ballots(poll.pk, timezone.now()) == 1
            another.submit(seal).result(timeout=10)
            another.submit(vote_and_close, poll).result(timeout=10)
        another.submit(seal).result(timeout=10)
    assert sealed == [0, 1]
    assert verify(poll).findings == []


def vote_and_close(poll: Poll) -> None:
    vote(poll, 0)
    connections.close_all()
