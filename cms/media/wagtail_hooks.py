"""What the first page of the admin tells about pictures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.desk.checks import ContentCheck
from cms.media.alt_text import without_alt_text
from cms.media.models import Image


@hooks.register("register_content_checks")
def picture_checks() -> list[ContentCheck]:
    return [
        ContentCheck(
            "pictures-no-alt-text",
            _("pictures without alternative text"),
            lambda: without_alt_text(Image.objects.all()),
        )
    ]
