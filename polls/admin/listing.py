"""How lists of polls are shown and filtered in the admin."""

from __future__ import annotations

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.ui.tables import Column

from cms.desk.lists.filters import StatusFilters
from cms.operations.dates import moment
from polls.models import Poll, PollState, ResultsVisibility
from polls.models.polls import PollQuerySet

#: Whether a poll takes votes, and from when to when.
STATE_COLUMNS = [
    Column("state", label=_("State"), accessor=lambda poll: poll.state.label),
    # Wagtail's own date column says "just now" of all that is to come.
    Column("opens_at", label=_("Opens"), accessor=lambda poll: moment(poll.opens_at), sort_key="opens_at"),
    Column(
        "closes_at", label=_("Closes"), accessor=lambda poll: moment(poll.closes_at), sort_key="closes_at"
    ),
]


class PollFilterSet(StatusFilters):
    state = django_filters.ChoiceFilter(label=_("State"), choices=PollState.choices, method="in_state")
    results_visibility = django_filters.ChoiceFilter(
        label=_("Results are shown to"), choices=ResultsVisibility.choices
    )

    opens_at = django_filters.DateFromToRangeFilter(label=_("Opens"), widget=DateRangePickerWidget)

    class Meta:
        model = Poll
        fields = ["state", "results_visibility", "opens_at"]

    def in_state(self, polls: PollQuerySet, name: str, value: str) -> PollQuerySet:
        return polls.in_state(PollState(value), timezone.now())
