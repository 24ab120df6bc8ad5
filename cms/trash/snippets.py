"""Snippets into the trash and back: a column says it, and nothing else about them changes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.text import capfirst
from wagtail.models import DraftStateMixin, WorkflowMixin
from wagtail.permissions import policy_registry

from cms.content.trashed import Trashable


def put_away(snippet: Trashable, *, user: Any) -> tuple[dict[str, Any], str]:
    """Mark it as being in the trash; no place, and the name of its list."""
    if isinstance(snippet, WorkflowMixin) and (state := snippet.current_workflow_state):
        # Nobody should have it on the desk for approval.
        state.cancel(user=user)
    _mark(snippet, is_trashed=True)
    return {}, capfirst(str(snippet._meta.verbose_name_plural))


def take_back(snippet: Trashable, place: dict[str, Any], *, user: Any) -> None:
    """Take the mark off. PermissionDenied for who could not add it, or could not publish it where it is live."""
    policy = policy_registry.get(snippet)
    is_live = isinstance(snippet, DraftStateMixin) and snippet.live
    for action in ("add", "publish") if is_live else ("add",):
        if not policy.user_has_permission(user, action):
            raise PermissionDenied
    _mark(snippet, is_trashed=False)


def _mark(snippet: Trashable, *, is_trashed: bool) -> None:
    snippet.is_trashed = is_trashed
    snippet.save(update_fields=["is_trashed"])
