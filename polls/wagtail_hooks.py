"""Polls in the admin."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import InspectView, SnippetViewSet

from polls.models import Poll
from polls.tallies import tallies_by_poll


class PollResultsView(InspectView):
    """The results of a poll, whoever may see them outside."""

    template_name = "polls/results.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tally = tallies_by_poll([self.object.pk])[self.object.pk]
        rows = [
            {"text": option.text, "votes": tally.votes.get(option.pk, 0), "percent": tally.percent(option.pk)}
            for option in self.object.options.all()
        ]
        return super().get_context_data(**kwargs) | {"total": tally.ballots, "rows": rows}


class PollViewSet(SnippetViewSet):
    model = Poll
    icon = "list-ul"
    menu_label = _("Polls")
    menu_order = 300
    add_to_admin_menu = True
    inspect_view_enabled = True
    inspect_view_class = PollResultsView
    list_display = [
        "question",
        Column("state", label=_("State"), accessor=lambda poll: poll.state.label),
        "opens_at",
        "closes_at",
        Column("ballot_count", label=_("Votes"), accessor="ballot_count"),
        LiveStatusTagColumn(),
    ]
    list_filter = ["results_visibility"]

    def get_queryset(self, request: Any) -> Any:
        return Poll.objects.annotate(ballot_count=Count("ballots"))


register_snippet(PollViewSet)
