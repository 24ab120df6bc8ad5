"""What the first page of the admin tells about polls."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils import timezone
from wagtail.admin.ui.components import Component

from polls.admin.counts import with_ballot_count
from polls.models import Burst, Poll, PollState


class OpenPollsPanel(Component):
    """The polls that take votes now, those that close soonest first; nothing where there are none."""

    name = "open_polls"
    template_name = "polls/open_polls.html"
    order = 210

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        polls = Poll.objects.filter(live=True, is_trashed=False).in_state(PollState.OPEN, timezone.now())
        return {"polls": with_ballot_count(polls).order_by("closes_at", "pk")[:20]}


class OpenBurstsPanel(Component):
    """The polls with bursts that nobody has looked at; nothing where there are none."""

    name = "open_bursts"
    template_name = "polls/open_bursts.html"
    order = 90

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        found = (
            Burst.objects.filter(state=Burst.State.OPEN, poll__is_trashed=False)
            .order_by("poll")
            .values("poll", "poll__question")
        )
        return {"polls": found.annotate(bursts=Count("pk"))[:20]}
