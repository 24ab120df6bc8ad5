from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "cms.publishing"
    label = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        from cms.publishing import changes, purge

        changes.watch()
        purge.connect()
