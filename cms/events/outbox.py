"""Writes events into the outbox, in the transaction of what happened; workers deliver them (`delivery/`)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from cms.events.models import Delivery, Event, Webhook

#: So long deliveries are tried again.
GIVE_UP_AFTER = timedelta(days=1)


def is_anyone_told() -> bool:
    """Whether there is any active webhook: without one nothing is looked up or written."""
    return Webhook.objects.filter(is_active=True).exists()


def record(type_: str, *, subject: str, data: dict[str, Any]) -> Event | None:
    """Note that something happened, for all webhooks that want to know; None where none does."""
    webhooks = [each for each in Webhook.objects.filter(is_active=True) if type_ in each.events]
    return _record(type_, webhooks, subject, data) if webhooks else None


def record_for(webhook: Webhook, type_: str, *, subject: str, data: dict[str, Any]) -> Event:
    """Note something for one webhook."""
    return _record(type_, [webhook], subject, data)


def _record(type_: str, webhooks: list[Webhook], subject: str, data: dict[str, Any]) -> Event:
    now = timezone.now()
    payload = {"type": type_, "timestamp": f"{now:%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z", "data": data}
    with transaction.atomic():
        event = Event.objects.create(type=type_, subject=subject, payload=payload, created_at=now)
        Delivery.objects.bulk_create(
            Delivery(event=event, webhook=each, next_attempt_at=now, give_up_at=now + GIVE_UP_AFTER)
            for each in webhooks
        )
        for each in webhooks:
            wake(each.pk)
    return event


class Wake:
    """An `on_commit` callback, one for each transaction: has a worker deliver what the transaction wrote."""

    def __init__(self) -> None:
        self.webhooks: set[int] = set()

    def __call__(self) -> None:
        from cms.events.delivery.tasks import deliver

        for pk in sorted(self.webhooks):
            deliver.enqueue(pk)


def wake(webhook: int) -> None:
    """Have what waits for a webhook delivered after the commit; if that fails, the clock finds it in a moment."""
    pending = next((each[1] for each in connection.run_on_commit if isinstance(each[1], Wake)), None)
    if pending is None:
        pending = Wake()
        pending.webhooks.add(webhook)
        transaction.on_commit(pending, robust=True)
    pending.webhooks.add(webhook)
