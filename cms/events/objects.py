"""Events of snippets that readers see: those that have drafts by what was published, others by each save."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import DraftStateMixin
from wagtail.signals import published
from wagtail.snippets.models import get_snippet_models

from cms.content.trashed import without_trashed
from cms.content.visibility import PublicRule, public
from cms.events import types
from cms.events.models import Event
from cms.events.outbox import is_anyone_told, record
from cms.events.payload import add_tags, object_of, referring_urls, site_urls, subject_of, tags_of, with_urls
from cms.invalidation.capture import content_tables

WATCHED = {"live", "last_published_at", "expire_at", "is_trashed"}
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
        signal.connect(receiver, dispatch_uid="cms.events.snippets")


def is_public(instance: Model) -> bool:
    """Whether a stranger may read a snippet that is in the database."""
    return public(type(instance)._default_manager.filter(pk=instance.pk), PublicRule()).exists()


def snippet_data(instance: Model) -> dict[str, Any]:
    """What an event tells of a snippet."""
    data = {"object": object_of(instance), "tags": tags_of(instance)}
    return with_urls(data, referring_urls(instance, site_urls()))


def on_pre_save(
    sender: type[Model], instance: Any, raw: bool, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    if raw or not _is_told_of(sender):
        return
    instance.__dict__.pop(BEFORE, None)
    has_drafts = issubclass(sender, DraftStateMixin)
    is_watched = not has_drafts or update_fields is None or not WATCHED.isdisjoint(update_fields)
    if not is_watched or not is_anyone_told():
        return
    before = without_trashed(sender._default_manager.filter(pk=instance.pk))
    row = before.values_list("live", "last_published_at").first() if has_drafts else (before.exists(), None)
    instance.__dict__[BEFORE] = row or (False, None)


def on_post_save(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    if not _is_told_of(sender) or (before := instance.__dict__.pop(BEFORE, None)) is None:
        return
    was_live, last_published_at = before
    type_ = ""
    if is_public(instance):
        has_drafts = isinstance(instance, DraftStateMixin)
        if not was_live or not has_drafts or last_published_at != instance.last_published_at:
            type_ = types.SNIPPET_PUBLISHED
    elif was_live:
        type_ = types.SNIPPET_UNPUBLISHED
    event = _record(type_, instance) if type_ else None
    instance.__dict__[EVENTS] = [event] if event else []


def on_published(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Add the tags of what is saved after the snippet, such as a poll's options."""
    if not _is_told_of(sender):
        return
    for event in instance.__dict__.pop(EVENTS, []):
        add_tags(event, instance)


def on_pre_delete(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    if not _is_told_of(sender):
        return
    instance.__dict__.pop(BEFORE, None)
    if is_anyone_told() and is_public(instance):
        instance.__dict__[BEFORE] = snippet_data(instance)


def on_post_delete(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    if not _is_told_of(sender) or (data := instance.__dict__.pop(BEFORE, None)) is None:
        return
    data["tags"] = tags_of(instance)
    record(types.SNIPPET_DELETED, subject=subject_of(instance), data=data)


def _record(type_: str, instance: Model) -> Event | None:
    return record(type_, subject=subject_of(instance), data=snippet_data(instance))


def _is_told_of(model: type[Model]) -> bool:
    """Whether a model is a snippet that the endpoint answers with."""
    return model in get_snippet_models() and model._meta.db_table in content_tables()
