"""Keeping the index in step with what is public."""

from __future__ import annotations

from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django_tasks import task
from wagtail.signals import page_published, page_unpublished, published, unpublished

from cms.graphql.richtext import plain_text
from cms.search.folding import exact_words, folded_words
from cms.search.models import SearchEntry
from cms.search.registry import SEARCHABLE, Searchable

MAX_TEXT = 100_000

# Columns that Wagtail writes while an editor works on a draft; what readers find stays the same.
BOOKKEEPING = frozenset(
    ["draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at", "numchild"]
)


@task()
def refresh_entry(app_label: str, model_name: str, pk: int) -> None:
    """Write an object's entry anew, or take it away where the object is gone or not published."""
    content_type = ContentType.objects.get_by_natural_key(app_label, model_name)
    kind = SEARCHABLE.get(content_type.model_class())
    entries = SearchEntry.objects.filter(content_type=content_type, object_id=pk)
    with transaction.atomic():
        # Locked, so that of two workers the one that read last also writes last.
        objects = kind.model._base_manager.select_for_update().filter(pk=pk) if kind else ()
        instance = next(iter(objects), None)
        if instance is None or not getattr(instance, "live", True):
            entries.delete()
            return
        values = entry_values(kind, instance)
        date = kind.published_at(instance)
        entries.update_or_create(
            content_type=content_type,
            object_id=pk,
            defaults=values | ({"published_at": date} if date else {}),
            create_defaults=values | {"published_at": date or timezone.now()},
        )


def entry_values(kind: Searchable, instance: Model) -> dict[str, object]:
    """What an object's entry says."""
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
