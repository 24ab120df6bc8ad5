from __future__ import annotations

from django.apps import AppConfig

from cms.content.autodiscovery import autodiscover


class FeedsConfig(AppConfig):
    name = "cms.feeds"
    label = "feeds"

    def ready(self) -> None:
        # What stands in feeds, content apps say in their module `feeds`.
        autodiscover("feeds")
