"""Recording a page view: one row, which no other reader waits for."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from visits.digests import digest_of
from visits.metrics import VIEWS
from visits.models import PageView
from visits.worker import worker


def record_visit(*, address: str, user_agent: str, now: datetime) -> None:
    """Store a page view of somebody; the worker adds it to the figures within a second."""
    day = timezone.localdate(now)
    digest = digest_of(day, address=address, user_agent=user_agent)
    PageView.objects.create(date=day, digest=digest, seen_at=now)
    VIEWS.inc()
    worker.wake()
