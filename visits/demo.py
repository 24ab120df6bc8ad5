"""Two weeks of visits for the demonstration."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from cms.content.demo import Demo
from visits.models import DailyVisits

ORDER = 50
HISTORY = [341, 298, 402, 377, 355, 290, 312, 388, 361, 349, 333, 310, 353]
TODAY = 368


def load(demo: Demo) -> None:
    """Make the figures of today and of the days before, where there are none."""
    if DailyVisits.objects.exists():
        return
    today = timezone.localdate()
    for back, visits in enumerate([TODAY, *reversed(HISTORY)]):
        day = today - timedelta(days=back)
        DailyVisits.objects.create(
            date=day, visits=visits, visitors=visits * 3 // 5, salt=f"demo-{day}" if not back else ""
        )
