"""The admin's form for images (`WAGTAILIMAGES_IMAGE_FORM_BASE`): it asks for alternative text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm

if TYPE_CHECKING:
    from cms.media.models import Image


class ImageForm(BaseImageForm):
    """Alternative text is required, unless the picture is said to be decoration."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        # Wagtail also makes this form with a few fields only, for partial changes.
        asked = "description" in self.fields and "description" not in self.errors
        if asked and not cleaned.get("is_decorative") and not cleaned["description"].strip():
            self.add_error("description", _("Say what the picture shows, or tick “decoration only”."))
        return cleaned

    def save(self, commit: bool = True) -> Image:
        # Renditions of a replaced file are deleted after the image is saved; new ones are made after both.
        with transaction.atomic():
            return super().save(commit=commit)
