"""What the editor's previews of blocks show: the newest that is there, as a preview can't bring its own files."""

from __future__ import annotations

from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model


def any_images(count: int) -> list[Model]:
    """The newest images, at most `count`."""
    return list(get_image_model().objects.order_by("-pk")[:count])


def any_document() -> Model | None:
    """The newest document; None where there is none yet."""
    return get_document_model().objects.order_by("-pk").first()
