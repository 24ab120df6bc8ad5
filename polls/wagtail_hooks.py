"""Polls in the admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from polls.models import Ballot, OptionTally, Poll, PollState, ResultsVisibility
from polls.results import PollResultsView


def with_ballot_count(polls: QuerySet) -> QuerySet:
    """`polls`, each with its number of ballots as `ballot_count`."""
    counts = OptionTally.objects.filter(option__poll=OuterRef("pk")).order_by().values("option__poll")
    return polls.annotate(
        ballot_count=Coalesce(Subquery(counts.annotate(total=Sum("ballots")).values("total")), 0)
    )


class PollFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=PollState.choices, method="in_state")
    results_visibility = django_filters.ChoiceFilter(
        label=_("Results are shown to"), choices=ResultsVisibility.choices
    )

    class Meta:
        model = Poll
        fields = ["state", "results_visibility", "live"]

    def in_state(self, polls: QuerySet, name: str, value: str) -> QuerySet:
        return polls.in_state(PollState(value), timezone.now())


class PollViewSet(SnippetViewSet):
    model = Poll
    icon = "tasks"
    menu_label = _("Polls")
    menu_order = 250
    add_to_admin_menu = True
    inspect_view_enabled = True
    inspect_view_class = PollResultsView
    list_display = [
        "question",
        Column("state", label=_("State"), accessor=lambda poll: poll.state.label),
        DateColumn("opens_at", label=_("Opens"), sort_key="opens_at"),
        DateColumn("closes_at", label=_("Closes"), sort_key="closes_at"),
        NumberColumn("ballot_count", label=_("Ballots"), sort_key="ballot_count"),
    ]
    filterset_class = PollFilterSet

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_ballot_count(Poll.objects.all())


register_snippet(PollViewSet)


@hooks.register("before_delete_snippet")
def keep_polls_with_ballots(request: HttpRequest, snippets: Iterable[Any]) -> HttpResponse | None:
    """Ballots are kept, so their poll is; an editor takes it off the site by unpublishing it."""
    polls = [snippet for snippet in snippets if isinstance(snippet, Poll)]
    voted = Ballot.objects.filter(poll__in=polls).select_related("poll").first() if polls else None
    if voted is None:
        return None
    message = gettext("“%(poll)s” has ballots and can't be deleted. Unpublish it instead.") % {
        "poll": voted.poll
    }
    messages.error(request, message)
    return redirect(PollViewSet.model.snippet_viewset.get_url_name("list"))
