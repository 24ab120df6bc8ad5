from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PollsConfig(AppConfig):
    name = "polls"
    label = "polls"
    verbose_name = _("Polls")

    def ready(self) -> None:
        from cms.operations.backup.rebuilding import after_restore
        from cms.operations.clock import by_the_clock

        after_restore("verify_polls", needs_keys=True)
        by_the_clock("tend_polls", at=1)
        by_the_clock("verify_polls", at=3)
        # For its signal: it begins with the first request. And for figures.
        import polls.integrity.worker
        import polls.metrics  # noqa: F401 - registers figures
