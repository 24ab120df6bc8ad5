"""Switching accelerators on and off (`cms/graphql/accelerators.py`)."""

from __future__ import annotations

from django.conf import LazySettings
from django.conf import settings as project_settings
from django.test import override_settings


def switch(settings: LazySettings, **accelerators: bool) -> None:
    """Switch some accelerators for the rest of a test: `switch(settings, answer_cache=False)`."""
    settings.CMS_ACCELERATORS = {**settings.CMS_ACCELERATORS, **accelerators}


def reference_mode() -> override_settings:
    """A context manager within which every accelerator is off."""
    return override_settings(CMS_ACCELERATORS=dict.fromkeys(project_settings.CMS_ACCELERATORS, False))


def only_off(name: str) -> override_settings:
    """A context manager within which one accelerator is off."""
    return override_settings(CMS_ACCELERATORS={**project_settings.CMS_ACCELERATORS, name: False})
