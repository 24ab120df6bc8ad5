"""Delivery by a worker."""

from __future__ import annotations

from django_tasks import task

from cms.events.delivery.runs import run
from cms.events.models import Webhook
from cms.operations.tasks import uses_workers


@task()
def deliver(webhook_id: int) -> None:
    """Deliver what waits for a webhook. What is left is for the next task, so that others have their turn."""
    webhook = Webhook.objects.filter(pk=webhook_id).first()
    if webhook is None:
        return
    is_more = run(webhook)
    if is_more and uses_workers():
        deliver.enqueue(webhook_id)
