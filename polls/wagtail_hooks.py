"""Polls in the admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import NumberColumn
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import (
    CreateView,
    EditView,
    HistoryView,
    PreviewOnCreateView,
)

from cms.content.editing import OneSaveAtATime
from cms.desk.lists.viewsets import SnippetListViewSet
from cms.preview.forms import KeyedForm, KeyedPreview
from cms.preview.sharing.buttons import ShareableForm, ShareableHistory
from polls.admin import reports
from polls.admin.alerts import OpenBurstsPanel, OpenPollsPanel
from polls.admin.counts import with_ballot_count
from polls.admin.listing import STATE_COLUMNS, PollFilterSet
from polls.admin.results import PollResultsView
from polls.admin.reviewing import PERMISSION, ReviewBallotsView
from polls.models import Poll
from polls.models.identity import REWORDED


class PollCreateView(KeyedForm, CreateView):
    """The form of a new poll."""


class PollPreviewView(KeyedPreview, PreviewOnCreateView):
    """The preview of a new poll."""


class PollEditView(OneSaveAtATime, ShareableForm, EditView):
    """The form of a poll."""


class PollHistoryView(ShareableHistory, HistoryView):
    """The history of a poll."""


class PollViewSet(SnippetListViewSet):
    model = Poll
    add_view_class = PollCreateView
    edit_view_class = PollEditView
    history_view_class = PollHistoryView
    preview_on_add_view_class = PollPreviewView
    icon = "tasks"
    menu_label = _("Polls")
    menu_order = 250
    inspect_view_enabled = True
    inspect_view_class = PollResultsView
    list_display = [
        "question",
        *STATE_COLUMNS,
        NumberColumn("ballot_count", label=_("Ballots"), sort_key="ballot_count"),
    ]
    list_export = ["question", "state.label", "opens_at", "closes_at", "ballot_count"]
    export_headings = reports.HEADINGS
    filterset_class = PollFilterSet

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_ballot_count(Poll.objects.all())


register_snippet(PollViewSet)


@hooks.register("register_admin_urls")
def review_urls() -> list[Any]:
    """Where ballots are reviewed."""
    return [path("polls/<int:pk>/review/", ReviewBallotsView.as_view(), name="review_ballots")]


@hooks.register("register_permissions")
def review_permission() -> QuerySet:
    """To set ballots aside is a right of its own."""
    return Permission.objects.filter(content_type__app_label="polls", codename="add_review")


@hooks.register("register_snippet_listing_buttons")
def review_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterable[Button]:
    """Leads from a poll in the list to the review of its ballots."""
    if isinstance(snippet, Poll) and user.has_perm(PERMISSION):
        address = reverse("review_ballots", args=[snippet.pk])
        yield Button(_("Review ballots"), address, icon_name="warning", priority=60)


@hooks.register("construct_snippet_listing_buttons")
def results_button(buttons: list[Button], snippet: Any, user: Any) -> None:
    """What Wagtail calls "inspect" are the results of a poll; they are what its list is opened for."""
    if not isinstance(snippet, Poll):
        return
    address = reverse(snippet.snippet_viewset.get_url_name("inspect"), args=[snippet.pk])
    for button in buttons:
        if button.url == address:
            button.label, button.priority = _("Results"), 5


hooks.register("register_admin_urls", reports.addresses)
hooks.register("register_reports_menu_item", reports.menu_item)


@hooks.register("construct_homepage_panels")
def show_open_polls(request: HttpRequest, panels: list[Any]) -> None:
    """Who works with polls sees on the first page which are open."""
    if reports.policy.user_has_any_permission(request.user, reports.PERMISSIONS):
        panels.append(OpenPollsPanel())


@hooks.register("construct_homepage_panels")
def tell_of_bursts(request: HttpRequest, panels: list[Any]) -> None:
    """Who may review ballots is told on the first page that there is something to look at."""
    if request.user.has_perm(PERMISSION):
        panels.append(OpenBurstsPanel())


@hooks.register("register_log_actions")
def log_reviews(actions: LogActionRegistry) -> None:
    """What is decided about ballots stands in the poll's history."""
    actions.register_action("polls.set_aside", _("Set ballots aside"), _("Ballots were set aside"))
    actions.register_action("polls.restored", _("Count ballots again"), _("Ballots count again"))
    actions.register_action(
        "polls.burst_dismissed", _("Dismiss a burst"), _("A burst of ballots was found to be in order")
    )

    @actions.register_action(REWORDED)
    class Reworded(LogFormatter):
        label = _("Reword an option that has ballots")

        def format_message(self, log_entry: ModelLogEntry) -> str:
            return gettext("“%(before)s”, which has ballots, was reworded to “%(after)s”") % log_entry.data
