"""Events of pages and files that are closed to readers, or opened to them, with all that is below.

Of collections that are moved, the admin's view tells (`admin/collections.py`): no signal does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from cms.content.visibility import PublicRule, public, public_pages, restrictions
from cms.events.objects import tell
from cms.events.outbox import is_anyone_told
from cms.events.pages import tell_gone, tell_public
from cms.events.payload import MOST_URLS


def connect() -> None:
    """Listen to restrictions of pages."""
    post_save.connect(on_save, sender=PageViewRestriction, dispatch_uid="cms.events.restrictions")
    post_delete.connect(on_delete, sender=PageViewRestriction, dispatch_uid="cms.events.restrictions")
    post_save.connect(on_collection_closed, sender=CollectionViewRestriction, dispatch_uid="cms.events")
    post_delete.connect(on_collection_opened, sender=CollectionViewRestriction, dispatch_uid="cms.events")


def on_save(sender: type[Model], instance: PageViewRestriction, created: bool, **kwargs: Any) -> None:
    if created:
        _tell(instance, tell_gone)


def on_delete(sender: type[Model], instance: PageViewRestriction, origin: Any, **kwargs: Any) -> None:
    if _is_of_itself(sender, origin):
        _tell(instance, tell_public)


def on_collection_closed(
    sender: type[Model], instance: CollectionViewRestriction, created: bool, **kwargs: Any
) -> None:
    if created:
        _tell_files(instance, "unpublished")


def on_collection_opened(
    sender: type[Model], instance: CollectionViewRestriction, origin: Any, **kwargs: Any
) -> None:
    if _is_of_itself(sender, origin):
        _tell_files(instance, "published")


def _is_of_itself(model: type[Model], origin: Any) -> bool:
    """Whether a restriction is deleted, and not what it closes: one that goes with that opens nothing."""
    return model is (origin.model if isinstance(origin, QuerySet) else type(origin))


def _tell(restriction: PageViewRestriction, tell: Callable[[Page], None]) -> None:
    if is_anyone_told():
        for page in _concerned(restriction):
            tell(page)


def _tell_files(restriction: CollectionViewRestriction, what: str) -> None:
    """Tell of the files that only this restriction closes."""
    if is_anyone_told():
        collection = restriction.collection
        closed = [row for row in restrictions() if row[1] == "p" or row[2] != collection.pk]
        _tell_each(collection, what, PublicRule(closed=closed))


def tell_moved(collection: Collection, *, was_closed: bool) -> None:
    """Tell of the files that a collection, moved by now, took out of readers' sight or into it."""
    is_closed = collection.get_view_restrictions().exists()
    if is_closed != was_closed and is_anyone_told():
        closed = [row for row in restrictions() if row[1] == "c" and row[0].startswith(collection.path)]
        _tell_each(collection, "unpublished" if is_closed else "published", PublicRule(closed=closed))


def _tell_each(collection: Collection, what: str, rule: PublicRule) -> None:
    """Record an event for at most MOST_URLS files of each model; their tags stand for the rest."""
    for model in (get_image_model(), get_document_model()):
        within = model._default_manager.filter(collection__path__startswith=collection.path)
        for file in public(within, rule).order_by("pk")[:MOST_URLS]:
            tell(file, what)


def _concerned(restriction: PageViewRestriction) -> Iterator[Page]:
    """The pages that only this restriction closes: its own, or those below it where that is a draft."""
    page = restriction.page
    closed = [row for row in restrictions() if row[1] != "p" or row[2] != page.pk]
    among = public_pages(Page.objects.all(), PublicRule(closed=closed))
    own = among.filter(pk=page.pk).first()
    if own:
        yield own
    else:
        yield from among.filter(path__startswith=page.path).order_by("path")[:MOST_URLS]
