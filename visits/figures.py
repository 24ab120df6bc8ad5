"""The figures of the visit counter, by days of the portal's time zone.

Page views that are not counted yet are added to the figures that an answer shows. On PostgreSQL both are read in one
statement, on SQLite the figures first: a page view that is counted in between may be missing for a moment, and is never
there twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta
from operator import add
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum, Value

from cms.graphql.execution.loading import LoadGenerator, QueryTemplate, bind_param
from visits.models import DailyVisits, PageView, Visitor

ONLINE = timedelta(minutes=5)


@dataclass(frozen=True)
class VisitFigures:
    """The figures of a portal's visit counter: page views."""

    today: int = 0
    yesterday: int = 0
    this_week: int = 0
    this_month: int = 0
    total: int = 0

    def with_views(self, views: dict[date, int], day: date) -> VisitFigures:
        """These on a day, and page views by day added to them."""
        days = periods(day)
        more = VisitFigures(
            today=views.get(day, 0),
            yesterday=views.get(days["yesterday"], 0),
            this_week=sum(views[each] for each in views if days["monday"] <= each <= day),
            this_month=sum(views[each] for each in views if days["first"] <= each <= day),
            total=sum(views.values()),
        )
        return VisitFigures(*map(add, astuple(self), astuple(more)))


def periods(day: date) -> dict[str, date]:
    """The days that the figures of a day go by: itself, the one before, its Monday, and the first of its month."""
    return {
        "day": day,
        "yesterday": day - timedelta(days=1),
        "monday": day - timedelta(days=day.weekday()),
        "first": day.replace(day=1),
    }


def figures(day: date, wanted: Callable[[QueryTemplate], Any]) -> LoadGenerator:
    """The figures on a day. `wanted` makes of a shape what a load yields (`Context.wanted`)."""
    counted = QueryTemplate(("visits",), DailyVisits, lambda rule: _sums(bind_param), periods(day))
    rows = QueryTemplate(("visits", "rows"), PageView, lambda rule: _rows())
    sums, views = yield [wanted(counted), wanted(rows)]
    found = VisitFigures(**next(iter(sums), {}))
    return found.with_views({each["date"]: each["views"] for each in views}, day)


def _sums(value: Callable[[str], Any]) -> QuerySet:
    """Page views of today, yesterday, the week, the month and since the beginning, as one row."""
    conditions = {
        "today": Q(date=value("day")),
        "yesterday": Q(date=value("yesterday")),
        "this_week": Q(date__gte=value("monday"), date__lte=value("day")),
        "this_month": Q(date__gte=value("first"), date__lte=value("day")),
    }
    parts = {name: Sum("visits", filter=condition, default=0) for name, condition in conditions.items()}
    whole = DailyVisits.objects.order_by().annotate(_all=Value(1)).values("_all")
    return whole.annotate(**parts, total=Sum("visits", default=0)).values(*parts, "total")


def _rows() -> QuerySet:
    return PageView.objects.order_by().values("date").annotate(views=Count("pk"))


def online(now: datetime) -> int:
    """How many visitors were seen within the last five minutes."""
    recent = {"seen_at__gt": now - ONLINE, "seen_at__lte": now}
    seen = [model.objects.filter(**recent).values("digest").order_by() for model in (Visitor, PageView)]
    return seen[0].union(seen[1]).count()


def daily(first: date, last: date) -> list[DailyVisits]:
    """The figures day by day as they are counted, days without visits included."""
    found = {row.date: row for row in DailyVisits.objects.filter(date__gte=first, date__lte=last)}
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [found.get(day) or DailyVisits(date=day, visits=0, visitors=0) for day in days]
