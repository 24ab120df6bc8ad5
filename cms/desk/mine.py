"""What somebody has on their desk: what was sent back to them, what is on its way, and their drafts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Exists, Model, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.models import DraftStateMixin, Page, WorkflowState

from cms.desk.lines import Line, LineMaker, lines

#: Rows that are read for a list: some of them may be of what the person may not edit any more.
MOST_ROWS = 50


def sent_back(user: Any) -> list[Line]:
    """What an approver wants changed, of what this person wrote or sent, with the comment; the newest first."""
    maker = LineMaker(user)
    return lines(
        maker.line(
            state.content_object,
            state.current_task_state.finished_at,
            note=state.current_task_state.task.name,
            who=state.current_task_state.finished_by,
            quote=state.current_task_state.comment,
        )
        for state in _workflows(user, WorkflowState.STATUS_NEEDS_CHANGES)
    )


def in_approval(user: Any) -> list[Line]:
    """What this person sent and others have still to approve, with the step that it waits in."""
    maker = LineMaker(user)
    return lines(
        maker.line(
            state.content_object,
            state.current_task_state.started_at,
            note=state.current_task_state.task.name,
        )
        for state in _workflows(user, WorkflowState.STATUS_IN_PROGRESS)
    )


def drafts(user: Any) -> list[Line]:
    """What this person wrote and nobody was asked to approve or publish yet; what was touched last comes first."""
    maker = LineMaker(user)
    pages = Page.objects.filter(Q(owner=user) | Q(latest_revision__user=user))
    found = [
        maker.line(page, page.latest_revision_created_at)
        for page in _waiting_nowhere(pages)
        .select_related("content_type")
        .order_by("-latest_revision_created_at", "-pk")[:MOST_ROWS]
    ]
    for model in snippet_models():
        snippets = _waiting_nowhere(model._default_manager.filter(latest_revision__user=user))
        newest = snippets.select_related("latest_revision").order_by("-latest_revision__created_at")
        found += [maker.line(each, each.latest_revision.created_at) for each in newest[:MOST_ROWS]]
    return sorted(lines(found), key=lambda line: line.at, reverse=True)


def snippet_models() -> Iterator[type[Model]]:
    """Models that have drafts and are no pages."""
    for model in apps.get_models():
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page):
            yield model


def _workflows(user: Any, status: str) -> list[WorkflowState]:
    """Workflows of this status that the person asked for, and those of their pages; the newest first."""
    kind = ContentType.objects.get_for_model(Page)
    # A workflow keeps its object's id as text; pages' are numbers.
    own = Page.objects.filter(owner=user, pk=Cast(OuterRef("object_id"), BigIntegerField()))
    states = (
        WorkflowState.objects.filter(status=status)
        .filter(Q(requested_by=user) | Q(base_content_type=kind) & Exists(own))
        .select_related("current_task_state__task", "current_task_state__finished_by")
        .prefetch_related("content_object__latest_revision")
        .order_by("-current_task_state__started_at", "-pk")
    )
    return [state for state in states[:MOST_ROWS] if state.current_task_state]


def _waiting_nowhere(content: QuerySet) -> QuerySet:
    """Drafts that are in no workflow and on no schedule."""
    kind = ContentType.objects.get_for_model(content.model, for_concrete_model=False)
    workflows = WorkflowState.objects.active().filter(
        base_content_type=kind, object_id=Cast(OuterRef("pk"), TextField())
    )
    return content.filter(
        ~Exists(workflows),
        has_unpublished_changes=True,
        latest_revision__isnull=False,
        latest_revision__approved_go_live_at=None,
    )
