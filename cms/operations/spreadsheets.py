"""What is exported from the admin, in every list of it, as spreadsheet programs in Viet Nam open it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.reports.workflows import WorkflowTasksView, WorkflowView

#: Excel takes a CSV without it for one of Windows' old encodings.
MARK = "\ufeff"
#: What spreadsheet programs take for the begin of a formula, also after blanks.
FORMULA = re.compile(r"\s*[=+\-@\t\r]")
#: What no workbook can hold: openpyxl ends the export where it stands.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

#: What Wagtail's reports on workflows head with names of attributes.
HEADINGS = {
    "workflow": gettext_lazy("Workflow"),
    "task": gettext_lazy("Task"),
    "requested_by": gettext_lazy("Requested by"),
    "started_at": gettext_lazy("Started at"),
    "finished_at": gettext_lazy("Completed at"),
    "finished_by": gettext_lazy("Completed by"),
}


def adapt_exports() -> None:
    """Tell Wagtail's mixin, which all exports have and which has no setting for any of it."""
    values = SpreadsheetExportMixin.custom_value_preprocess
    SpreadsheetExportMixin.custom_value_preprocess = {
        **values,
        bool: {"csv": yes_or_no, "xlsx": yes_or_no},
        datetime: {"csv": written, "xlsx": local},
    }
    preprocess = SpreadsheetExportMixin.preprocess_field_value
    stream = SpreadsheetExportMixin.stream_csv

    def preprocess_field_value(self: Any, field: str, value: Any, export_format: str) -> Any:
        made = preprocess(self, field, value, export_format)
        if not isinstance(made, str):
            return made
        return as_text(made) if export_format == "csv" else UNWRITABLE.sub("", made)

    def stream_csv(self: Any, queryset: Any) -> Iterator[str]:
        yield MARK
        yield from stream(self, queryset)

    SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value
    SpreadsheetExportMixin.stream_csv = stream_csv
    for report in (WorkflowView, WorkflowTasksView):
        report.export_headings = {**HEADINGS, **report.export_headings}


def local(moment: datetime) -> datetime:
    """The moment by the portal's clock, without its zone, which XLSX does not know."""
    return moment if timezone.is_naive(moment) else timezone.make_naive(moment)


def written(moment: datetime) -> str:
    """The moment by the portal's clock, as it is written in Viet Nam."""
    return local(moment).strftime("%d/%m/%Y %H:%M:%S")


def yes_or_no(value: bool) -> str:
    """Yes or no in the language of who exports."""
    return _("Yes") if value else _("No")


def as_text(value: str) -> str:
    """The text, so that no program computes it."""
    return f"'{value}" if FORMULA.match(value) else value
