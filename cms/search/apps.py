from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "cms.search"
    label = "cms_search"
    verbose_name = _("Search")

    def ready(self) -> None:
        # It needs models.
        from cms.operations.backup.rebuilding import after_restore

        for command in ("update_index", "reindex_search", "rebuild_references_index"):
            after_restore(command)
