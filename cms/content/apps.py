from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cms.content.autodiscovery import autodiscover


class ContentConfig(AppConfig):
    name = "cms.content"
    label = "content"
    verbose_name = _("Content")

    def ready(self) -> None:
        # It needs Wagtail's models.
        from cms.content.choosers import start_choosers_without_inline_scripts

        start_choosers_without_inline_scripts()
        # Body blocks of content apps must be known before any page's body is looked at.
        autodiscover("blocks")
        from cms.content.redirects import adapt_redirects

        adapt_redirects()
        from cms.content.labels import translate_labels

        translate_labels()
        from cms.content.comparing import compare_readably

        compare_readably()
        from cms.content.editing import save_pages_one_at_a_time

        save_pages_one_at_a_time()
        from cms.content.references import index_settings

        index_settings()
        from cms.operations.clock import SCHEDULER, by_the_clock

        by_the_clock(SCHEDULER, every=timedelta(minutes=1))
        by_the_clock("prune_revisions", at=1)
        from cms.content import checks  # noqa: F401 - registers them
