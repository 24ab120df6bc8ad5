from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PreviewConfig(AppConfig):
    name = "cms.preview"
    label = "preview"
    verbose_name = _("Previews")

    def ready(self) -> None:
        from cms.operations.clock import by_the_clock
        from cms.preview import checks  # noqa: F401 - registers them

        by_the_clock("sweep_previews", at=1)
