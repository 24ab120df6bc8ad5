from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "cms.desk"
    label = "desk"
    verbose_name = _("Desk")

    def ready(self) -> None:
        # It needs models.
        from cms.operations.clock import by_the_clock

        by_the_clock("check_links", at=2)
        by_the_clock("send_digests", at=7)
