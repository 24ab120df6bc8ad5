"""The calendar: what is planned to be published and taken down, by day. Weeks begin on Monday."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.desk.lines import Line
from cms.desk.planned import planned
from cms.operations.clock import is_scheduler_running

MONDAY = 0


@dataclass(frozen=True)
class Day:
    """A day of the calendar, with what is planned on it."""

    date: date
    lines: list[Line]
    is_in_month: bool
    is_today: bool


class CalendarView(WagtailAdminTemplateMixin, TemplateView):
    """One month; `?month=2026-12` is another than this one."""

    template_name = "desk/calendar.html"
    page_title = _("Publishing calendar")
    header_icon = "calendar-alt"
    _show_breadcrumbs = True
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        first = _first_day(self.request.GET.get("month", ""))
        dates = Calendar(MONDAY).monthdatescalendar(first.year, first.month)
        begin, end = _midnight(dates[0][0]), _midnight(dates[-1][-1] + timedelta(days=1))
        lines = planned(self.request.user, begin=begin, end=end)
        by_day = {day: list(each) for day, each in groupby(lines, lambda line: timezone.localdate(line.at))}
        today = timezone.localdate()
        weeks = [
            [Day(day, by_day.get(day, []), day.month == first.month, day == today) for day in week]
            for week in dates
        ]
        return {
            **super().get_context_data(**kwargs),
            "first": first,
            "previous": first - timedelta(days=1),
            "next": (first + timedelta(days=31)).replace(day=1),
            "weekdays": [date_format(day, "l") for day in dates[0]],
            "weeks": weeks,
            "is_scheduler_silent": bool(lines) and not is_scheduler_running(),
        }


def _first_day(month: str) -> date:
    if not month:
        return timezone.localdate().replace(day=1)
    try:
        year, number = month.split("-")
        # A year of its ends would have no neighbour.
        if not 2000 <= int(year) <= 2100:
            raise ValueError(month)
        return date(int(year), int(number), 1)
    except ValueError:
        raise Http404 from None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
