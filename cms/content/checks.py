"""Start-up checks: registries that need an entry for each kind of content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.urls import get_resolver

from cms.content.references import models_without_index


@register()
def check_reference_index(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """An error for each model that refers to pages or files and is not in Wagtail's reference index."""
    get_resolver().url_patterns  # noqa: B018 - snippets are entered when the admin's addresses are loaded
    return [
        Error(
            "References of this model are not in Wagtail's reference index: what it refers to is deleted as unused.",
            hint="Register it as a page, snippet or setting, or set wagtail_reference_index_ignore = True on it.",
            obj=model,
            id="cms.content.E001",
        )
        for model in models_without_index()
    ]
