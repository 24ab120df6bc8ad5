from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PollsConfig(AppConfig):
    name = "polls"
    label = "polls"
    verbose_name = _("Polls")

    def ready(self) -> None:
        # For its signal: it begins with the first request.
        import polls.tending  # noqa: F401
