"""Addresses of files, whole: a frontend lives on another host."""

from __future__ import annotations

from django.conf import settings

#: Folder of files that only some may see. Nothing hands it out but `serving.py`.
PRIVATE = "private/"


def absolute(url: str) -> str:
    """`url` with the address of the CMS before it, unless a store gave it a host of its own."""
    return settings.SITE_URL.rstrip("/") + url if url.startswith("/") and not url.startswith("//") else url
