from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "cms.media"
    label = "media"
    verbose_name = _("Media")

    def ready(self) -> None:
        from wagtail.models import CollectionViewRestriction

        from cms.invalidation.signals import content_changed
        from cms.media import privacy, rendition_tasks
        from cms.media.models import Image
        from cms.operations.clock import by_the_clock

        by_the_clock("move_files", at=1)

        post_save.connect(
            rendition_tasks.on_image_saved, sender=Image, dispatch_uid="media_renditions_of_image"
        )
        # They need Wagtail's models.
        from cms.media.choosing import ask_for_alt_text
        from cms.media.listing import add_filters

        add_filters()
        ask_for_alt_text()
        content_changed.connect(privacy.on_content_changed, dispatch_uid="media_files_of_collections")
        for signal in (post_save, post_delete):
            signal.connect(
                privacy.on_restriction,
                sender=CollectionViewRestriction,
                dispatch_uid="media_files_of_private_collections",
            )
