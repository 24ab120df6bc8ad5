"""Adding page views to the figures of their day, some thousands at a time.

Each page view is a row of its own, so that readers wait for nobody. The figures of a day are one row: only whoever
adds to them waits for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from visits.models import DailyVisits, PageView, Visitor

#: Page views that are counted in one transaction, and visitors in one statement.
ROWS = 5000
PART = 1000


def count_visits() -> int:
    """Count the page views that wait, each once; returns how many this call counted."""
    counted = 0
    while PageView.objects.exists():
        part = _count_part()
        if not part:
            break
        counted += part
    return counted


@transaction.atomic
def _count_part() -> int:
    # Rows that another server is counting are passed over.
    rows = PageView.objects.select_for_update(skip_locked=True).order_by("pk")
    found = list(rows.values_list("pk", "date", "digest", "seen_at")[:ROWS])
    if found:
        views = Counter(day for _pk, day, _digest, _at in found)
        _add(views, {(day, digest): at for _pk, day, digest, at in found})
        PageView.objects.filter(pk__in=[pk for pk, *_rest in found]).delete()
    return len(found)


def _add(views: Mapping[date, int], seen: Mapping[tuple[date, str], datetime]) -> None:
    for day in sorted(views):
        DailyVisits.objects.bulk_create([DailyVisits(date=day)], ignore_conflicts=True)
        row = DailyVisits.objects.select_for_update().get(date=day)
        # New visitors are found under the lock of the day: no other server finds the same ones.
        new = _see(day, {digest: at for (each, digest), at in sorted(seen.items()) if each == day})
        DailyVisits.objects.filter(pk=row.pk).update(
            visits=F("visits") + views[day], visitors=F("visitors") + new
        )


def _see(day: date, seen: Mapping[str, datetime]) -> int:
    """Note when these visitors were seen; returns how many were not seen before on that day."""
    digests = list(seen)
    parts = [digests[start : start + PART] for start in range(0, len(digests), PART)]
    known = sum(Visitor.objects.filter(date=day, digest__in=part).count() for part in parts)
    Visitor.objects.bulk_create(
        [Visitor(date=day, digest=digest, seen_at=at) for digest, at in seen.items()],
        update_conflicts=True,
        unique_fields=["date", "digest"],
        update_fields=["seen_at"],
        batch_size=PART,
    )
    return len(seen) - known
