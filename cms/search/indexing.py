"""Keeping the index in step with what is public."""

from __future__ import annotations

from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django_tasks import task
from wagtail.models import DraftStateMixin, Page
from wagtail.signals import page_published, page_unpublished, published, unpublished

from cms.graphql.richtext import plain_text
from cms.search.folding import exact_words, folded_words
from cms.search.models import SearchEntry
from cms.search.registry import SEARCHABLE, Searchable

MAX_TEXT = 100_000


@task()
def refresh_entry(app_label: str, model_name: str, pk: int) -> None:
    """Write an object's entry anew, or take it away where the object is gone or not published."""
    content_type = ContentType.objects.get_by_natural_key(app_label, model_name)
    kind = SEARCHABLE.get(content_type.model_class())
    entries = SearchEntry.objects.filter(content_type=content_type, object_id=pk)
    instance = kind.model._base_manager.filter(pk=pk).first() if kind else None
    if instance is None or not getattr(instance, "live", True):
        entries.delete()
        return
    SearchEntry.objects.update_or_create(
        content_type=content_type, object_id=pk, defaults=entry_values(kind, instance)
    )


def entry_values(kind: Searchable, instance: Model) -> dict[str, object]:
    """The columns of an object's entry."""
    title = kind.title(instance)
    text = plain_text(kind.text(instance))[:MAX_TEXT]
    return {
        "page_id": instance.pk if kind.is_page else None,
        "type": kind.type,
        "title": title,
        "text": text,
        "published_at": kind.published_at(instance) or timezone.now(),
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


def on_deleted(sender: type[Model], instance: Model, **kwargs: object) -> None:
    """Take a deleted object out at once: nobody should find what is gone."""
    if type(instance) in SEARCHABLE:
        content_type = ContentType.objects.get_for_model(instance)
        SearchEntry.objects.filter(content_type=content_type, object_id=instance.pk).delete()


def register_signal_handlers() -> None:
    """Listen to what Wagtail publishes, and to saves of models that have no drafts."""
    for signal in (page_published, page_unpublished, published, unpublished):
        signal.connect(on_changed, dispatch_uid=f"cms.search.{id(signal)}")
    for model in SEARCHABLE:
        post_delete.connect(on_deleted, sender=model, dispatch_uid="cms.search.deleted")
        if not issubclass(model, Page | DraftStateMixin):
            post_save.connect(on_changed, sender=model, dispatch_uid="cms.search.saved")
