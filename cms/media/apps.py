from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _
from wagtail.signals import published


class MediaConfig(AppConfig):
    name = "cms.media"
    label = "media"
    verbose_name = _("Media")

    def ready(self) -> None:
        from cms.media import ahead
        from cms.media.models import Image

        published.connect(ahead.on_published, dispatch_uid="media_renditions_of_published")
        post_save.connect(ahead.on_image_saved, sender=Image, dispatch_uid="media_renditions_of_image")
