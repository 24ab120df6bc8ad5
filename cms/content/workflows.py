"""What follows when a workflow has approved a page or snippet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from wagtail.models import WorkflowState


def publish_approved(workflow_state: WorkflowState, user: Any = None) -> None:
    """Publish it; where it can't be, the reason stands in its log and on the dashboard."""
    # Wagtail loads this module while it makes its models.
    from cms.content.publishing import reason_of, record_refusal

    content = workflow_state.content_object
    revision = content.get_latest_revision()
    try:
        revision.publish(user=user)
    except ValidationError as error:
        record_refusal(revision, reason_of(error, content))
