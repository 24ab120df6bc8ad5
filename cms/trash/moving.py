"""Deleting and restoring, whatever it is. What each kind needs is in `pages.py`, `files.py` and `snippets.py`."""

from __future__ import annotations

import logging
from types import ModuleType
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, ProtectedError
from django.utils import timezone
from wagtail.actions import DeletePageAction
from wagtail.log_actions import log
from wagtail.models import Page, get_page_models

from cms.content.trashed import Trashable, is_trashed
from cms.invalidation.capture import lock_content
from cms.trash import files, pages, snippets
from cms.trash.models import TrashedItem

logger = logging.getLogger(__name__)

TRASHED, RESTORED = "trash.delete", "trash.restore"


def trash(content: Model, *, user: Any) -> TrashedItem:
    """Put a page, file or snippet into the trash. ValidationError, in words for an editor, where that can't be."""
    kind = ContentType.objects.get_for_model(content, for_concrete_model=False)
    with transaction.atomic():
        lock_content()
        # As it is by now: who waited for the lock may have found it where it was before.
        content = type(content)._base_manager.get(pk=content.pk)
        known = TrashedItem.objects.filter(content_type=kind, object_id=str(content.pk)).first()
        if known and is_trashed(content):
            # A form that is sent a second time must not overwrite where it was.
            return known
        place, words = _module(content).put_away(content, user=user)
        item, _is_new = TrashedItem.objects.update_or_create(
            content_type=kind,
            object_id=str(content.pk),
            defaults={
                "title": _title(content)[:255],
                "was_in": words,
                "place": place,
                "deleted_by": user,
                "deleted_at": timezone.now(),
            },
        )
        log(content, TRASHED, user=user)
    return item


def restore(item: TrashedItem, *, user: Any) -> Model | None:
    """Put it back to where it was; None where it is not in the trash. ValidationError where it can't go back there."""
    with transaction.atomic():
        lock_content()
        content = item.content
        item.delete()
        if content is None or not is_trashed(content):
            # Gone, or taken out by another way.
            return None
        _module(content).take_back(content, item.place, user=user)
        log(content, RESTORED, user=user)
    return content


def purge(item: TrashedItem, *, user: Any = None) -> bool:
    """Delete it for good; False where something protects it, which then is logged."""
    try:
        with transaction.atomic():
            lock_content()
            content = item.content
            if content is not None and not is_trashed(content):
                # It was taken out by another way, as by moving a page.
                logger.warning("%s %s is not in the trash any more, and stays", item.kind, item.object_id)
                item.delete()
                return False
            if isinstance(content, Page):
                # Nobody has rights on the trash but who may empty it.
                DeletePageAction(content, user=user).execute(skip_permission_checks=True)
            elif content is not None:
                log(content, "wagtail.delete", user=user, deleted=True)
                content.delete()
            item.delete()
    except ProtectedError as error:
        logger.warning("%s %s stays in the trash: %s", item.kind, item.object_id, error)
        return False
    return True


def forget_moved(sender: Any, instance: Page, **kwargs: Any) -> None:
    """After a page was moved: what is out of the trash, the trash does not know any more."""
    if is_trashed(instance):
        return
    moved = [str(pk) for pk in instance.get_descendants(inclusive=True).values_list("pk", flat=True)]
    kinds = ContentType.objects.get_for_models(*get_page_models(), for_concrete_models=False).values()
    TrashedItem.objects.filter(content_type__in=kinds, object_id__in=moved).delete()


def _module(content: Model) -> ModuleType:
    if isinstance(content, Page):
        return pages
    return snippets if isinstance(content, Trashable) else files


def _title(content: Model) -> str:
    return content.get_admin_display_title() if isinstance(content, Page) else str(content)
