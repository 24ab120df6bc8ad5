"""Where uploads go, if not to a folder of this machine."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from storages.backends.s3 import S3Storage

from cms.media.addresses import PRIVATE


class Bucket(S3Storage):
    """A bucket whose private files have no address there: they are read through us, and asked for by our own."""

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        return (
            f"{settings.MEDIA_URL}{name}" if name.startswith(PRIVATE) else super().url(name, *args, **kwargs)
        )
