"""Taking away old events, with their deliveries."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from cms.events.delivery.runs import give_up_late
from cms.events.models import Delivery, DeliveryState, Event


def sweep() -> int:
    """Delete events that are older than WEBHOOK_DAYS, and give up what waits for a webhook that is off; how many."""
    give_up_late(Delivery.objects.all())
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING).values("event")
    old = Event.objects.filter(created_at__lt=timezone.now() - timedelta(days=settings.CMS_WEBHOOK_DAYS))
    return old.exclude(pk__in=waiting).delete()[1].get("events.Event", 0)
