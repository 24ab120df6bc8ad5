"""Bursts: many ballots of one network within minutes. They are shown to editors; no ballot is refused for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, QuerySet

from polls.models import Ballot, Burst

WINDOW = timedelta(minutes=10)


def flag_bursts(poll_id: int, now: datetime) -> int:
    """Flag the bursts of this window of time and of the one before it; how many there are."""
    begins = _begin(now)
    return sum(_flag(poll_id, each) for each in (begins - WINDOW, begins))


def _begin(moment: datetime) -> datetime:
    return datetime.fromtimestamp(moment.timestamp() // WINDOW.seconds * WINDOW.seconds, moment.tzinfo)


def _flag(poll_id: int, begins: datetime) -> int:
    # Read before the ballots are counted, so that no decision that is made meanwhile is written over.
    known = {burst.network: burst for burst in Burst.objects.filter(poll=poll_id, begins_at=begins)}
    cast = Ballot.objects.filter(poll=poll_id, created_at__gte=begins, created_at__lt=begins + WINDOW)
    cast = cast.filter(set_aside=None, is_replaced=False).exclude(network="").order_by()
    found = cast.values("network").annotate(
        ballots=Count("pk"), agents=Count("agent", distinct=True), last=Max("created_at")
    )
    crowded = list(found.filter(ballots__gte=settings.CMS_POLL_BURST_BALLOTS))
    for row in crowded:
        seen = {"ballots": row["ballots"], "agents": row["agents"], "ends_at": row["last"]}
        if burst := known.get(row["network"]):
            _update(burst, seen)
        else:
            # Of two processes that look at the same time the second finds what the first has made.
            Burst.objects.get_or_create(
                poll_id=poll_id, begins_at=begins, network=row["network"], defaults=seen
            )
    return len(crowded)


def _update(burst: Burst, seen: dict[str, Any]) -> None:
    if burst.state == Burst.State.SET_ASIDE:
        # What comes after a batch was set aside is another thing to look at.
        seen = {**seen, "state": Burst.State.OPEN, "review": None}
    if any(getattr(burst, name) != value for name, value in seen.items()):
        Burst.objects.filter(pk=burst.pk, state=burst.state).update(**seen)


def ballots_of(burst: Burst) -> QuerySet:
    """The ballots of a burst that count, those included that came or were changed since it was flagged."""
    return Ballot.objects.filter(
        poll=burst.poll_id,
        network=burst.network,
        created_at__gte=burst.begins_at,
        created_at__lt=burst.begins_at + WINDOW,
        is_replaced=False,
        set_aside=None,
    )
