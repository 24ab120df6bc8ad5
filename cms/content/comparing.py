"""How versions are compared: dates as the admin writes them, and yes and no in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import BooleanField, DateField
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison, register_comparison_class

from cms.operations.dates import day, moment


class ReadableComparison(FieldComparison):
    """What is shown alike has not changed: a form knows no seconds."""

    def __init__(self, field: Any, obj_a: Any, obj_b: Any) -> None:
        super().__init__(field, obj_a, obj_b)
        self.val_a, self.val_b = _shown(self.val_a), _shown(self.val_b)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return moment(value) if isinstance(value, datetime) else day(value)


def compare_readably() -> None:
    """Let Wagtail compare such fields so, of whatever model; `DateTimeField` is a `DateField`."""
    for field in (BooleanField, DateField):
        register_comparison_class(field, comparison_class=ReadableComparison)
