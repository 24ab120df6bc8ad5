"""Visits while servers, databases and Redis fail: each that was acknowledged is counted, once.

A reader whose server dies before it answers sends the visit again, as `benchmarks.voters` does: what was not
acknowledged may be in the figures, once for each time that it failed.
"""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
from http.client import HTTPConnection

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from benchmarks.voters import Sent, send
from tests.faults.during import during
from tests.servers import free_port, kill, server, servers, started
from tests.services import postgres_like_ours, redis_on
from tests.waiting import wait_until
from visits.models import DailyVisits, PageView, Visitor

on_postgresql = pytest.mark.skipif(
    "sqlite" in settings.DATABASES["default"]["ENGINE"], reason="it is about PostgreSQL"
)
with_redis = pytest.mark.skipif(not settings.REDIS_URL, reason="it is about Redis")
RECORD = 'mutation { recordVisit(input: { path: "/" }) { statistics { today online } } }'
BODY = json.dumps({"query": RECORD}).encode()
FIGURES = json.dumps({"query": "{ visitStatistics { today total online } }"}).encode()
pytestmark = [pytest.mark.usefixtures("tree")]


@pytest.fixture
def visits() -> int:
    return 300 if connection.vendor == "sqlite" else 600


def visit(ports: list[int], number: int, **options: int) -> Sent:
    return asyncio.run(send(ports, [BODY] * number, **options))


def counted() -> int:
    return sum(DailyVisits.objects.values_list("visits", flat=True))


def recorded() -> int:
    """Page views in the database, counted or not yet."""
    return counted() + PageView.objects.count()


def nothing_waits() -> bool:
    return not PageView.objects.exists()


def assert_all_counted(sent: Sent, visits: int) -> None:
    """Each visit is in the figures, and none twice that was answered the first time."""
    assert (len(sent.answers), sent.given_up) == (visits, 0)
    wait_until(nothing_waits, what="the visits are counted")
    assert visits <= counted() <= visits + sent.failures.total()


def test_two_servers_count_exactly(visits: int):
    with servers(2) as ports:
        sent = visit(ports, visits)
        assert sent.failures == {}
        # Whoever asks sees all of them, counted or not yet.
        asked = asyncio.run(send(ports, [FIGURES], connections=1))
        assert asked.answers[0]["data"]["visitStatistics"] == {"today": visits, "total": visits, "online": 1}
        assert_all_counted(sent, visits)
    assert list(DailyVisits.objects.values_list("visits", "visitors")) == [(visits, 1)]
    assert Visitor.objects.count() == 1


def test_a_server_is_killed_during_counting(visits: int):
    first, second = free_port(), free_port()
    with started(first) as doomed, server(second):
        sent = during(
            lambda: visit([first, second], visits),
            lambda: kill(doomed),
            begun=lambda: recorded() >= visits // 10,
        )
        assert sent.failures.total() > 0
        assert_all_counted(sent, visits)


def test_what_a_killed_server_recorded_is_counted_by_another():
    first, second = free_port(), free_port()
    with started(first) as doomed:
        visit([first], 20, connections=4)
        kill(doomed)
    assert recorded() == 20
    with server(second):
        visit([second], 1, connections=1)
        wait_until(lambda: counted() == 21, what="the visits of both servers are counted")


def test_a_server_that_is_stopped_leaves_nothing_to_count():
    port = free_port()
    with started(port) as stopped:
        visit([port], 50, connections=4)
        stopped.send_signal(signal.SIGTERM)
        stopped.wait(timeout=20)
    assert counted() == 50
    assert PageView.objects.count() == 0


def test_servers_are_stopped_one_after_the_other_during_counting(visits: int):
    first, second = free_port(), free_port()
    with started(first) as stopped, server(second):

        def stop() -> None:
            stopped.send_signal(signal.SIGTERM)
            stopped.wait(timeout=20)

        sent = during(lambda: visit([first, second], visits), stop, begun=lambda: recorded() >= visits // 10)
        assert_all_counted(sent, visits)


@with_redis
def test_redis_stops_during_counting_and_comes_back(visits: int):
    port = free_port()
    with redis_on(port) as url:
        stack = [server(free_port(), REDIS_URL=url) for _each in range(2)]
        with stack[0] as first, stack[1] as second:

            def restart() -> None:
                subprocess.run(["redis-cli", "-p", str(port), "shutdown", "nosave"], check=False)
                more = lambda: counted() >= visits * 2 // 3  # noqa: E731
                wait_until(more, what="visits are counted without Redis")
                again.__enter__()

            again = redis_on(port)
            sent = during(
                lambda: visit([first, second], visits), restart, begun=lambda: recorded() >= visits // 10
            )
            wait_until(nothing_waits, what="the visits are counted")
            again.__exit__(None, None, None)
    assert (sent.failures, len(sent.answers), counted()) == ({}, visits, visits)


@with_redis
@on_postgresql
def test_postgresql_restarts_during_counting(visits: int):
    with postgres_like_ours() as postgres:
        ports = [free_port(), free_port()]
        with server(ports[0], DATABASE_URL=postgres.url), server(ports[1], DATABASE_URL=postgres.url):

            def restart() -> None:
                postgres.stop()
                wait_until(lambda: _status(ports[0]) == 503, what="a server finds no database")
                postgres.start()

            begun = lambda: _counted_in(postgres.url) >= visits // 10  # noqa: E731
            sent = during(lambda: visit(ports, visits), restart, begun=begun)
            # Readers who were answered were told to send it again, and never anything else.
            assert {failure for failure in sent.failures if failure[0].isdigit()} <= {"503 UNAVAILABLE"}
            assert sent.failures.total() > 0
            assert (len(sent.answers), sent.given_up) == (visits, 0)
            wait_until(lambda: not _waiting_in(postgres.url), what="the visits are counted")
            assert visits <= _counted_in(postgres.url) <= visits + sent.failures.total()


def _counted_in(url: str) -> int:
    return _number(url, "SELECT coalesce(sum(visits), 0)::int FROM visits_dailyvisits")


def _waiting_in(url: str) -> int:
    return _number(url, "SELECT count(*) FROM visits_pageview")


def _number(url: str, sql: str) -> int:
    with psycopg2.connect(url) as direct, direct.cursor() as cursor:
        cursor.execute(sql)
        [number] = cursor.fetchone()
    direct.close()
    return number


def _status(port: int) -> int:
    asked = HTTPConnection("127.0.0.1", port, timeout=30)
    asked.request("POST", "/graphql/", FIGURES, {"Content-Type": "application/json"})
    return asked.getresponse().status
