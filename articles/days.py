"""Days of the portal's time zone as moments, so that a period can be looked up in an index."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

# One day earlier begins, in zones east of Greenwich, before the first moment that Python knows in UTC.
FIRST_DAY = date(1, 1, 2)


def start_of(day: date) -> datetime:
    """The first moment of a day."""
    return timezone.make_aware(datetime.combine(max(day, FIRST_DAY), time.min))


def end_of(day: date) -> datetime:
    """The last moment of a day."""
    return timezone.make_aware(datetime.combine(max(day, FIRST_DAY), time.max))
