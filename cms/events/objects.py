"""Events of what readers see and that has no address: snippets, settings with their menus, pictures and documents.

What has drafts is told of by what was published, the rest by each save and by bulk actions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.http import HttpRequest
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import DraftStateMixin
from wagtail.signals import published
from wagtail.snippets.models import get_snippet_models

from cms.content.trashed import without_trashed
from cms.content.visibility import PublicRule, public
from cms.events.models import Event
from cms.events.outbox import is_anyone_told, record
from cms.events.payload import (
    MOST_URLS,
    add_tags,
    object_of,
    referring_urls,
    site_urls,
    subject_of,
    tags_of,
    with_urls,
)
from cms.invalidation.capture import content_tables

WATCHED = {"live", "last_published_at", "expire_at", "is_trashed"}
#: Wagtail's bulk actions that save none of their objects, in whose transaction their hooks are.
UNSAVED = {"add_tags", "add_to_collection"}
BEFORE, EVENTS = "_before_event", "_recorded_events"


def connect() -> None:
    """Listen to saves and deletions of snippets."""
    for signal, receiver in (
        (pre_save, on_pre_save),
        (post_save, on_post_save),
        (published, on_published),
        (pre_delete, on_pre_delete),
        (post_delete, on_post_delete),
    ):
        signal.connect(receiver, dispatch_uid="cms.events.objects")


def is_public(instance: Model) -> bool:
    """Whether a stranger may read an object that is in the database."""
    return bool(public_keys([instance]))


def public_keys(objects: Sequence[Model]) -> set[Any]:
    """The primary keys of those objects, all of one model, that a stranger may read."""
    if not objects:
        return set()
    among = type(objects[0])._default_manager.filter(pk__in=[each.pk for each in objects])
    return set(public(among, PublicRule()).values_list("pk", flat=True))


def object_data(instance: Model) -> dict[str, Any]:
    """What an event tells of an object."""
    data = {"object": object_of(instance), "tags": tags_of(instance)}
    urls = site_urls()
    homes = [urls.absolute(instance.site.root_page)] if isinstance(instance, BaseSiteSetting) else []
    return with_urls(data, [*homes, *referring_urls(instance, urls)])


def on_pre_save(
    sender: type[Model], instance: Any, raw: bool, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    if raw or not kind_of(sender):
        return
    instance.__dict__.pop(BEFORE, None)
    has_drafts = issubclass(sender, DraftStateMixin)
    is_watched = not has_drafts or update_fields is None or not WATCHED.isdisjoint(update_fields)
    if not is_watched or not is_anyone_told():
        return
    row = None
    if has_drafts:
        before = without_trashed(sender._default_manager.filter(pk=instance.pk))
        row = before.values_list("live", "last_published_at").first()
    elif instance.pk:
        row = (is_public(instance), None)
    instance.__dict__[BEFORE] = row or (False, None)


def on_post_save(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    if not kind_of(sender) or (before := instance.__dict__.pop(BEFORE, None)) is None:
        return
    was_public, last_published_at = before
    what = ""
    if is_public(instance):
        has_drafts = isinstance(instance, DraftStateMixin)
        if not was_public or not has_drafts or last_published_at != instance.last_published_at:
            what = "published"
    elif was_public:
        what = "unpublished"
    event = tell(instance, what) if what else None
    instance.__dict__[EVENTS] = [event] if event else []


def before_bulk_action(request: HttpRequest, action_type: str, objects: Sequence[Model], action: Any) -> None:
    """Hook `before_bulk_action`: keep which objects are public, where Wagtail writes them without saves."""
    if action_type in UNSAVED and is_anyone_told():
        action.__dict__[BEFORE] = public_keys(objects)


def after_bulk_action(request: HttpRequest, action_type: str, objects: Sequence[Model], action: Any) -> None:
    """Hook `after_bulk_action`: tell of at most MOST_URLS of the objects; the tags of files are found by their kind."""
    if (before := action.__dict__.pop(BEFORE, None)) is None:
        return
    after = public_keys(objects)
    for each in [each for each in objects if each.pk in before | after][:MOST_URLS]:
        tell(each, "published" if each.pk in after else "unpublished")


def on_published(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Add the tags of what is saved after the object, such as a poll's options."""
    if not kind_of(sender):
        return
    for event in instance.__dict__.pop(EVENTS, []):
        add_tags(event, instance)


def on_pre_delete(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    if not kind_of(sender):
        return
    instance.__dict__.pop(BEFORE, None)
    if is_anyone_told() and is_public(instance):
        instance.__dict__[BEFORE] = object_data(instance)


def on_post_delete(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    if not (kind := kind_of(sender)) or (data := instance.__dict__.pop(BEFORE, None)) is None:
        return
    data["tags"] = tags_of(instance)
    record(f"{kind}.deleted", subject=subject_of(instance), data=data)


def tell(instance: Model, what: str) -> Event | None:
    """Record that an object was `published`, or `unpublished`."""
    return record(
        f"{kind_of(type(instance))}.{what}", subject=subject_of(instance), data=object_data(instance)
    )


def kind_of(model: type[Model]) -> str:
    """What events call an object that the endpoint answers with: `snippet`, `settings` or `file`; empty for others."""
    if model._meta.db_table not in content_tables():
        return ""
    if model in (get_image_model(), get_document_model()):
        return "file"
    if issubclass(model, BaseSiteSetting | BaseGenericSetting):
        return "settings"
    return "snippet" if model in get_snippet_models() else ""
