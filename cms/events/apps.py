from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "cms.events"
    label = "events"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        # They need models.
        from cms.content.autodiscovery import autodiscover
        from cms.events import metrics, objects, pages, restrictions  # noqa: F401 - registers figures
        from cms.operations.clock import by_the_clock

        pages.connect()
        restrictions.connect()
        objects.connect()
        # What begins and ends by the clock, content apps know.
        autodiscover("events")
        by_the_clock("deliver_webhooks", every=timedelta(seconds=10))
        by_the_clock("tell_periods", every=timedelta(minutes=1))
        by_the_clock("sweep_webhooks", at=1)
