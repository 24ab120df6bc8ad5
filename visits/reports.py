"""The visits of a period in the admin, day by day, as a page, CSV and XLSX: what the state's monitoring asks for."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views.reports import ReportView

from visits.figures import daily
from visits.models import DailyVisits

PERMISSION = "visits.view_dailyvisits"


class VisitFilterSet(WagtailFilterSet):
    date = django_filters.DateFromToRangeFilter(label=_("Period"), widget=DateRangePickerWidget)

    class Meta:
        model = DailyVisits
        fields = ["date"]


class VisitReportView(ReportView):
    """Page views and visitors of each day of a period, the newest first; all days where no period is given."""

    model = DailyVisits
    permission_required = "view"
    page_title = _("Visits by day")
    header_icon = "calendar-alt"
    index_url_name = "visit_report"
    index_results_url_name = "visit_report_results"
    filterset_class = VisitFilterSet
    columns = [
        Column("date", label=_("Day"), accessor=lambda row: date_format(row.date, "d/m/Y")),
        NumberColumn("visits", label=_("Page views")),
        NumberColumn("visitors", label=_("Visitors")),
    ]
    list_export = ["date", "visits", "visitors"]
    export_headings = {"date": _("Day"), "visits": _("Page views"), "visitors": _("Visitors")}

    def get_filtered_queryset(self) -> list[DailyVisits]:
        """The days in question, days without visits included."""
        first, last = self._period()
        return daily(first, last)[::-1]

    def get_filename(self) -> str:
        first, last = self._period()
        return f"visits-{first}-{last}"

    def _period(self) -> tuple[date, date]:
        """The period that is asked for, as far as there are figures: from the first day to today."""
        today = timezone.localdate()
        earliest = DailyVisits.objects.order_by("date").values_list("date", flat=True).first() or today
        asked: Any = self.filters.form.cleaned_data.get("date") if self.filters.is_valid() else None
        first = asked.start.date() if asked and asked.start else earliest
        last = asked.stop.date() if asked and asked.stop else today
        return max(first, earliest), min(last, today)
