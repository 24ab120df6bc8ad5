"""Taking down a page view: into the buffer where Redis is set and answers, else as a row that nobody else waits for."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.utils import timezone

from home.models import PageView
from home.visits import buffer
from home.visits.buffer import Taken
from home.visits.digests import digest_of
from home.visits.tending import tender


def record_visit(*, address: str, user_agent: str, now: datetime) -> None:
    """Take down a page view of somebody; `counting.py` adds it to the figures within a second."""
    day = timezone.localdate(now)
    digest = digest_of(day, address=address, user_agent=user_agent)
    ticket = secrets.token_hex(8)
    taken = buffer.add(day, digest, now, ticket)
    if taken is not Taken.YES:
        in_doubt = ticket if taken is Taken.UNKNOWN else ""
        PageView.objects.create(date=day, digest=digest, seen_at=now, ticket=in_doubt)
    tender.wake()
