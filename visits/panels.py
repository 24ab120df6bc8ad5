"""The visits of the last thirty days on the first page of the admin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from visits.figures import daily
from visits.models import DailyVisits

DAYS = 30
#: Units of the chart: a bar with its gap, and the highest bar.
STEP, GAP, HEIGHT = 30, 6, 140


@dataclass(frozen=True)
class Bar:
    """A day of the chart; places and sizes in units of the chart."""

    date: date
    visits: int
    visitors: int
    x: int
    y: int
    width: int
    height: int


def bars_of(rows: list[DailyVisits]) -> list[Bar]:
    """The days from left to right, the highest as high as the chart."""
    most = max(row.visits for row in rows) or 1
    bars = []
    for number, row in enumerate(rows):
        # A day with visits shows, however few they were beside the others'.
        height = max(round(HEIGHT * row.visits / most), 1 if row.visits else 0)
        bars.append(
            Bar(row.date, row.visits, row.visitors, number * STEP, HEIGHT - height, STEP - GAP, height)
        )
    return bars


class VisitsPanel(Component):
    """A chart, what it says in words, and the same figures as a table."""

    name = "visits"
    template_name = "visits/panel.html"
    order = 120

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        today = timezone.localdate()
        bars = bars_of(daily(today - timedelta(days=DAYS - 1), today))
        return {
            "bars": bars,
            "width": DAYS * STEP,
            "height": HEIGHT,
            "first": bars[0],
            "last": bars[-1],
            "most": max(bars, key=lambda bar: bar.visits),
            "least": min(bars, key=lambda bar: bar.visits),
            "total": sum(bar.visits for bar in bars),
        }
