"""Histories that tell what happened: one line for what somebody saved again and again, and what readers saw before.

Wagtail makes one line of the autosaves of one visit to the form; here the visits of one person, between which nothing
else was done, are one line, too. The filter "saves" shows all.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import django_filters
from django.contrib.admin.utils import quote
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic.history import ActionColumn, HistoryFilterSet
from wagtail.log_actions import registry

EDIT = "wagtail.edit"
#: What the log says of what readers got to see.
PUBLISH = ["wagtail.publish", "wagtail.publish.scheduled"]


class SavesFilterSet(HistoryFilterSet):
    saves = django_filters.ChoiceFilter(
        label=gettext_lazy("Saves"),
        choices=[("all", gettext_lazy("Every save"))],
        empty_label=gettext_lazy("The last of several in a row"),
        method="leave",
    )

    def leave(self, entries: QuerySet, name: str, value: str) -> QuerySet:
        """The view has seen to it."""
        return entries


class ShortHistory:
    """Mixin for a view of an object's history: of saves in a row by one person the last one."""

    @cached_property
    def filterset_class(self) -> type[HistoryFilterSet]:
        return type("ShortHistoryFilterSet", (SavesFilterSet, super().filterset_class), {})

    def get_base_queryset(self) -> QuerySet:
        entries = super().get_base_queryset()
        return entries if self.request.GET.get("saves") == "all" else entries.exclude(pk__in=self._superseded)

    @cached_property
    def _superseded(self) -> list[int]:
        entries = super().get_base_queryset().order_by("timestamp", "pk")
        rows = entries.values_list("pk", "action", "user_id")
        return [key for (key, *one), (_key, *then) in pairwise(rows) if one == then and one[0] == EDIT]


class ReaderActionColumn(ActionColumn):
    """Wagtail's, which also compares what was published with what readers saw before."""

    def get_actions(self, instance: Any, parent_context: Any) -> list[dict[str, str]]:
        actions = super().get_actions(instance, parent_context)
        before, name = self._before.get(instance.revision_id), self.url_names.get("revisions_compare")
        if actions and before and name:
            url = reverse(name, args=(quote(self.object.pk), before, instance.revision_id))
            actions.append({"url": url, "label": _("Compare with what readers saw before")})
        return actions

    @cached_property
    def _before(self) -> dict[int, int]:
        """Of each revision that was published, the one that was before."""
        entries = registry.get_logs_for_instance(self.object).filter(
            action__in=PUBLISH, revision__isnull=False
        )
        revisions = entries.order_by("timestamp", "pk").values_list("revision_id", flat=True)
        return {after: before for before, after in pairwise(revisions) if before != after}
