"""The rule of alternative text: a picture that readers are shown says in words what it shows, or is decoration."""

from __future__ import annotations

from typing import Protocol

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model


class Picture(Protocol):
    """What an image has for the rule; `models.py` imports this module."""

    title: str
    description: str
    is_decorative: bool


def is_missing(image: Picture) -> bool:
    """Whether a picture can't be shown to readers yet."""
    return not image.is_decorative and not image.description.strip()


def without_alt_text(pictures: QuerySet) -> QuerySet:
    """Those of `pictures` that can't be shown to readers yet; forms store no blanks around a description."""
    return pictures.filter(is_decorative=False, description="")


def validate_alt_text(image: Picture | int) -> None:
    """Refuse a picture without alternative text, in words for an editor.

    Takes an image or its primary key, so that it also serves as a validator of a foreign key:
    `ForeignKey("media.Image", validators=[validate_alt_text], ...)`.
    """
    if isinstance(image, int):
        image = get_image_model().objects.filter(pk=image).first()
    if image is not None and is_missing(image):
        message = _("“%(title)s” has no alternative text. Open it under Images and say what it shows.")
        raise ValidationError(message, code="no_alt_text", params={"title": image.title})
