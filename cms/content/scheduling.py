"""What the clock does: publish what is due, unpublish what has expired, each in a transaction of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from cms.content.known_types import content_of
from cms.content.publishing import reason_of, record_refusal
from cms.content.trashed import is_trashed
from cms.invalidation.capture import lock_content

logger = logging.getLogger(__name__)


def run_schedule() -> list[str]:
    """Unpublish what has expired and publish what is due; what could not be, with the reason.

    One that fails is left as it was, its schedule too, and keeps none of the others.
    """
    failed = [_reason(content, _unpublish) for content in _expired()]
    failed += [_reason_of_revision(revision) for revision in _due()]
    return [reason for reason in failed if reason]


def _due() -> QuerySet[Revision]:
    """The revisions whose time has come, those first that have waited longest."""
    found = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
    return found.order_by("approved_go_live_at", "pk")


def _expired() -> list[DraftStateMixin]:
    models = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    now = timezone.now()
    return [
        content
        for model in models
        if model is Page or not issubclass(model, Page)
        for content in model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at", "pk")
    ]


def _reason_of_revision(revision: Revision) -> str:
    if (content := content_of(revision)) is None:
        kind = ".".join(revision.content_type.natural_key())
        return (
            f"{revision.object_str}: there is no {kind} {revision.object_id}, or this code has no such type"
        )
    if is_trashed(content):
        return ""  # it waits there
    return _reason(revision, _publish)


def _reason(item: Any, work: Callable[[Any], None]) -> str:
    """Do the work in a transaction of its own; why it failed, empty if it did not."""
    try:
        with transaction.atomic():
            lock_content()
            work(item)
    except Exception as error:
        if not isinstance(error, ValidationError):
            logger.exception("not done as scheduled: %s", item)
        if not isinstance(item, Revision):
            return f"{item}: {error}"
        reason = reason_of(error, item.content_object)
        record_refusal(item, reason)
        return f"{item.object_str}: {reason}"
    return ""


def _publish(revision: Revision) -> None:
    # An editor may have taken it off the schedule in the meantime.
    if Revision.objects.filter(pk=revision.pk, approved_go_live_at__lt=timezone.now()).exists():
        revision.publish(log_action="wagtail.publish.scheduled")


def _unpublish(content: DraftStateMixin) -> None:
    content.refresh_from_db(fields=["live", "expire_at"])
    if content.live and content.expire_at and content.expire_at < timezone.now():
        content.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
