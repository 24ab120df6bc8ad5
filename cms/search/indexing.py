"""Keeping the index in step with what is public."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django_tasks import task
from wagtail.signals import page_published, page_unpublished, published, unpublished

from cms.graphql.wagtail.rich_text import plain_text
from cms.invalidation.capture import lock_content
from cms.search.folding import exact_words, folded_words
from cms.search.models import SearchEntry
from cms.search.registry import SEARCHABLE, Searchable

MAX_TEXT = 100_000
#: Objects that are indexed at once: so many hold up who changes content for a fraction of a second.
CHUNK = 100

# Columns that Wagtail writes while an editor works on a draft; what readers find stays the same.
BOOKKEEPING = frozenset(
    ["draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at", "numchild"]
)


@task()
def refresh_entry(app_label: str, model_name: str, pk: int) -> None:
    """Write an object's entry anew, or take it away where the object is gone or not published."""
    refresh_entries(apps.get_model(app_label, model_name), [pk])


def refresh_entries(model: type[Model], pks: Iterable[int]) -> None:
    """As `refresh_entry`, for many objects of a model."""
    for chunk in _chunks(pks):
        outdated = [
            pk for pk, entry, values in _entries_and_values(model, chunk) if not _holds(entry, values)
        ]
        if outdated:
            with transaction.atomic():
                # Writers of content wait here for each other: of two workers, the one that reads last also writes last.
                lock_content()
                _write(model, outdated)


def _chunks(pks: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(pks)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _write(model: type[Model], pks: list[int]) -> None:
    made, gone = [], []
    content_type = ContentType.objects.get_for_model(model)
    for pk, entry, values in _entries_and_values(model, pks):
        if values is None:
            gone += [entry.pk] if entry else []
        elif entry is None:
            made.append(SearchEntry(content_type=content_type, object_id=pk, **values))
        else:
            SearchEntry.objects.filter(pk=entry.pk).update(**values)
    SearchEntry.objects.bulk_create(made)
    if gone:
        SearchEntry.objects.filter(pk__in=gone).delete()


def _entries_and_values(
    model: type[Model], pks: Sequence[int]
) -> list[tuple[int, SearchEntry | None, dict[str, object] | None]]:
    """Each object's key, its entry, and what that should say; None where there is none, or should be none."""
    content_type = ContentType.objects.get_for_model(model)
    entries = SearchEntry.objects.filter(content_type=content_type, object_id__in=pks)
    entry_of = {entry.object_id: entry for entry in entries}
    kind = SEARCHABLE.get(model)
    instances = kind.model._base_manager.in_bulk(pks) if kind else {}
    return [
        (pk, entry_of.get(pk), _values(kind, instances.get(pk), entry_of.get(pk)) if kind else None)
        for pk in pks
    ]


def _values(kind: Searchable, instance: Model | None, entry: SearchEntry | None) -> dict[str, object] | None:
    # An alias says what its source says: it is found once, as the source.
    if instance is None or not getattr(instance, "live", True) or getattr(instance, "alias_of_id", None):
        return None
    date = kind.published_at(instance) or (entry.published_at if entry else timezone.now())
    return {**_words(kind, instance), "published_at": date}


def _holds(entry: SearchEntry | None, values: dict[str, object] | None) -> bool:
    if entry is None or values is None:
        return entry is values
    return all(getattr(entry, name) == value for name, value in values.items())


def _words(kind: Searchable, instance: Model) -> dict[str, object]:
    title = kind.title(instance)
    text = plain_text(kind.text(instance))[:MAX_TEXT]
    return {
        "page_id": instance.pk if kind.is_page else None,
        "type": kind.type,
        "title": title,
        "text": text,
        "title_exact": " ".join(exact_words(title)),
        "title_folded": " ".join(folded_words(title)),
        "exact": " ".join(exact_words(f"{title} {text}")),
        "folded": " ".join(folded_words(f"{title} {text}")),
    }


def on_changed(sender: type[Model], instance: Model, **kwargs: object) -> None:
    """Refresh an object's entry once its change is committed."""
    if type(instance) in SEARCHABLE:
        meta = instance._meta
        transaction.on_commit(partial(refresh_entry.enqueue, meta.app_label, meta.model_name, instance.pk))


def on_saved(
    sender: type[Model],
    instance: Model,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **kwargs: object,
) -> None:
    """Refresh an object's entry where its save may have changed what readers find.

    Not everything that becomes public is published by an editor: aliases and imports are saved as they are.
    """
    if not raw and (update_fields is None or not update_fields <= BOOKKEEPING):
        on_changed(sender, instance)


def on_deleted(sender: type[Model], instance: Model, **kwargs: object) -> None:
    """Take a deleted object out at once: nobody should find what is gone."""
    if type(instance) in SEARCHABLE:
        content_type = ContentType.objects.get_for_model(instance)
        SearchEntry.objects.filter(content_type=content_type, object_id=instance.pk).delete()


def register_signal_handlers() -> None:
    """Listen to what Wagtail publishes (with all that hangs on it), and to every save of what can be found."""
    for signal in (page_published, page_unpublished, published, unpublished):
        signal.connect(on_changed, dispatch_uid=f"cms.search.{id(signal)}")
    for model in SEARCHABLE:
        post_delete.connect(on_deleted, sender=model, dispatch_uid="cms.search.deleted")
        post_save.connect(on_saved, sender=model, dispatch_uid="cms.search.saved")
