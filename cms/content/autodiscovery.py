"""Imports modules of a fixed name from this project's apps, as Django's `autodiscover_modules` does from all apps."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import module_has_submodule


def autodiscover(name: str) -> list[ModuleType]:
    """Import the module `name` of every content app and of every `cms` package that has one."""
    ours = [
        app
        for app in apps.get_app_configs()
        if app.name.startswith("cms.") or app.name in settings.CONTENT_APPS
    ]
    return [import_module(f"{app.name}.{name}") for app in ours if module_has_submodule(app.module, name)]
