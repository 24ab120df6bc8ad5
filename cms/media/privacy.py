"""Files of private collections lie where no web server and no bucket hands them out.

Their addresses lead to `serving.py`, which asks who may see them. What comes into a private collection is stored there;
what becomes private or public, by whatever way, is moved by a task, and its renditions are made anew.
"""

from __future__ import annotations

import logging
from functools import reduce
from operator import or_
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django_tasks import task
from wagtail.images import get_image_model
from wagtail.models import Collection

from cms.content.visibility import PublicRule
from cms.invalidation import tags
from cms.media.addresses import PRIVATE
from cms.media.rendition_tasks import enqueue_missing

logger = logging.getLogger(__name__)

#: Longer names of files are cut: with its folders it must fit into the column.
LONGEST_NAME = 60


def misplaced_images() -> QuerySet:
    """Images whose file does not lie where the privacy of their collection wants it."""
    return _misplaced(get_image_model(), "collection")


def misplaced_renditions() -> QuerySet:
    """Renditions whose file does not lie where the privacy of their image's collection wants it."""
    return _misplaced(get_image_model().get_rendition_model(), "image__collection")


def _misplaced(model: type[Model], collection: str) -> QuerySet:
    paths = PublicRule().closed_collections
    closed = reduce(or_, (Q(**{f"{collection}__path__startswith": path}) for path in paths), Q(pk__in=[]))
    hidden = Q(file__startswith=PRIVATE)
    return model._default_manager.filter((closed & ~hidden) | (~closed & hidden))


def move_misplaced_files() -> int:
    """Move every file that is misplaced; how many images that were.

    One that can't be moved now is logged, and tried again the next time.
    """
    moved = 0
    for pk, name in list(misplaced_images().values_list("pk", "file")):
        try:
            moved += _move(pk, name)
        except Exception:
            # Every store of files has errors of its own; the other files are not to wait for this one.
            logger.exception("the file of image %s can't be moved", pk)
    misplaced_renditions().delete()
    return moved


@task()
def move_files() -> None:
    """What `move_misplaced_files` does, by the worker."""
    move_misplaced_files()


def _move(pk: int, old: str) -> bool:
    with transaction.atomic():
        # Whoever else moves it waits here, and then finds it moved.
        image = get_image_model().objects.select_for_update().filter(pk=pk, file=old).first()
        if image is None:
            return False
        new = _place(image)
        if not _copy(image.file.storage, old, new):
            logger.warning("image %s has no file", pk)
            return False
        type(image).objects.filter(pk=pk).update(file=new)
        # Before the commit: where one can't be deleted, nothing has changed, and the next run begins again.
        for rendition in image.renditions.all():
            rendition.file.storage.delete(rendition.file.name)
        image.renditions.all().delete()
        image.file.storage.delete(old)
    enqueue_missing(pk)
    return True


def _place(image: Any) -> str:
    """Where an image's file is moved to: a name that no other image has, and the same each time."""
    path = PurePosixPath(image.file.name)
    folder = f"original_images/{image.pk}/{path.name[-LONGEST_NAME:]}"
    return folder if path.is_relative_to(PRIVATE) else f"{PRIVATE}{folder}"


def _copy(storage: Storage, old: str, new: str) -> bool:
    """Copy a file; False where there is none. A run that ended before its commit may have left nothing but the copy."""
    if not storage.exists(old):
        return storage.exists(new)
    if storage.exists(new):
        storage.delete(new)
    with storage.open(old) as content:
        storage.save(new, content)
    return True


def _telling() -> frozenset[str]:
    # Not all that changes an image, but only what changes which are in a collection.
    image, collection = (model._meta.db_table for model in (get_image_model(), Collection))
    return frozenset({tags.listed(get_image_model()), tags.table(image), tags.any_row(collection)})


def on_content_changed(sender: type[Model], tags: frozenset[str], **kwargs: Any) -> None:
    """A collection was moved, or an image between collections: let the worker move what lies in the wrong place."""
    if tags & _telling():
        _settle_soon()


def on_restriction(sender: type[Model], **kwargs: Any) -> None:
    """A collection has become private, or public: the same."""
    transaction.on_commit(_settle_soon)


def _settle_soon() -> None:
    if misplaced_images().exists() or misplaced_renditions().exists():
        move_files.enqueue()
