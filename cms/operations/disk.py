"""Free space where the server writes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

#: Bytes free, below which a disk counts as nearly full.
LOW = 500_000_000


def free_space() -> Iterator[tuple[str, int]]:
    """Name and free bytes of each folder that the server writes to."""
    folders = {"var": Path(settings.VAR)}
    if connection.vendor == "sqlite":
        folders["database"] = Path(connection.settings_dict["NAME"]).parent
    if settings.MEDIA_STORAGE == "disk":
        folders["media"] = Path(settings.MEDIA_ROOT)
    for name, folder in folders.items():
        if folder.exists():
            yield name, shutil.disk_usage(folder).free
