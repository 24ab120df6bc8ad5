"""Adding page views to the figures of their day, some hundreds at a time.

Each is written down by who takes it, in Redis or as a row of its own, where nobody waits for anybody. The figures of
a day are one row: only who adds to them waits for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from home.models import DailyVisits, PageView, VisitBuffer, Visitor
from home.visits import buffer
from home.visits.buffer import Batch

#: Page views that are counted in one transaction, and visitors in one statement.
ROWS = 5000
#: How long a row in doubt waits for Redis to say whether it has the page view.
DOUBT = timedelta(minutes=1)
PART = 1000


def count_visits() -> int:
    """Count what waits in Redis and in the database; how many page views."""
    _settle(timezone.now())
    return _count_buffer() + _count_rows()


def _settle(now: datetime) -> None:
    """Find out about the rows of which nobody knew whether they are in the buffer as well."""
    for row in PageView.objects.exclude(ticket="").order_by("pk")[:ROWS]:
        is_alone = buffer.claim(row.seen_at, row.ticket)
        if is_alone is None and now - row.seen_at < DOUBT:
            continue
        same = PageView.objects.filter(pk=row.pk)
        if is_alone is False:
            same.delete()
        else:
            same.update(ticket="")


def _count_buffer() -> int:
    closed = buffer.close()
    if closed is None:
        return 0
    name, numbers = closed
    counted = 0
    for number in numbers:
        batch = buffer.read(name, number)
        if batch is None:  # Redis went away; what it holds is counted when it is back.
            break
        counted += count_batch(batch)
        buffer.delete(batch)
    return counted


@transaction.atomic
def count_batch(batch: Batch) -> int:
    """Add a batch to the figures, unless it is in them; how many page views were added."""
    VisitBuffer.objects.bulk_create([VisitBuffer(name=batch.buffer)], ignore_conflicts=True)
    row = VisitBuffer.objects.select_for_update().get(name=batch.buffer)
    if batch.number <= row.counted:
        return 0
    _add(batch.views, batch.seen)
    row.counted = batch.number
    row.save()
    return sum(batch.views.values())


def _count_rows() -> int:
    counted = 0
    settled = PageView.objects.filter(ticket="")
    while settled.exists():
        with transaction.atomic():
            # Rows that another server is counting are passed over.
            rows = settled.select_for_update(skip_locked=True).order_by("pk")
            found = list(rows.values_list("pk", "date", "digest", "seen_at")[:ROWS])
            if not found:
                break
            _add(
                Counter(day for _pk, day, _digest, _at in found),
                {(day, digest): at for _pk, day, digest, at in found},
            )
            PageView.objects.filter(pk__in=[pk for pk, *_rest in found]).delete()
        counted += len(found)
    return counted


def _add(views: Mapping[date, int], seen: Mapping[tuple[date, str], datetime]) -> None:
    for day in sorted(views):
        DailyVisits.objects.bulk_create([DailyVisits(date=day)], ignore_conflicts=True)
        row = DailyVisits.objects.select_for_update().get(date=day)
        # Who is new is told under the lock of the day: no other can be telling it at the same time.
        new = _see(day, {digest: at for (each, digest), at in sorted(seen.items()) if each == day})
        DailyVisits.objects.filter(pk=row.pk).update(
            visits=F("visits") + views[day], visitors=F("visitors") + new
        )


def _see(day: date, seen: Mapping[str, datetime]) -> int:
    """Note when these visitors were seen; how many were not seen before on that day."""
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
