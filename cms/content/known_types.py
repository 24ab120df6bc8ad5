"""Which types of content this version of the code has.

A release that was rolled back, or an app that was taken out of EXTRA_CONTENT_APPS, leaves rows of types without a
model: whoever asks Django for the object of such a row gets an AttributeError.
"""

from __future__ import annotations

from collections.abc import Collection

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Revision, RevisionMixin

from cms.content.trashed import Trashable

KINDS = (RevisionMixin, Trashable, AbstractImage, AbstractDocument)


def known_types() -> Collection[ContentType]:
    """The types of all content that has revisions, and so workflows and schedules, or that goes into the trash."""
    models = [model for model in apps.get_models() if issubclass(model, KINDS)]
    return ContentType.objects.get_for_models(*models, for_concrete_models=False).values()


def content_of(revision: Revision) -> Model | None:
    """The page or snippet of a revision; None where it is gone, or its type is."""
    kind = ContentType.objects.get_for_id(revision.content_type_id)
    return revision.content_object if kind.model_class() else None
