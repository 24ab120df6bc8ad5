"""Figures of webhooks."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Min
from django.utils import timezone
from prometheus_client import Counter
from prometheus_client.core import GaugeMetricFamily, Metric

from cms.events.models import Delivery, DeliveryState, Queue
from cms.operations.metrics import collect_when_asked

ATTEMPTS = Counter(
    "cms_webhook_attempts", "Attempts to deliver an event, by what became of them.", ["outcome"]
)


@collect_when_asked
def deliveries() -> Iterator[Metric]:
    """What waits for receivers, for how long, and which are away."""
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING, webhook__is_active=True)
    found = waiting.aggregate(number=Count("pk"), oldest=Min("event__created_at"))
    seconds = (timezone.now() - found["oldest"]).total_seconds() if found["oldest"] else 0.0
    yield GaugeMetricFamily(
        "cms_webhook_deliveries_waiting", "Events that wait for a webhook.", value=found["number"]
    )
    yield GaugeMetricFamily("cms_webhook_oldest_seconds", "How long ago the oldest happened.", value=seconds)
    away = Queue.objects.filter(failures__gt=0, webhook__is_active=True).count()
    yield GaugeMetricFamily("cms_webhooks_away", "Webhooks whose receiver failed last.", value=away)
