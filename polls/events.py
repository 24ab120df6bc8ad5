"""What webhooks are told of polls beside their publishing: that voting begins and ends."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.events.periods import register_period
from polls.models import Poll
from polls.models.polls import PollState

register_period(
    Poll,
    running=lambda now: Poll.objects.in_state(PollState.OPEN, now),
    begun=("poll.opened", _("a poll takes votes now")),
    ended=("poll.closed", _("a poll takes no more votes")),
)
