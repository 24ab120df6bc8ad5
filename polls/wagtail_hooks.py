"""Polls in the admin."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import InspectView, SnippetViewSet

from polls.models import Ballot, Poll


class PollResultsView(InspectView):
    """The results of a poll, whoever may see them outside."""

    template_name = "polls/results.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        total = Ballot.objects.filter(poll=self.object.pk).count()
        rows = [
            {"text": option.text, "votes": votes, "percent": round(100 * votes / total, 1) if total else 0}
            for option in self.object.options.select_related("tally")
            for votes in [getattr(getattr(option, "tally", None), "votes", 0)]
        ]
        return super().get_context_data(**kwargs) | {"total": total, "rows": rows}


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
        Column("state", label=_("State"), accessor=lambda poll: poll.state().label),
        "opens_at",
        "closes_at",
        Column("ballot_count", label=_("Votes"), accessor="ballot_count"),
        LiveStatusTagColumn(),
    ]
    list_filter = ["results_visibility"]

    def get_queryset(self, request: Any) -> Any:
        return Poll.objects.annotate(ballot_count=Count("ballots"))


register_snippet(PollViewSet)
