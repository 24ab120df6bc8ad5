"""Events of pages that are closed to readers, or opened to them, with all that is below."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction

from cms.content.visibility import PublicRule, public_pages, restrictions
from cms.events.outbox import is_anyone_told
from cms.events.pages import tell_gone, tell_public
from cms.events.payload import MOST_URLS


def connect() -> None:
    """Listen to restrictions of pages."""
    post_save.connect(on_save, sender=PageViewRestriction, dispatch_uid="cms.events.restrictions")
    post_delete.connect(on_delete, sender=PageViewRestriction, dispatch_uid="cms.events.restrictions")


def on_save(sender: type[Model], instance: PageViewRestriction, created: bool, **kwargs: Any) -> None:
    if created:
        _tell(instance, tell_gone)


def on_delete(sender: type[Model], instance: PageViewRestriction, origin: Any, **kwargs: Any) -> None:
    # One that goes with its page opens nothing.
    model = origin.model if isinstance(origin, QuerySet) else type(origin)
    if model is PageViewRestriction:
        _tell(instance, tell_public)


def _tell(restriction: PageViewRestriction, tell: Callable[[Page], None]) -> None:
    if is_anyone_told():
        for page in _concerned(restriction):
            tell(page)


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
