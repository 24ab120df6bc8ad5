"""When the clock alone changes what readers see: something expires, a poll opens, a day begins."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Lock

from django.apps import apps
from django.db.models import F, Model, QuerySet
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page

from cms.graphql.accelerators import is_on
from cms.graphql.sql.multi_query import fetch

_columns: list[tuple[type[Model], str]] = []


def register_expiry(model: type[Model], *columns: str) -> None:
    """Say that readers see a model's rows differently before and after the moments in these columns."""
    _columns.extend((model, column) for column in columns)


class ExpiryClock:
    """The next such moment, read once for each state of the content."""

    def __init__(self) -> None:
        self._known: tuple[int, datetime] | None = None
        self._lock = Lock()

    def after(self, now: datetime, *, version: int) -> datetime:
        """The first moment after `now`, in the content of `version`; midnight at the latest."""
        with self._lock:
            # One switch with the sites: both are kept until the content changes, this no longer than to its moment.
            if is_on("site_snapshot") and self._known and self._known[0] == version and self._known[1] > now:
                return self._known[1]
        earliest = fetch([_next(model, column, now) for model, column in _all()])
        found = min([_midnight(now), *(moment for rows in earliest for (moment,) in rows)])
        with self._lock:
            self._known = version, found
        return found


def _all() -> list[tuple[type[Model], str]]:
    drafts = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    models = [Page, *(model for model in drafts if not issubclass(model, Page))]
    return [*((model, "expire_at") for model in models), *_columns]


def _next(model: type[Model], column: str, now: datetime) -> QuerySet:
    rows = model._base_manager.filter(**{f"{column}__gt": now}).order_by(column)
    if issubclass(model, DraftStateMixin):
        rows = rows.filter(live=True)
    return rows.annotate(_moment=F(column)).values_list("_moment")[:1]


def _midnight(now: datetime) -> datetime:
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + timedelta(days=1)


expiry_clock = ExpiryClock()
