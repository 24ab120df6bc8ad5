"""Dates as the admin's lists show them, and as programs read them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.utils import timezone
from django.utils.formats import date_format

#: Years of moments that somebody means: 1 and 9999 have no date in another time zone.
YEARS = range(1900, 9999)


def is_usual(at: datetime) -> bool:
    """Whether a moment can be shown by any clock, and is none that programs write for no date."""
    return at.year in YEARS


def moment(at: datetime | None) -> str:
    """A date and time as Vietnamese readers write it, by the portal's clock; empty for none."""
    return date_format(timezone.localtime(at), "H:i d/m/Y") if at else ""


def day(on: date | None) -> str:
    """A day as Vietnamese readers write it; empty for none."""
    return date_format(on, "d/m/Y") if on else ""


def as_utc(at: datetime) -> str:
    """A moment as the endpoint and its JSON-LD write it: UTC to the second, `2026-01-11T01:00:00Z`."""
    return at.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
