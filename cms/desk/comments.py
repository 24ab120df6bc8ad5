"""The comment with which an approver sent something back, at the top of its form."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.models import WorkflowMixin, WorkflowState


def show_comment(request: HttpRequest, content: Any) -> None:
    """Show who wants what changed, when the form of a page or snippet is opened."""
    if request.method != "GET" or not isinstance(content, WorkflowMixin):
        return
    state = content.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES or not state.current_task_state:
        return
    step = state.current_task_state
    who = get_user_display_name(step.finished_by) if step.finished_by else step.task.name
    said = _("%(who)s sent this back: “%(comment)s”") if step.comment else _("%(who)s sent this back.")
    # One line of the log would be lost below the form; a message stands above it.
    messages.warning(request, format_html("{}", said % {"who": who, "comment": step.comment}))
