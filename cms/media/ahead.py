"""Renditions are made when a picture is used, so that no reader waits for them.

A reader who comes before the task has run is served all the same: what is missing then is made at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django_tasks import task
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from cms.media.presets import specs_for
from cms.media.renditions import renditions_by_image


@task()
def make_renditions_for(app_label: str, model_name: str, pk: str) -> None:
    """Make the presets' renditions of every image that a published object shows."""
    shown = apps.get_model(app_label, model_name).objects.filter(pk=pk).first()
    if shown is None:
        return
    if isinstance(shown, Page):
        shown = shown.specific
    with transaction.atomic():
        # Wagtail keeps this index in a task of its own, which may not have run yet.
        ReferenceIndex.create_or_update_for_object(shown)
    images = ContentType.objects.get_for_model(get_image_model())
    references = ReferenceIndex.get_references_for_object(shown).filter(to_content_type=images)
    make_all(references.values_list("to_object_id", flat=True))


@task()
def make_renditions_of(pk: int) -> None:
    """Make the presets' renditions of one image."""
    make_all([pk])


def make_all(pks: Iterable[int | str]) -> None:
    """Make what is missing of the presets' renditions of these images."""
    for image in get_image_model().objects.filter(pk__in={int(pk) for pk in pks}):
        renditions_by_image((image, spec) for spec in specs_for(image.width, image.height))


def on_published(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Signal `published` of pages and snippets: make their pictures' renditions once the content is committed."""
    name = (instance._meta.app_label, instance._meta.model_name, str(instance.pk))
    transaction.on_commit(partial(make_renditions_for.enqueue, *name))


def on_image_saved(
    sender: type[Model], instance: Model, *, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """A used picture has a new file or focal point: make its renditions again."""
    if not created and not raw and ReferenceIndex.get_references_to(instance).exists():
        transaction.on_commit(partial(make_renditions_of.enqueue, instance.pk))
