from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrashConfig(AppConfig):
    name = "cms.trash"
    label = "trash"
    verbose_name = _("Trash")

    def ready(self) -> None:
        # It needs models.
        from cms.operations.clock import by_the_clock

        by_the_clock("empty_trash", at=1)
        from wagtail.signals import post_page_move

        from cms.trash.moving import forget_moved
        from cms.trash.policies import register_policies

        register_policies()
        post_page_move.connect(forget_moved, dispatch_uid="cms.trash.moved")
