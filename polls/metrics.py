"""Figures of polls."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Min
from django.utils import timezone
from prometheus_client import Counter
from prometheus_client.core import GaugeMetricFamily, Metric

from cms.operations.metrics import collect_when_asked
from polls.models import Ballot

VOTES = Counter(
    "cms_poll_votes",
    "Votes that were sent, by what became of them: ACCEPTED, REPEATED, or why not.",
    ["outcome"],
)
SEALED = Counter("cms_poll_ballots_sealed", "Ballots that were sealed.")


@collect_when_asked
def ballots() -> Iterator[Metric]:
    """What waits for its seal, and for how long."""
    found = Ballot.objects.filter(seal=None).aggregate(number=Count("pk"), oldest=Min("created_at"))
    seconds = (timezone.now() - found["oldest"]).total_seconds() if found["oldest"] else 0.0
    yield GaugeMetricFamily(
        "cms_poll_ballots_unsealed", "Ballots that are not sealed.", value=found["number"]
    )
    yield GaugeMetricFamily(
        "cms_poll_oldest_unsealed_seconds", "How long ago the oldest of them was cast.", value=seconds
    )
