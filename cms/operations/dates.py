"""Dates as the admin's lists show them."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format


def moment(at: datetime | None) -> str:
    """A date and time as Vietnamese readers write it, by the portal's clock; empty for none."""
    return date_format(timezone.localtime(at), "H:i d/m/Y") if at else ""
