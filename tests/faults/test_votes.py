"""Votes while servers, databases and clocks do what they do: acknowledged is counted, each time, and once."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from benchmarks.voters import Sent, send
from polls.integrity.verification import verify
from polls.models import Ballot, Poll
from polls.tally.tallies import tallies_by_poll
from tests.factories.polls import PollFactory, option_ids
from tests.faults.during import during
from tests.servers import ROOT, free_port, kill, server, servers, started
from tests.services import postgres_like_ours, redis_on
from tests.waiting import wait_until

on_postgresql = pytest.mark.skipif(
    "sqlite" in settings.DATABASES["default"]["ENGINE"], reason="it is about PostgreSQL"
)
with_redis = pytest.mark.skipif(not settings.REDIS_URL, reason="it is about Redis")
CAST = """mutation ($input: CastVoteInput!) {
    castVote(input: $input) { receipt poll { totalVotes } errors { code } } }"""

pytestmark = [pytest.mark.usefixtures("tree")]


@pytest.fixture
def votes() -> int:
    return 300 if connection.vendor == "sqlite" else 500


def bodies_for(poll: Poll, number: int) -> list[bytes]:
    options = option_ids(poll)
    values = [
        {"pollId": str(poll.pk), "optionIds": [str(options[each % 3])], "idempotencyKey": str(uuid4())}
        for each in range(number)
    ]
    return [json.dumps({"query": CAST, "variables": {"input": each}}).encode() for each in values]


def receipts(sent: Sent) -> set[str]:
    answers = [answer["data"]["castVote"] for answer in sent.answers.values()]
    assert [answer["errors"] for answer in answers if answer["errors"]] == []
    return {answer["receipt"] for answer in answers}


def some_cast(poll: Poll, number: int = 50) -> Callable[[], bool]:
    return lambda: Ballot.objects.filter(poll=poll).count() >= number


def assert_all_counted(poll: Poll, sent: Sent, votes: int) -> None:
    assert (len(sent.answers), sent.given_up) == (votes, 0)
    stored = list(Ballot.objects.filter(poll=poll).values_list("receipt", flat=True))
    assert len(stored) == votes
    assert receipts(sent) == set(stored)
    assert tallies_by_poll([poll.pk])[poll.pk].ballots == votes
    assert verify(poll).findings == []


@pytest.fixture
def poll() -> Poll:
    return PollFactory()


@pytest.fixture(autouse=True)
def one_key(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """What servers seal with is what this process checks."""
    monkeypatch.setenv("POLLS_KEY", "for-tests-only")
    settings.CMS_POLLS_KEY = "for-tests-only"


def test_two_servers_at_once(poll: Poll, votes: int):
    with servers(2) as ports:
        sent = asyncio.run(send(ports, bodies_for(poll, votes)))
    assert sent.failures == {}
    assert_all_counted(poll, sent, votes)


def test_a_server_is_killed_during_voting(poll: Poll, votes: int):
    first, second = free_port(), free_port()
    with started(first) as doomed, server(second):
        ask = lambda: asyncio.run(send([first, second], bodies_for(poll, votes)))  # noqa: E731
        sent = during(ask, lambda: kill(doomed), begun=some_cast(poll))
    assert sent.failures.total() > 0
    assert_all_counted(poll, sent, votes)


def test_what_a_killed_server_left_is_sealed_by_another(poll: Poll):
    first, second = free_port(), free_port()
    with started(first, POLL_SEAL_SECONDS="3600") as doomed:
        asyncio.run(send([first], bodies_for(poll, 20), connections=4))
        kill(doomed)
    assert Ballot.objects.filter(poll=poll, seal=None).exists()
    with server(second, POLL_SEAL_SECONDS="1"):
        asyncio.run(send([second], bodies_for(poll, 1), connections=1))
        unsealed = Ballot.objects.filter(poll=poll, seal=None)
        wait_until(lambda: not unsealed.exists(), what="all ballots are sealed")
    assert verify(poll).findings == []


def test_the_poll_closes_during_voting(poll: Poll):
    with servers(2) as ports:
        closes = timezone.now() + timedelta(seconds=2)
        Poll.objects.filter(pk=poll.pk).update(closes_at=closes)
        answers, is_closed = [], False
        while not is_closed:
            more = asyncio.run(send(ports, bodies_for(poll, 64))).answers.values()
            answers += [answer["data"]["castVote"] for answer in more]
            is_closed = any(answer["errors"] for answer in answers)
    taken = {answer["receipt"] for answer in answers if answer["receipt"]}
    refused = [answer["errors"] for answer in answers if not answer["receipt"]]
    assert refused == [[{"code": "POLL_CLOSED"}]] * len(refused)
    assert timezone.now() >= closes
    stored = Ballot.objects.filter(poll=poll)
    assert set(stored.values_list("receipt", flat=True)) == taken
    assert not stored.filter(created_at__gte=closes).exists()
    assert tallies_by_poll([poll.pk])[poll.pk].ballots == len(taken)


@with_redis
def test_redis_stops_during_voting_and_comes_back(poll: Poll, votes: int):
    port = free_port()
    begun = some_cast(poll)
    with redis_on(port) as url:
        stack = [server(free_port(), REDIS_URL=url) for _each in range(2)]
        with stack[0] as first, stack[1] as second:
            ask = lambda: asyncio.run(send([first, second], bodies_for(poll, votes)))  # noqa: E731

            def restart() -> None:
                subprocess.run(["redis-cli", "-p", str(port), "shutdown", "nosave"], check=False)
                wait_until(some_cast(poll, votes // 2), what="half of the votes are cast without Redis")
                again.__enter__()

            again = redis_on(port)
            sent = during(ask, restart, begun=begun)
            again.__exit__(None, None, None)
    assert sent.failures == {}
    assert_all_counted(poll, sent, votes)


@on_postgresql
def test_postgresql_restarts_during_voting(poll: Poll, votes: int):
    with postgres_like_ours() as postgres:
        ports = [free_port(), free_port()]
        with server(ports[0], DATABASE_URL=postgres.url), server(ports[1], DATABASE_URL=postgres.url):

            def restart() -> None:
                postgres.stop()
                postgres.start()

            ask = lambda: asyncio.run(send(ports, bodies_for(poll, votes)))  # noqa: E731
            sent = during(ask, restart, begun=lambda: _number(postgres.url, poll) >= 50)
        # Voters who were answered were told to send it again, and never anything else.
        assert {failure for failure in sent.failures if failure[0].isdigit()} <= {"503 UNAVAILABLE"}
        assert sent.failures.total() > 0
        assert (len(sent.answers), sent.given_up) == (votes, 0)
        with psycopg2.connect(postgres.url) as direct, direct.cursor() as cursor:
            cursor.execute("SELECT receipt FROM polls_ballot WHERE poll_id = %s", [poll.pk])
            stored = [receipt for (receipt,) in cursor.fetchall()]
        direct.close()
        assert len(stored) == votes
        assert receipts(sent) == set(stored)
        _verify(postgres.url)


def _number(url: str, poll: Poll) -> int:
    with psycopg2.connect(url) as direct, direct.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM polls_ballot WHERE poll_id = %s", [poll.pk])
        [number] = cursor.fetchone()
    direct.close()
    return number


def _verify(url: str) -> None:
    command = [sys.executable, "manage.py", "verify_polls"]
    variables = {
        "DATABASE_URL": url,
        "POLLS_KEY": "for-tests-only",
        "DJANGO_SETTINGS_MODULE": "settings.development",
    }
    subprocess.run(command, cwd=ROOT, env={**os.environ, **variables}, check=True, stdout=subprocess.DEVNULL)
