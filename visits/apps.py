from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    name = "visits"
    label = "visits"
    verbose_name = _("Visits")

    def ready(self) -> None:
        # They need models.
        import visits.metrics  # noqa: F401 - registers figures
        from cms.operations.clock import by_the_clock

        by_the_clock("forget_visitors", at=1)
