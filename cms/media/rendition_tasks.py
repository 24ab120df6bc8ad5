"""Renditions are made before anybody asks for them: when a picture is uploaded, gets another file or focal point.

A worker makes all that the schema offers, from an original that it decodes once. Readers never wait for it
(`renditions.py`); `manage.py make_renditions` makes what is missing of older pictures, or of new presets.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from pathlib import PurePosixPath
from threading import Lock
from typing import Any

from django.core.cache import cache
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django_tasks import default_task_backend, task
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition, Filter

from cms.invalidation.capture import lock_content
from cms.media.measures import measure_anew, size_of
from cms.media.positions import without_positions
from cms.media.rendering import Drawing, DrawnFilter
from cms.media.renditions import cache_key, missing_renditions

logger = logging.getLogger(__name__)

#: Seconds after which the renditions of a picture may be begun again, should the worker have been killed.
LOCK_SECONDS = 600
#: Seconds after which a worker looks again that has found another one at the same picture.
RETRY_SECONDS = 10
#: One picture at a time is decoded in a process: the largest one takes some hundred megabytes.
decoding = Lock()


@task()
def make_renditions_of(pk: int) -> None:
    """Make the missing renditions of an image."""
    image = get_image_model().objects.filter(pk=pk).first()
    if image is not None and make_renditions(image) is None and default_task_backend.supports_defer:
        # Who is at it may be busy with what the picture was before.
        when = timezone.now() + timedelta(seconds=RETRY_SECONDS)
        make_renditions_of.using(run_after=when).enqueue(pk)


def make_renditions(image: AbstractImage) -> int | None:
    """Make what is missing of the renditions that the schema offers; how many, or None while another is at it.

    Nothing is raised: a file that can't be read is logged.
    """
    key = f"media:renditions:{image.pk}"
    if not cache.add(key, True, LOCK_SECONDS):
        return None
    try:
        return _make(image)
    except Exception:
        # Pillow and every store of files have errors of their own; the next picture is not to wait for this one.
        logger.warning("image %s cannot be rendered", image.pk, exc_info=True)
        return 0
    finally:
        cache.delete(key)


def on_image_saved(sender: type[Model], instance: Model, *, raw: bool = False, **kwargs: Any) -> None:
    """Let a worker make what an image lacks: all of a new one, crops where the focal point is a new one."""
    if not raw:
        transaction.on_commit(partial(enqueue_missing, instance.pk))


def enqueue_missing(pk: int) -> None:
    """Let a worker make the renditions that an image lacks, if it lacks any."""
    if missing_renditions(get_image_model().objects.filter(pk=pk)):
        make_renditions_of.enqueue(pk)


def _make(image: AbstractImage) -> int:
    if not missing_renditions([image]):
        return 0
    _remove_positions(image)
    measure_anew(image)  # earlier releases stored the dimensions of a portrait as it lies in its file
    specs = missing_renditions([image]).get(image.pk, [])
    with decoding:
        files = _svg_files(image, specs) if image.is_svg() else _files(image, specs)
    return _store(image, files)


def _remove_positions(image: AbstractImage) -> None:
    """Let its file not tell where it was taken: not every file came through `Image.save`."""
    with image.open_file() as file:
        content = file.read()
    clean = without_positions(content)
    if clean is content:
        return
    old = image.file.name
    image.file = ContentFile(clean, name=PurePosixPath(old).name)
    image.save(update_fields=["file", "width", "height", "file_size", "file_hash"])
    image.file.storage.delete(old)


def _files(image: AbstractImage, specs: Iterable[str]) -> dict[str, File]:
    filters = [DrawnFilter(spec=spec) for spec in specs]
    with image.open_file() as file:
        Drawing(image, file, filters).draw()
    return {each.spec: image.generate_rendition_file(each) for each in filters}


def _svg_files(image: AbstractImage, specs: Iterable[str]) -> dict[str, File]:
    return {spec: image.generate_rendition_file(Filter(spec=spec)) for spec in specs}


def _store(image: AbstractImage, files: dict[str, File]) -> int:
    model = get_image_model().get_rendition_model()
    made = [_stored(image, spec, file) for spec, file in files.items()]
    with transaction.atomic():
        lock_content()
        # The file may have been replaced or moved meanwhile; then the next task makes others.
        current = get_image_model().objects.select_for_update().filter(pk=image.pk, file=image.file.name)
        kept = made if current.first() else []
        there = set(image.renditions.values_list("filter_spec", "focal_point_key"))
        kept = [each for each in kept if (each.filter_spec, each.focal_point_key) not in there]
        model.objects.bulk_create(kept)
    for each in made:
        if each not in kept:
            each.file.storage.delete(each.file.name)
    return len(kept)


def _stored(image: AbstractImage, spec: str, file: File) -> AbstractRendition:
    """A rendition whose file is in the store; Django and Willow would decode it there to measure it."""
    model = type(image).get_rendition_model()
    field = model._meta.get_field("file")
    width, height = size_of(file)
    return model(
        image=image,
        filter_spec=spec,
        focal_point_key=cache_key(image, spec),
        width=width,
        height=height,
        file=field.storage.save(field.generate_filename(model(image=image), file.name), file),
    )
