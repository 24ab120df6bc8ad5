"""Which types of content this version of the code has.

A release that was rolled back, or an app that was taken out of EXTRA_CONTENT_APPS, leaves rows of types without a
model: whoever asks Django for the object of such a row gets an AttributeError.
"""

from __future__ import annotations

from collections.abc import Collection

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Revision, RevisionMixin


def known_types() -> Collection[ContentType]:
    """The types of all content that has revisions, and with them workflows and schedules."""
    models = [model for model in apps.get_models() if issubclass(model, RevisionMixin)]
    return ContentType.objects.get_for_models(*models, for_concrete_models=False).values()


def content_of(revision: Revision) -> Model | None:
    """The page or snippet of a revision; None where it is gone, or its type is."""
    kind = ContentType.objects.get_for_id(revision.content_type_id)
    return revision.content_object if kind.model_class() else None
