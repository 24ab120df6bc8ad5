"""The same picture twice: told before the second one is stored.

Wagtail's form for many files asks only about what it has stored; ours are stored when their alternative text is there.
"""

from __future__ import annotations

from hashlib import sha1
from typing import Any

from django.db.models import QuerySet
from wagtail.images.utils import find_image_duplicates
from wagtail.models import UploadedFile
from wagtail.permissions import policy_registry

from cms.media.models import Image
from cms.media.positions import without_positions


def duplicates(upload: UploadedFile, user: Any) -> QuerySet[Image]:
    """The pictures with the content of an upload that somebody may choose; the first of them first."""
    with upload.file.open() as file:
        # As it would be stored; the hash is Wagtail's.
        stored = without_positions(file.read())
    image = Image(file_hash=sha1(stored, usedforsecurity=False).hexdigest())
    policy = policy_registry.get_by_type(Image)
    return find_image_duplicates(image, user, policy).order_by("pk")
