"""When a poll takes votes, and when its results may be seen: told by the server's clock."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _


class PollState(TextChoices):
    """Whether a poll takes votes."""

    SCHEDULED = "SCHEDULED", _("Scheduled")
    OPEN = "OPEN", _("Open")
    CLOSED = "CLOSED", _("Closed")


class ResultsVisibility(TextChoices):
    """When readers see the results of a poll."""

    ALWAYS = "ALWAYS", _("Always")
    AFTER_VOTE = "AFTER_VOTE", _("After voting")
    AFTER_CLOSING = "AFTER_CLOSING", _("When the poll is closed")
    NEVER = "NEVER", _("Never")


def state_at(now: datetime, *, opens_at: datetime | None, closes_at: datetime | None) -> PollState:
    """The state of a poll: open from `opens_at` on, closed from `closes_at` on; None sets no bound."""
    if opens_at and now < opens_at:
        return PollState.SCHEDULED
    return PollState.CLOSED if closes_at and now >= closes_at else PollState.OPEN


def in_state(state: PollState, now: datetime) -> Q:
    """The condition that polls in a state meet at a moment."""
    begun = Q(opens_at__isnull=True) | Q(opens_at__lte=now)
    over = Q(closes_at__isnull=False, closes_at__lte=now)
    return {
        PollState.SCHEDULED: ~begun,
        PollState.OPEN: begun & ~over,
        PollState.CLOSED: begun & over,
    }[state]
