"""Events of pages, read off each save: what readers could see before it, and what they can after it.

Wagtail's own signals of publishing come after the transaction in which a page was unpublished or moved. Saving a page
is one transaction, whoever does it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published

from cms.content.visibility import PublicRule, public_pages, restrictions
from cms.events import types
from cms.events.models import Event
from cms.events.outbox import is_anyone_told, record
from cms.events.payload import (
    MOST_URLS,
    Place,
    add_tags,
    addresses_of,
    object_of,
    referring_urls,
    site_urls,
    subject_of,
    tags_of,
    with_urls,
)

#: Columns by which an event shows; a save of others alone, as of a draft, is none.
WATCHED = {"live", "last_published_at", "slug", "url_path", "expire_at"}
BEFORE, EVENTS = "_before_event", "_recorded_events"


@dataclass(frozen=True)
class Before:
    """A page's row before a save."""

    live: bool
    url_path: str
    last_published_at: datetime | None

    def was_public(self) -> bool:
        """Whether readers saw it. What has expired was seen until then, and is told once it is unpublished."""
        closed = PageViewRestriction.objects.values_list("page__url_path", flat=True)
        return self.live and not any(self.url_path.startswith(path) for path in closed)


def connect() -> None:
    """Listen to saves and deletions of pages."""
    pre_save.connect(on_pre_save, dispatch_uid="cms.events.pages")
    post_save.connect(on_post_save, dispatch_uid="cms.events.pages")
    page_published.connect(on_published, dispatch_uid="cms.events.pages")
    pre_delete.connect(on_pre_delete, sender=Page, dispatch_uid="cms.events.pages")
    post_delete.connect(on_post_delete, sender=Page, dispatch_uid="cms.events.pages")


def is_public(page: Page) -> bool:
    """Whether a stranger may read a page that is in the database."""
    return public_pages(Page.objects.filter(pk=page.pk), PublicRule()).exists()


def on_pre_save(
    sender: type[Model], instance: Any, raw: bool, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    if raw or not issubclass(sender, Page):
        return
    instance.__dict__.pop(BEFORE, None)
    is_watched = update_fields is None or not WATCHED.isdisjoint(update_fields)
    if not is_watched or not is_anyone_told():
        return
    columns = ("live", "url_path", "last_published_at")
    row = Page.objects.filter(pk=instance.pk).values_list(*columns).first() if instance.pk else None
    instance.__dict__[BEFORE] = Before(*row) if row else Before(False, "", None)


def on_post_save(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    before = instance.__dict__.pop(BEFORE, None) if issubclass(sender, Page) else None
    if before is None or not (before.live or instance.live):
        return
    was, now = before.was_public(), is_public(instance)
    has_moved = before.url_path not in {"", instance.url_path}
    events = []
    if was and now and has_moved:
        events.append(_record(types.PAGE_MOVED, instance, before=before.url_path, below=True))
    if was and not now:
        events.append(_record(types.PAGE_UNPUBLISHED, instance, at=before.url_path, below=has_moved))
    elif now and (not was or before.last_published_at != instance.last_published_at):
        events.append(_record(types.PAGE_PUBLISHED, instance, below=not was and has_moved))
    instance.__dict__[EVENTS] = [event for event in events if event]


def on_published(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Add the tags of what is saved after the page: its lines of legal documents, and the like."""
    for event in instance.__dict__.pop(EVENTS, []):
        add_tags(event, instance)


def on_pre_delete(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    instance.__dict__.pop(BEFORE, None)
    if is_anyone_told() and is_public(instance):
        instance.__dict__[BEFORE] = _data(instance)


def on_post_delete(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    if (data := instance.__dict__.pop(BEFORE, None)) is not None:
        data["tags"] = tags_of(instance)
        record(types.PAGE_DELETED, subject=subject_of(instance), data=data)


def tell_public(page: Page) -> None:
    """Record that readers can see a page now, and what is below it."""
    _record(types.PAGE_PUBLISHED, page, below=True)


def tell_gone(page: Page) -> None:
    """Record that readers can't see a page any more, nor what is below it."""
    _record(types.PAGE_UNPUBLISHED, page, below=True)


def _record(type_: str, page: Page, *, before: str = "", at: str = "", below: bool = False) -> Event | None:
    """`before`: where it was; `at`: where the event speaks of it; `below`: the same holds of what is below it."""
    data = _data(page, before=before, at=at, below=below)
    return record(type_, subject=subject_of(page), data=data)


def _data(page: Page, *, before: str = "", at: str = "", below: bool = False) -> dict[str, Any]:
    urls = site_urls()
    places = [path for path in (at or page.url_path, before) if path]
    found = [urls.absolute(Place(path)) for path in places]
    parent = Page.objects.parent_of(page).values_list("pk", flat=True).first()
    found += referring_urls(page, urls, parent=parent)
    data = {"object": object_of(page, urls=urls, url_path=at)}
    if before:
        data["previous"] = addresses_of(before, urls)
    rows = _below(page) if below else []
    for _pk, url_path in rows:
        # The rows below are moved after their parent's.
        rest = url_path.removeprefix(page.url_path).removeprefix(before or at)
        found += [urls.absolute(Place(path + rest)) for path in places]
    data |= {"descendants": below, "tags": tags_of(page, others=[pk for pk, _url_path in rows])}
    return with_urls(data, found)


def _below(page: Page) -> list[tuple[int, str]]:
    """Keys and addresses in the tree of what can be read below a page where the page itself can."""
    closed = [row for row in restrictions() if row[0].startswith(page.path) and row[0] != page.path]
    rows = Page.objects.filter(path__startswith=page.path, depth__gt=page.depth)
    found = public_pages(rows, PublicRule(closed=closed)).order_by("path")
    return list(found.values_list("pk", "url_path")[: MOST_URLS + 1])
