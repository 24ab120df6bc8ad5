"""The admin's form for images (`WAGTAILIMAGES_IMAGE_FORM_BASE`): it asks for alternative text."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm


class ImageForm(BaseImageForm):
    """Alternative text is required, unless the picture is said to be decoration."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        # Wagtail also makes this form with a few fields only, for partial changes.
        asked = "description" in self.fields and "description" not in self.errors
        if asked and not cleaned.get("is_decorative") and not cleaned["description"].strip():
            self.add_error("description", _("Say what the picture shows, or tick “decoration only”."))
        return cleaned
