"""The report on all polls, in the admin's reports."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from cms.content.trashed import without_trashed
from polls.admin.counts import with_ballots_beside
from polls.admin.listing import STATE_COLUMNS, PollFilterSet
from polls.models import Poll

#: Who sees polls' figures in the admin, whatever readers may.
PERMISSIONS = ["add", "change", "publish"]
policy = ModelPermissionPolicy(Poll)
HEADINGS = {
    "question": _("Question"),
    "state.label": _("State"),
    "opens_at": _("Opens"),
    "closes_at": _("Closes"),
    "ballot_count": _("Voters"),
    "replaced_count": _("Replaced ballots"),
    "set_aside_count": _("Ballots set aside"),
    "burst_count": _("Bursts to be looked at"),
}
NUMBERS = ["ballot_count", "replaced_count", "set_aside_count", "burst_count"]


class PollReportView(ReportView):
    """Every poll with its state and its ballots."""

    model = Poll
    page_title = _("Polls and ballots")
    header_icon = "tasks"
    index_url_name = "poll_report"
    index_results_url_name = "poll_report_results"
    default_ordering = "-opens_at"
    filterset_class = PollFilterSet
    permission_policy = policy
    any_permission_required = PERMISSIONS
    export_filename = "polls"
    list_export = list(HEADINGS)
    export_headings = HEADINGS
    columns: ClassVar[list[Column]] = [
        TitleColumn(
            "question",
            label=_("Question"),
            width="30%",
            get_url=lambda poll: reverse("wagtailsnippets_polls_poll:inspect", args=[poll.pk]),
        ),
        *STATE_COLUMNS,
        *(NumberColumn(name, label=HEADINGS[name], sort_key=name) for name in NUMBERS),
    ]

    def get_base_queryset(self) -> QuerySet:
        return with_ballots_beside(without_trashed(Poll.objects.all()))


class PollReportMenuItem(MenuItem):
    """The report's place in the menu."""

    def is_shown(self, request: Any) -> bool:
        return policy.user_has_any_permission(request.user, PERMISSIONS)


def addresses() -> list[URLPattern]:
    return [
        path("reports/polls/", PollReportView.as_view(), name="poll_report"),
        path("reports/polls/results/", PollReportView.as_view(results_only=True), name="poll_report_results"),
    ]


def menu_item() -> MenuItem:
    return PollReportMenuItem(
        _("Polls and ballots"), reverse("poll_report"), name="polls", icon_name="tasks", order=600
    )
