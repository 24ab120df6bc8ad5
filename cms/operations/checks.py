"""Start-up checks: wiring that would fail silently or late."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from settings.environment import LEAST_SECRET, is_guessable

PRIVATE_CACHES = {
    "django.core.cache.backends.locmem.LocMemCache",
    "django.core.cache.backends.dummy.DummyCache",
}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@register()
def check_app_order(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Grapple reads the snippets that are registered when it is loaded."""
    apps = list(settings.INSTALLED_APPS)
    if apps.index("grapple") > apps.index("wagtail.snippets"):
        return []
    message = '"grapple" stands before "wagtail.snippets" in INSTALLED_APPS: snippets would be missing from the schema.'
    return [Error(message, id="cms.operations.E001")]


@register()
def check_page_model(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """wagtail-grapple knows only the standard Page."""
    if getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page") == "wagtailcore.Page":
        return []
    message = "WAGTAIL_PAGE_MODEL is changed: wagtail-grapple builds the schema from wagtail.models.Page."
    return [Error(message, id="cms.operations.E002")]


@register(Tags.caches, deploy=True)
def check_shared_cache(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """What one worker takes out of the cache must be gone for the others."""
    if settings.CACHES["default"]["BACKEND"] not in PRIVATE_CACHES:
        return []
    message = "The default cache is not shared between processes: one worker would answer with what another took back."
    return [Error(message, hint="Set REDIS_URL, or keep the database cache.", id="cms.operations.E003")]


@register(Tags.files, deploy=True)
def check_media_root(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Uploads can be written."""
    root = Path(settings.MEDIA_ROOT)
    nearest = next(folder for folder in (root, *root.absolute().parents) if folder.exists())
    if settings.MEDIA_STORAGE != "disk" or os.access(nearest, os.W_OK):
        return []
    return [Error(f"MEDIA_ROOT can't be written: {root}", id="cms.operations.E004")]


@register(Tags.security, deploy=True)
def check_polls_key(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Warn of a POLLS_KEY that can be guessed; no error, since a server that has ballots must keep the key."""
    if not settings.CMS_POLLS_KEY or not is_guessable(settings.CMS_POLLS_KEY):
        return []
    message = f"POLLS_KEY is not {LEAST_SECRET} random characters or more: who guesses it can make ballots and seals."
    hint = "Until there are ballots, set another one; from then on keep it, or end its polls first."
    return [Warning(message, hint=hint, id="cms.operations.W002")]


@register(Tags.urls, deploy=True)
def check_public_address(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Addresses of pictures and in mails begin with SITE_URL."""
    host = urlsplit(settings.SITE_URL).hostname
    if host not in LOOPBACK or set(settings.ALLOWED_HOSTS) <= LOOPBACK:
        return []
    message = f"SITE_URL is {settings.SITE_URL}, but ALLOWED_HOSTS names other hosts: readers could not load pictures."
    return [Warning(message, id="cms.operations.W001")]
