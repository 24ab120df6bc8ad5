"""The note on the first page of the admin that ballots are to be looked at."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from wagtail.admin.ui.components import Component

from polls.models import Burst


class OpenBurstsPanel(Component):
    """The polls with bursts that nobody has looked at; nothing where there are none."""

    name = "open_bursts"
    template_name = "polls/open_bursts.html"
    order = 90

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        found = Burst.objects.filter(state=Burst.State.OPEN).order_by("poll").values("poll", "poll__question")
        return {"polls": found.annotate(bursts=Count("pk"))[:20]}
