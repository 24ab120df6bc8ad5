"""Delivers what waits for a webhook: in order for each object, at least once, for a day.

One run at a time delivers to a webhook, by a lease that ends by itself: a worker that is killed holds nobody up for
longer. What it had sent and not noted is sent again, with the same id.
"""

from __future__ import annotations

import logging
import secrets
import time
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from cms.events.delivery.sending import Outcome, send
from cms.events.metrics import ATTEMPTS
from cms.events.models import Delivery, DeliveryProblem, DeliveryState, Queue, Webhook
from cms.events.outbox import GIVE_UP_AFTER, wake

logger = logging.getLogger(__name__)

#: Of a lease, which each attempt renews; an attempt takes ten seconds at the most.
LEASE = timedelta(seconds=60)
#: Seconds of one run, after which the worker does something else first.
RUN_SECONDS = 20.0
#: The first pause, which doubles with each failure, and the longest: of one delivery, and of all to a webhook whose
#: receiver is away.
FIRST, LONGEST, LONGEST_AWAY = timedelta(seconds=5), timedelta(hours=1), timedelta(minutes=15)


def waiting(webhook: Webhook) -> QuerySet:
    """What waits for a webhook and is due, the oldest first: of each object the first, the others wait for it."""
    all_ = Delivery.objects.filter(webhook=webhook, state=DeliveryState.WAITING)
    earlier = all_.filter(event__subject=OuterRef("event__subject"), event__lt=OuterRef("event"))
    due = all_.filter(next_attempt_at__lte=timezone.now()).exclude(Exists(earlier))
    return due.select_related("event", "webhook").order_by("event")


def webhooks_with_work() -> list[int]:
    """The webhooks that something is due for now."""
    now = timezone.now()
    found = Webhook.objects.filter(
        Q(queue=None) | Q(queue__retry_at=None) | Q(queue__retry_at__lte=now),
        is_active=True,
        deliveries__state=DeliveryState.WAITING,
        deliveries__next_attempt_at__lte=now,
    )
    return list(found.distinct().order_by("pk").values_list("pk", flat=True))


def run(webhook: Webhook) -> bool:
    """Deliver what is due; whether something still is, for another run."""
    lease = _lease(webhook)
    if lease is None:
        return False
    try:
        return _run(webhook, lease)
    finally:
        Queue.objects.filter(webhook=webhook, lease=lease).update(lease="", leased_until=None)


def backoff(failures: int, longest: timedelta) -> timedelta:
    """The pause after so many failures."""
    return min(FIRST * 2 ** min(failures - 1, 20), longest)


def _run(webhook: Webhook, lease: str) -> bool:
    ends = time.monotonic() + RUN_SECONDS
    while _holds(webhook, lease):
        _give_up(webhook)
        delivery = waiting(webhook).first()
        if delivery is None:
            return False
        if time.monotonic() > ends:
            return True
        outcome = send(delivery)
        _note(delivery, outcome)
        if outcome.is_receivers:
            return False
    return False


def _lease(webhook: Webhook) -> str | None:
    """A new lease; None where another run has it, or the receiver is left alone for a while."""
    Queue.objects.get_or_create(webhook=webhook)
    now, lease = timezone.now(), secrets.token_hex(16)
    is_free = Q(leased_until=None) | Q(leased_until__lt=now)
    is_due = Q(retry_at=None) | Q(retry_at__lte=now)
    queues = Queue.objects.filter(is_free, is_due, webhook=webhook, webhook__is_active=True)
    return lease if queues.update(lease=lease, leased_until=now + LEASE) else None


def _holds(webhook: Webhook, lease: str) -> bool:
    """Renew the lease; whether it is still ours, and the webhook wants more."""
    queues = Queue.objects.filter(webhook=webhook, lease=lease, webhook__is_active=True)
    return bool(queues.update(leased_until=timezone.now() + LEASE))


def give_up_late(deliveries: QuerySet) -> int:
    """Try no longer what a receiver did not take in time, of these deliveries; how many."""
    late = deliveries.filter(state=DeliveryState.WAITING, give_up_at__lt=timezone.now())
    return late.update(state=DeliveryState.FAILED, problem=DeliveryProblem.TOO_LATE)


def _give_up(webhook: Webhook) -> None:
    if number := give_up_late(Delivery.objects.filter(webhook=webhook)):
        logger.error("webhook %s: %d events were given up after a day", webhook, number)


def _note(delivery: Delivery, outcome: Outcome) -> None:
    """Note how an attempt went: on the delivery, and on the queue if the receiver is away or back."""
    ATTEMPTS.labels(outcome.problem.value or "delivered").inc()
    now = timezone.now()
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(
            attempts=F("attempts") + 1,
            attempted_at=now,
            problem=outcome.problem,
            status=outcome.status,
            answer=outcome.answer,
            milliseconds=outcome.milliseconds,
            state=_state(outcome),
            next_attempt_at=now + backoff(delivery.attempts + 1, LONGEST),
        )
        _note_on_queue(delivery.webhook, outcome, now)
    if outcome.problem:
        logger.warning(
            "webhook %s did not take event %s at attempt %d: %s %s",
            delivery.webhook,
            delivery.event,
            delivery.attempts + 1,
            outcome.problem.value,
            outcome.status or "",
        )


def _state(outcome: Outcome) -> DeliveryState:
    if not outcome.problem:
        return DeliveryState.DELIVERED
    return DeliveryState.FAILED if outcome.problem == DeliveryProblem.GONE else DeliveryState.WAITING


def _note_on_queue(webhook: Webhook, outcome: Outcome, now: datetime) -> None:
    queues = Queue.objects.filter(webhook=webhook)
    if outcome.problem == DeliveryProblem.GONE:
        # https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md: 410
        Webhook.objects.filter(pk=webhook.pk).update(is_active=False)
    elif outcome.is_receivers:
        failures = queues.values_list("failures", flat=True).get() + 1
        queues.update(failures=failures, retry_at=now + backoff(failures, LONGEST_AWAY))
    else:
        queues.update(failures=0, retry_at=None)


def send_again(delivery: Delivery) -> None:
    """Deliver it once more, with the same id, and for a day if need be."""
    now = timezone.now()
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(
            state=DeliveryState.WAITING, attempts=0, next_attempt_at=now, give_up_at=now + GIVE_UP_AFTER
        )
        # Whoever asks for it believes that the receiver is back.
        Queue.objects.filter(webhook=delivery.webhook_id).update(retry_at=None)
        wake(delivery.webhook_id)
