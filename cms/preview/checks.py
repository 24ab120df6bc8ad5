"""Start-up checks: what previews need of the settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

IN_DATABASE = {"django.contrib.sessions.backends.db", "django.contrib.sessions.backends.cached_db"}


@register()
def check_session_engine(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Previews hang on the row of a session."""
    if settings.SESSION_ENGINE in IN_DATABASE:
        return []
    return [
        Error(
            "SESSION_ENGINE keeps no sessions in the database: previews need them there.",
            id="cms.preview.E001",
        )
    ]
