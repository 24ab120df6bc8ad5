from __future__ import annotations

from typing import Any

from django import template
from wagtail.models import UploadedFile

from cms.media.duplicates import duplicates
from cms.media.models import Image

register = template.Library()


@register.simple_tag(takes_context=True)
def stored_already(context: dict[str, Any], upload: UploadedFile) -> Image | None:
    """The picture of the library with the content of an upload, if the person may choose it."""
    return duplicates(upload, context["request"].user).first()
