"""Each page view counts once: whoever counts it, and whatever becomes of who does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
import redis
from django.conf import settings
from django.db import connections
from freezegun import freeze_time

from home.models import DailyVisits, PageView, VisitBuffer, Visitor
from home.visits import buffer
from home.visits.counting import count_batch, count_visits
from home.visits.digests import forget_keys
from home.visits.recording import record_visit
from home.visits.tending import Tender
from tests.client import GraphQLClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("figures_now")]
with_redis = pytest.mark.skipif(not settings.REDIS_URL, reason="it is about Redis")
NOON = datetime(2026, 9, 2, 5, 0, tzinfo=UTC)
NOBODY_LISTENS = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test asks Redis whatever the one before found, and begins a day of its own."""
    monkeypatch.setattr(buffer.Silence, "until", 0.0)
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


def test_a_visit_belongs_to_the_day_on_which_it_was_taken_down(graphql: GraphQLClient):
    visit(now=datetime(2026, 9, 1, 16, 59, 59, tzinfo=UTC))
    visit(2, now=datetime(2026, 9, 1, 17, 0, tzinfo=UTC))
    count_visits()
    assert list(DailyVisits.objects.order_by("date").values_list("date__day", "visits", "visitors")) == [
        (1, 1, 1),
        (2, 2, 1),
    ]


def test_the_salt_of_a_day_is_forgotten_when_the_next_begins():
    tender = Tender()
    visit()
    with freeze_time(NOON):
        tender.work()
    assert DailyVisits.objects.exclude(salt="").count() == 1
    with freeze_time("2026-09-02T17:00:00Z"):
        tender.work()
    assert DailyVisits.objects.exclude(salt="").count() == 0
    assert stored() == [(1, 1)]


def test_without_an_answer_from_redis_visits_go_to_the_database(graphql: GraphQLClient, noon, settings):
    settings.REDIS_URL = NOBODY_LISTENS
    visit(3)
    assert PageView.objects.count() == 3
    assert shown(graphql) == (3, 3, 1)
    # Redis was asked about the first, and did not say whether it has it.
    assert (count_visits(), shown(graphql)) == (2, (3, 3, 1))
    with freeze_time(NOON + timedelta(minutes=1)):
        assert count_visits() == 1
    assert stored() == [(3, 1)]


@with_redis
def test_a_visit_that_redis_took_down_without_an_answer_counts_once(graphql: GraphQLClient, noon, settings):
    visit()
    slow, lost = "0123456789abcdef", "fedcba9876543210"
    for ticket in (slow, lost):
        PageView.objects.create(date=NOON.date(), digest="d", seen_at=NOON, ticket=ticket)
    # Of two that got no answer Redis had one; the other it gets too late.
    buffer.add(NOON.date(), "d", NOON, slow)
    assert count_visits() == 3
    buffer.add(NOON.date(), "d", NOON, lost)
    assert (count_visits(), stored(), shown(graphql)) == (0, [(3, 2)], (3, 3, 2))


@with_redis
def test_with_redis_no_row_is_written_for_a_visit(django_assert_num_queries):
    visit()
    with django_assert_num_queries(0):
        visit(10)
    assert (PageView.objects.count(), count_visits(), stored()) == (0, 11, [(11, 1)])


def test_without_redis_a_visit_writes_one_row_and_locks_none(django_assert_num_queries, settings):
    settings.REDIS_URL = ""
    visit()
    with django_assert_num_queries(1) as captured:
        visit()
    assert captured[0]["sql"].startswith('INSERT INTO "home_pageview"')


@with_redis
def test_a_batch_whose_reader_died_before_it_deleted_it_counts_once(graphql: GraphQLClient, noon):
    visit(4)
    name, numbers = buffer.close()
    batches = [buffer.read(name, number) for number in numbers]
    assert [count_batch(batch) for batch in batches] == [4]
    visit()
    assert shown(graphql) == (5, 5, 1)
    assert count_visits() == 1
    assert (stored(), shown(graphql)) == ([(5, 1)], (5, 5, 1))
    assert buffer.waiting().views == {3: {}}


@with_redis
def test_a_redis_that_lost_its_memory_begins_anew(graphql: GraphQLClient, noon):
    visit(4)
    count_visits()
    redis.Redis.from_url(settings.REDIS_URL).flushdb()
    visit(3)
    assert shown(graphql) == (7, 7, 1)
    assert count_visits() == 3
    assert (stored(), VisitBuffer.objects.count()) == ([(7, 1)], 2)


@with_redis
def test_what_was_taken_down_during_an_outage_is_added_to_what_redis_holds(
    graphql: GraphQLClient, noon, settings
):
    ours = settings.REDIS_URL
    visit(4)
    settings.REDIS_URL = NOBODY_LISTENS
    visit(3, by="10.0.0.2")
    settings.REDIS_URL = ours
    buffer.Silence.until = 0.0
    assert shown(graphql) == (7, 7, 2)
    assert count_visits() == 7
    assert (stored(), shown(graphql)) == ([(7, 2)], (7, 7, 2))


@pytest.mark.django_db(transaction=True)
def test_servers_that_count_at_once_count_each_visit_once(settings):
    ours, visitors = settings.REDIS_URL, [f"10.0.0.{number}" for number in range(40)]
    for url in {ours, ""}:
        settings.REDIS_URL = url
        for each in visitors:
            visit(3, by=each)
    settings.REDIS_URL = ours
    expected = 120 * len({ours, ""})
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
    count_visits()
    assert stored() == [(expected, 40)]
    assert (sum(found), Visitor.objects.count(), PageView.objects.count()) == (expected, 40, 0)
