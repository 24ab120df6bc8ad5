"""Each page view counts once: whichever worker counts it, and whatever becomes of that worker."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Thread

import pytest
from django.db import connections
from freezegun import freeze_time

from tests.client import GraphQLClient
from visits.counting import count_visits
from visits.digests import forget_keys
from visits.models import DailyVisits, PageView, Visitor
from visits.recording import record_visit
from visits.worker import VisitWorker

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 2, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def a_day_of_its_own() -> None:
    """No test uses the salt that another has made."""
    forget_keys()


@pytest.fixture
def noon() -> Iterator[datetime]:
    with freeze_time(NOON):
        yield NOON


def visit(number: int = 1, *, by: str = "10.0.0.1", now: datetime = NOON) -> None:
    for _each in range(number):
        record_visit(address=by, user_agent="Firefox", now=now)


def stored() -> list[tuple[int, int]]:
    return list(DailyVisits.objects.order_by("date").values_list("visits", "visitors"))


def shown(graphql: GraphQLClient) -> tuple[int, int, int]:
    found = graphql.data("{ visitStatistics { today total online } }")["visitStatistics"]
    return found["today"], found["total"], found["online"]


def test_what_waits_is_shown_and_counted_once(graphql: GraphQLClient, noon):
    visit(3)
    visit(2, by="10.0.0.2")
    assert (stored(), shown(graphql)) == ([(0, 0)], (5, 5, 2))
    assert count_visits() == 5
    assert (stored(), shown(graphql)) == ([(5, 2)], (5, 5, 2))
    visit(by="10.0.0.2")
    assert shown(graphql) == (6, 6, 2)
    assert (count_visits(), count_visits()) == (1, 0)
    assert (stored(), shown(graphql)) == ([(6, 2)], (6, 6, 2))
    assert not PageView.objects.exists()


def test_a_visit_belongs_to_the_day_on_which_it_was_recorded():
    visit(now=datetime(2026, 9, 1, 16, 59, 59, tzinfo=UTC))
    visit(2, now=datetime(2026, 9, 1, 17, 0, tzinfo=UTC))
    count_visits()
    assert list(DailyVisits.objects.order_by("date").values_list("date__day", "visits", "visitors")) == [
        (1, 1, 1),
        (2, 2, 1),
    ]


def test_the_salt_of_a_day_is_forgotten_when_the_next_begins():
    worker = VisitWorker()
    visit()
    with freeze_time(NOON):
        worker.work()
    assert DailyVisits.objects.exclude(salt="").count() == 1
    with freeze_time("2026-09-02T17:00:00Z"):
        worker.work()
    assert DailyVisits.objects.exclude(salt="").count() == 0
    assert stored() == [(1, 1)]


def test_a_visit_writes_one_row_and_locks_none(django_assert_num_queries):
    visit()
    with django_assert_num_queries(1) as captured:
        visit()
    assert captured[0]["sql"].startswith('INSERT INTO "visits_pageview"')


@pytest.mark.django_db(transaction=True)
def test_servers_that_count_at_once_count_each_visit_once():
    for number in range(40):
        visit(3, by=f"10.0.0.{number}")
    found: list[int] = []

    def count() -> None:
        for _time in range(5):
            found.append(count_visits())
        connections.close_all()

    threads = [Thread(target=count) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.append(count_visits())
    assert stored() == [(120, 40)]
    assert (sum(found), Visitor.objects.count(), PageView.objects.count()) == (120, 40, 0)
