"""The visit counter, by days of Viet Nam."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from freezegun import freeze_time

from tests.client import GraphQLClient
from visits.counting import count_visits
from visits.models import DailyVisits, PageView, Visitor
from visits.recording import record_visit

pytestmark = pytest.mark.django_db
# A Wednesday, 00:30 in Hanoi: still Tuesday in UTC.
NIGHT = datetime(2026, 9, 1, 17, 30, tzinfo=UTC)
FIGURES = "{ visitStatistics { today yesterday thisWeek thisMonth total online } }"
RECORD = "mutation($path: String!) { recordVisit(input: { path: $path }) { statistics { today } } }"


def figures(graphql: GraphQLClient) -> dict[str, int]:
    return graphql.data(FIGURES)["visitStatistics"]


def test_no_visits_are_zero(graphql: GraphQLClient):
    assert figures(graphql) == dict.fromkeys(
        ["today", "yesterday", "thisWeek", "thisMonth", "total", "online"], 0
    )


def test_a_day_begins_at_midnight_in_hanoi(graphql: GraphQLClient):
    with freeze_time("2026-09-01T16:59:59Z"):
        graphql.data(RECORD, path="/")
        assert figures(graphql)["today"] == 1
    with freeze_time("2026-09-01T17:00:00Z"):
        found = figures(graphql)
        assert (found["today"], found["yesterday"]) == (0, 1)


def test_weeks_begin_on_monday_and_months_on_the_first(graphql: GraphQLClient):
    for day, visits in {"2026-08-30": 1, "2026-08-31": 10, "2026-09-01": 100, "2026-09-02": 1000}.items():
        DailyVisits.objects.create(date=day, visits=visits, salt="x")
    with freeze_time(NIGHT):
        assert figures(graphql) == {
            "today": 1000,
            "yesterday": 100,
            "thisWeek": 1110,
            "thisMonth": 1100,
            "total": 1111,
            "online": 0,
        }


def test_somebody_is_one_visitor_however_often(graphql: GraphQLClient):
    with freeze_time(NIGHT):
        for _time in range(3):
            graphql.data(RECORD, path="/tin-tuc/")
        record_visit(address="10.0.0.9", user_agent="Firefox", now=NIGHT)
        count_visits()
        daily = 'query { visitStatistics { online daily(from: "2026-09-01", to: "2026-09-02") { date visits visitors } } }'
        assert graphql.data(daily)["visitStatistics"] == {
            "online": 2,
            "daily": [
                {"date": "2026-09-01", "visits": 0, "visitors": 0},
                {"date": "2026-09-02", "visits": 4, "visitors": 2},
            ],
        }


def test_after_five_minutes_nobody_is_online(graphql: GraphQLClient):
    with freeze_time(NIGHT):
        graphql.data(RECORD, path="/")
    with freeze_time("2026-09-01T17:34:59Z"):
        assert figures(graphql)["online"] == 1
    with freeze_time("2026-09-01T17:35:00Z"):
        assert figures(graphql)["online"] == 0


@pytest.mark.parametrize(
    "agent", ["Googlebot/2.1", "curl/8.0", "python-requests/2", "facebookexternalhit/1.1", ""]
)
def test_programs_are_not_counted(graphql: GraphQLClient, agent: str):
    response = graphql.http.post(
        "/graphql/",
        {"query": RECORD, "variables": {"path": "/"}},
        content_type="application/json",
        headers={"user-agent": agent},
    )
    assert response.json()["data"] == {"recordVisit": {"statistics": {"today": 0}}}


@pytest.mark.parametrize("path", ["", "tin-tuc", "//x", "https://x", "/" + "a" * 2000])
def test_what_is_no_path_is_refused_and_not_counted(graphql: GraphQLClient, path: str):
    graphql.errors(RECORD, code="BAD_PATH", path=path)
    assert not DailyVisits.objects.exists()


@pytest.mark.parametrize("to", ["2026-08-31", "2027-09-02"])
def test_periods_out_of_range_are_refused(graphql: GraphQLClient, to: str):
    query = 'query($to: Date!) { visitStatistics { daily(from: "2026-09-01", to: $to) { visits } } }'
    graphql.errors(query, code="BAD_PERIOD", to=to)


def test_no_address_is_stored_and_the_salt_is_forgotten(graphql: GraphQLClient, settings):
    settings.CMS_VISIT_DIGEST_DAYS = 1
    record_visit(address="203.0.113.7", user_agent="Firefox", now=NIGHT)
    with freeze_time("2026-09-02T17:00:00Z"):
        call_command("forget_visitors", stdout=StringIO())
    assert "203.0.113.7" not in repr([list(model.objects.values()) for model in (Visitor, PageView)])
    assert list(DailyVisits.objects.values_list("visits", "visitors", "salt")) == [(1, 1, "")]
    assert Visitor.objects.count() == 1
    with freeze_time("2026-09-03T17:00:00Z"):
        call_command("forget_visitors", stdout=StringIO())
    assert not Visitor.objects.exists()
    assert list(DailyVisits.objects.values_list("visits", "visitors", "salt")) == [(1, 1, "")]
