"""Counting visits and telling the figures, by days of the portal's time zone."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet, Sum, Value
from django.utils import timezone

from home.models import DailyVisits, Visitor

ONLINE = timedelta(minutes=5)
#: Words by which programs that fetch pages name themselves.
BOT = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|fetch|scrape|monitor|preview|headless|lighthouse|curl/|wget/|python-|java/|go-http"
    r"|facebookexternalhit|zalo/|okhttp|libwww|axios/|node-fetch|httpclient",
    re.IGNORECASE,
)


def is_bot(user_agent: str) -> bool:
    """Whether a user agent names a program instead of somebody's browser; an empty one does."""
    return not user_agent.strip() or BOT.search(user_agent) is not None


def record_visit(*, address: str, user_agent: str, now: datetime) -> None:
    """Count a page view of somebody, and somebody who was not seen that day as a visitor."""
    day = timezone.localdate(now)
    row = DailyVisits.objects.filter(date=day).first() or _begin(day)
    digest = hashlib.sha256(f"{row.salt}\n{address}\n{user_agent}".encode()).hexdigest()
    with transaction.atomic():
        new = not Visitor.objects.filter(date=day, digest=digest).update(seen_at=now)
        if new:
            Visitor.objects.bulk_create(
                [Visitor(date=day, digest=digest, seen_at=now)], ignore_conflicts=True
            )
        DailyVisits.objects.filter(date=day).update(visits=F("visits") + 1, visitors=F("visitors") + int(new))


def _begin(day: date) -> DailyVisits:
    row = DailyVisits(date=day, salt=secrets.token_hex(32))
    DailyVisits.objects.bulk_create([row], ignore_conflicts=True)
    return DailyVisits.objects.get(date=day)


def forget_visitors(*, today: date) -> int:
    """Delete the digests and salts of days that are over; how many visitors were forgotten."""
    DailyVisits.objects.filter(date__lt=today).exclude(salt="").update(salt="")
    deleted, _by_model = Visitor.objects.filter(date__lt=today).delete()
    return deleted


@dataclass(frozen=True)
class VisitFigures:
    """The figures of a portal's visit counter."""

    today: int
    yesterday: int
    this_week: int
    this_month: int
    total: int


def figures(now: datetime) -> VisitFigures:
    """The figures at `now`; one statement."""
    return figures_of(sums(periods(timezone.localdate(now)).__getitem__))


def figures_of(rows: Iterable[dict[str, int]]) -> VisitFigures:
    """The figures, from `sums`; all zero where nobody ever came."""
    return VisitFigures(**next(iter(rows), dict.fromkeys(VisitFigures.__annotations__, 0)))


def periods(day: date) -> dict[str, date]:
    """The days that the figures of a day go by: itself, the one before, its Monday, and the first of its month."""
    return {
        "day": day,
        "yesterday": day - timedelta(days=1),
        "monday": day - timedelta(days=day.weekday()),
        "first": day.replace(day=1),
    }


def sums(value: Callable[[str], Any]) -> QuerySet:
    """Page views of today, yesterday, the week, the month and since the beginning, as one row.

    `value` answers the days of `periods` by name.
    """
    conditions = {
        "today": Q(date=value("day")),
        "yesterday": Q(date=value("yesterday")),
        "this_week": Q(date__gte=value("monday"), date__lte=value("day")),
        "this_month": Q(date__gte=value("first"), date__lte=value("day")),
    }
    parts = {name: Sum("visits", filter=condition, default=0) for name, condition in conditions.items()}
    whole = DailyVisits.objects.order_by().annotate(_all=Value(1)).values("_all")
    return whole.annotate(**parts, total=Sum("visits", default=0)).values(*parts, "total")


def online(now: datetime) -> int:
    """How many visitors were seen within the last five minutes."""
    return Visitor.objects.filter(seen_at__gt=now - ONLINE, seen_at__lte=now).count()


def daily(first: date, last: date) -> list[DailyVisits]:
    """The figures day by day, days without visits included."""
    found = {row.date: row for row in DailyVisits.objects.filter(date__gte=first, date__lte=last)}
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [found.get(day) or DailyVisits(date=day, visits=0, visitors=0) for day in days]
