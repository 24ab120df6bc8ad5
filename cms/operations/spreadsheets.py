"""What is exported from the admin, as spreadsheet programs in Viet Nam open it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

from django.utils import timezone
from wagtail.admin.views.mixins import SpreadsheetExportMixin

#: Excel takes a CSV without it for one of Windows' old encodings.
MARK = "\ufeff"
#: What spreadsheet programs take for the begin of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def local(moment: datetime) -> datetime:
    """The moment by the portal's clock, without its zone, which XLSX does not know."""
    return timezone.make_naive(moment)


def written(moment: datetime) -> str:
    return local(moment).strftime("%d/%m/%Y %H:%M:%S")


def as_text(value: str) -> str:
    """The text, so that no program computes it."""
    return f"'{value}" if value.startswith(FORMULA) else value


class Spreadsheet(SpreadsheetExportMixin):
    """Exports by `?export=csv` and `?export=xlsx`."""

    custom_value_preprocess: ClassVar[dict[Any, Any]] = {
        **SpreadsheetExportMixin.custom_value_preprocess,
        datetime: {"csv": written, "xlsx": local},
        str: {"csv": as_text},
    }

    def stream_csv(self, queryset: Any) -> Iterator[str]:
        yield MARK
        yield from super().stream_csv(queryset)
