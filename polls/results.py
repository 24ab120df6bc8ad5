"""A poll's results in the admin, which editors see whatever readers may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import InspectView

from polls.models import Poll
from polls.tallies import Tally, tallies_by_poll


@dataclass(frozen=True)
class Bar:
    """A row of the chart."""

    text: str
    votes: int
    percent: float


def bars_of(poll: Poll, tally: Tally) -> list[Bar]:
    """The options in their order, each with its votes."""
    return [
        Bar(option.text, tally.votes.get(option.pk, 0), tally.percent(option.pk))
        for option in poll.options.all()
    ]


class PollResultsView(InspectView):
    """The published poll with a chart of its votes."""

    page_title = _("Results")
    template_name = "polls/results.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tally = tallies_by_poll([self.object.pk])[self.object.pk]
        return super().get_context_data(
            poll=self.object, tally=tally, bars=bars_of(self.object, tally), **kwargs
        )
