"""The first page of the admin: what somebody has to do, what they wrote, what is to come, and what should be put right.

Each list has at most `MOST_LINES` lines and its panel says how many more there are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Media
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import Revision, TaskState

from cms.desk.checks import content_checks
from cms.desk.lines import MOST_LINES, Line
from cms.desk.mine import drafts, in_approval, sent_back, waiting
from cms.desk.planned import planned
from cms.desk.published import published_lately
from cms.operations.clock import is_scheduler_running

#: Faults that are counted of each kind.
MOST_FAULTS = 1000


class WaitingPanel(WorkflowObjectsToModeratePanel):
    """What waits for this person's approval, what has waited longest first: Wagtail's table, bounded."""

    template_name = "desk/waiting.html"
    order = 10

    @property
    def media(self) -> Media:
        return Media(css={"all": ["desk/desk.css"]})

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        steps = waiting(user).annotate(previous_revision_id=Revision.objects.previous_revision_id_subquery())
        states = [_reviewed(state, user) for state in steps[:MOST_LINES] if state.revision.content_object]
        more = steps.count() - MOST_LINES if len(states) == MOST_LINES else 0
        return {
            "states": states,
            "more": max(0, more),
            "request": parent_context["request"],
            "csrf_token": parent_context["csrf_token"],
        }


def _reviewed(state: TaskState, user: Any) -> dict[str, Any]:
    """What Wagtail's template needs of a step of a workflow."""
    content = state.revision.content_object
    steps = state.workflow_state.all_tasks_with_status()
    viewset = getattr(content, "snippet_viewset", None)
    names = {
        f"{name}_url_name": viewset.get_url_name(action) if viewset else f"wagtailadmin_pages:{action}"
        for name, action in (
            ("workflow_action", "workflow_action"),
            ("workflow_preview", "workflow_preview"),
            ("revisions_compare", "revisions_compare"),
        )
    }
    return {
        "obj": content,
        "revision": state.revision,
        "previous_revision_id": state.previous_revision_id,
        "live_revision_id": content.live_revision_id,
        "task_state": state,
        "actions": [
            (
                name,
                _and_publish(label) if name == "approve" and steps[-1].pk == state.task_id else label,
                asks,
            )
            for name, label, asks in state.task.specific.get_actions(content, user)
        ],
        "workflow_tasks": steps,
        **names,
    }


def _and_publish(label: Any) -> str:
    """As Wagtail's form says it of the last step of a workflow."""
    return gettext("%(label)s and Publish") % {"label": label}


class ListPanel(Component):
    """A list of pages and snippets; nothing where it is empty."""

    template_name = "desk/list.html"
    heading: Any
    icon: str
    #: What gives the lines for somebody.
    found: Callable[[Any], list[Line]]
    #: Where all of them are.
    more_url_name = ""

    class Media:
        css = {"all": ["desk/desk.css"]}

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        found = type(self).found(parent_context["request"].user)
        return {
            "panel": self,
            "lines": found[:MOST_LINES],
            "more": max(0, len(found) - MOST_LINES),
            "more_url": reverse(self.more_url_name) if self.more_url_name else "",
            "warning": self.warning(found),
        }

    def warning(self, found: list[Line]) -> Any:
        """What is said above the list; nothing as a rule."""
        return ""


class SentBackPanel(ListPanel):
    name, order, icon = "sent_back", 20, "warning"
    heading = _("Sent back to you")
    found = sent_back


class DraftsPanel(ListPanel):
    name, order, icon = "drafts", 30, "edit"
    heading = _("Your drafts")
    found = drafts


class InApprovalPanel(ListPanel):
    name, order, icon = "in_approval", 35, "tasks"
    heading = _("Sent by you, not approved yet")
    found = in_approval


class PlannedPanel(ListPanel):
    name, order, icon = "planned", 40, "calendar-alt"
    heading = _("Scheduled items")
    found = planned

    def warning(self, found: list[Line]) -> Any:
        if not found or is_scheduler_running():
            return ""
        return _(
            "The scheduler does not run: nothing will be published when its time comes. "
            "Tell the administrator of the server that manage.py worker is to run."
        )


class PublishedPanel(ListPanel):
    name, order, icon = "published", 50, "globe"
    heading = _("Published lately")
    found = published_lately


class ChecksPanel(Component):
    """How many faults of each kind there are in what somebody may change; nothing where there are none."""

    name = "checks"
    template_name = "desk/checks.html"
    order = 60

    class Media:
        css = {"all": ["desk/desk.css"]}

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        counted = [
            (check, check.found(user).order_by()[: MOST_FAULTS + 1].count()) for check in content_checks()
        ]
        return {
            "checks": [
                {
                    "label": check.label,
                    "url": reverse("desk_check", args=[check.name]),
                    "count": min(count, MOST_FAULTS),
                    "is_more": count > MOST_FAULTS,
                }
                for check, count in counted
                if count
            ]
        }


#: Wagtail's panels that the desk's take the place of.
REPLACED = {
    "workflow_objects_to_moderate",
    "user_objects_in_workflow_moderation",
    "recent_edits",
}
PANELS = [
    WaitingPanel,
    SentBackPanel,
    DraftsPanel,
    InApprovalPanel,
    PlannedPanel,
    PublishedPanel,
    ChecksPanel,
]
