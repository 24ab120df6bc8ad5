"""What is on somebody's desk: what they decide, what was sent back to them, what is on its way, and their drafts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.models import DraftStateMixin, Page, TaskState, WorkflowState

from cms.content.known_types import known_types
from cms.desk.belonging import of_each
from cms.desk.lines import Line, lines

#: Rows that are read for a list: some of them may be of what the person may not edit any more.
MOST_ROWS = 50


def waiting(user: Any) -> QuerySet[TaskState]:
    """The steps of workflows that this person may decide; what has waited longest comes first."""
    return (
        TaskState.objects.reviewable_by(user)
        .filter(revision__content_type__in=known_types())
        .select_related("revision__user", "workflow_state__workflow")
        .prefetch_related("revision__content_object__latest_revision")
        .order_by("started_at", "pk")
    )


def sent_back(user: Any) -> list[Line]:
    """What an approver wants changed, of what this person wrote or sent, with the comment; the newest first."""
    states = _workflows(user, WorkflowState.STATUS_NEEDS_CHANGES)
    return lines(user, [(state.content_object, _rejection(state.current_task_state)) for state in states])


def _rejection(step: TaskState) -> dict[str, Any]:
    return {"at": step.finished_at, "note": step.task.name, "who": step.finished_by, "quote": step.comment}


def in_approval(user: Any) -> list[Line]:
    """What this person sent and others have still to approve, with the step that it waits in."""
    states = _workflows(user, WorkflowState.STATUS_IN_PROGRESS)
    steps = [(state.content_object, state.current_task_state) for state in states]
    return lines(
        user, [(content, {"at": step.started_at, "note": step.task.name}) for content, step in steps]
    )


def drafts(user: Any) -> list[Line]:
    """What this person wrote and nobody was asked to approve or publish yet; what was touched last comes first."""
    pages = Page.objects.filter(Q(owner=user) | Q(latest_revision__user=user))
    newest = _waiting_nowhere(pages).order_by("-latest_revision_created_at", "-pk")
    found: list[tuple[Any, dict[str, Any]]] = [
        (page, {"at": page.latest_revision_created_at})
        for page in newest.select_related("content_type")[:MOST_ROWS]
    ]
    for model in snippet_models():
        snippets = _waiting_nowhere(model._default_manager.filter(latest_revision__user=user))
        newest = snippets.select_related("latest_revision").order_by("-latest_revision__created_at")
        found += [(each, {"at": each.latest_revision.created_at}) for each in newest[:MOST_ROWS]]
    return sorted(lines(user, found), key=lambda line: line.at, reverse=True)


def snippet_models() -> Iterator[type[Model]]:
    """Models that have drafts and are no pages."""
    for model in apps.get_models():
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page):
            yield model


def _workflows(user: Any, status: str) -> list[WorkflowState]:
    """Workflows of this status that the person asked for, and those of their pages; the newest first."""
    kind = ContentType.objects.get_for_model(Page)
    # A workflow keeps its object's id as text, which need not be a number's.
    keys = Page.objects.filter(owner=user).annotate(key=Cast("pk", TextField()))
    own = keys.filter(key=OuterRef("object_id"))
    states = (
        WorkflowState.objects.filter(status=status, base_content_type__in=known_types())
        .filter(Q(requested_by=user) | Q(base_content_type=kind) & Exists(own))
        .select_related("current_task_state__task", "current_task_state__finished_by")
        .prefetch_related("content_object__latest_revision")
        .order_by("-current_task_state__started_at", "-pk")
    )
    return [state for state in states[:MOST_ROWS] if state.current_task_state]


def _waiting_nowhere(content: QuerySet) -> QuerySet:
    """Drafts that are in no workflow and on no schedule."""
    return content.filter(
        ~Exists(of_each(WorkflowState.objects.active(), content.model)),
        has_unpublished_changes=True,
        latest_revision__isnull=False,
        latest_revision__approved_go_live_at=None,
    )
