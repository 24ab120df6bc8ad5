"""Figures of visits, for operators; readers' are in `figures.py`."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import Counter
from prometheus_client.core import GaugeMetricFamily, Metric

from cms.operations.metrics import collect_when_asked
from visits.models import PageView

VIEWS = Counter("cms_visits_page_views", "Page views that were recorded.")


@collect_when_asked
def page_views() -> Iterator[Metric]:
    """What waits to be added to the figures of its day."""
    waiting = PageView.objects.count()
    yield GaugeMetricFamily(
        "cms_visits_waiting", "Page views that are not in the figures yet.", value=waiting
    )
