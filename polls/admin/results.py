"""A poll's results in the admin, which editors see whatever readers may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.snippets.views.snippets import InspectView

from polls.models import Poll
from polls.tally.tallies import Tally, tallies_by_poll


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


class PollResultsView(SpreadsheetExportMixin, InspectView):
    """The published poll with a chart of its votes, which keeps itself up to date (`results.js`)."""

    page_title = _("Results")
    template_name = "polls/results.html"
    list_export = ["text", "votes", "percent"]
    export_headings = {"text": _("Option"), "votes": _("Votes"), "percent": _("Share of ballots")}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_export:
            return self.as_spreadsheet(self._bars()[1], request.GET["export"])
        return super().get(request, *args, **kwargs)

    def get_filename(self) -> str:
        return f"poll-{self.object.pk}"

    def get_heading(self, queryset: Any, field: str) -> str:
        return str(self.export_headings[field])

    def _bars(self) -> tuple[Tally, list[Bar]]:
        tally = tallies_by_poll([self.object.pk])[self.object.pk]
        return tally, bars_of(self.object, tally)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tally, bars = self._bars()
        return super().get_context_data(poll=self.object, tally=tally, bars=bars, **kwargs)
