"""How lists of polls are shown and filtered in the admin."""

from __future__ import annotations

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget

from cms.desk.lists.filters import StatusFilters
from polls.models import Poll, PollState, ResultsVisibility
from polls.models.polls import PollQuerySet


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
