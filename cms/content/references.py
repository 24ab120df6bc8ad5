"""Wagtail's reference index: what the admin says of a page or file before somebody deletes it.

Wagtail enters pages, snippets, images and documents by itself, settings not.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from wagtail.contrib.settings.registry import registry
from wagtail.models import ReferenceIndex


def index_settings() -> None:
    """Enter all settings, with what hangs on them, such as menus."""
    for model in registry:
        ReferenceIndex.register_model(model)


def models_without_index() -> Iterator[type[Model]]:
    """Models of the project that may refer to content, and are neither entered nor marked as left out."""
    for model in apps.get_models():
        name = apps.get_app_config(model._meta.app_label).name
        if name not in settings.CONTENT_APPS and not name.startswith("cms."):
            continue
        if ReferenceIndex.model_is_indexable(model) and not ReferenceIndex.is_indexed(model):
            yield model
