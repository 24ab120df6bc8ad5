"""The public rule: what a reader without a login may see. Every path to an object goes through it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import CharField, Expression, Model, Q, QuerySet, Value
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import Collection, CollectionViewRestriction, DraftStateMixin, Page, PageViewRestriction

from cms.content.trashed import Trashable


class PublicRule:
    """What is closed to readers at `now`; read from the database once, in one statement, and kept for a request.

    `closed` holds the rows of `restrictions()` where the caller has read them. In a statement that is kept, `now` is
    the place of the moment and not the moment itself.
    """

    def __init__(
        self, now: datetime | Expression | None = None, closed: Iterable[Sequence[Any]] | None = None
    ) -> None:
        self.now = now or timezone.now()
        self._rows = closed

    @cached_property
    def _closed(self) -> dict[str, list[str]]:
        closed: dict[str, list[str]] = {"p": [], "c": []}
        for path, kind, *_key in restrictions() if self._rows is None else self._rows:
            closed[kind].append(path)
        return closed

    @property
    def closed_pages(self) -> list[str]:
        """Tree paths of restricted pages; what lies below them is closed too."""
        return self._closed["p"]

    @property
    def closed_collections(self) -> list[str]:
        """Tree paths of private collections; what lies below them is closed too."""
        return self._closed["c"]

    @cached_property
    def closed(self) -> tuple[tuple[str, str], ...]:
        """Paths and kinds of all that is closed."""
        return tuple((path, kind) for kind, paths in self._closed.items() for path in paths)


def restrictions() -> QuerySet:
    """Tree path, kind and key of restricted pages ("p") and private collections ("c"), in one statement."""
    return _paths(PageViewRestriction, "page", kind="p").union(
        _paths(CollectionViewRestriction, "collection", kind="c")
    )


def _paths(model: type[Model], column: str, *, kind: str) -> QuerySet:
    rows = model.objects.annotate(kind=Value(kind, output_field=CharField()))
    return rows.values_list(f"{column}__path", "kind", column)


def _below(paths: list[str], column: str) -> Q:
    closed = Q()
    for path in paths:
        closed |= Q(**{f"{column}__startswith": path})
    return closed


def _not_expired(queryset: QuerySet, now: datetime | Expression) -> QuerySet:
    # Wagtail unpublishes what has expired only when its scheduled job runs; a reader's clock does not wait for it.
    return queryset.filter(Q(expire_at__isnull=True) | Q(expire_at__gt=now), live=True)


def public_pages(queryset: QuerySet, rule: PublicRule) -> QuerySet:
    """Live pages that have not expired and that no view restriction, of their own or of an ancestor, closes."""
    queryset = _not_expired(queryset.filter(depth__gt=1), rule.now)
    if rule.closed_pages:
        queryset = queryset.exclude(_below(rule.closed_pages, "path"))
    return queryset


def _in_public_collections(queryset: QuerySet, rule: PublicRule) -> QuerySet:
    if not rule.closed_collections:
        return queryset
    closed = Collection.objects.filter(_below(rule.closed_collections, "path"))
    return queryset.exclude(collection__in=closed)


def public(queryset: QuerySet, rule: PublicRule) -> QuerySet:
    """`queryset` of any model without the rows that a reader may not see."""
    model = queryset.model
    if issubclass(model, Page):
        return public_pages(queryset, rule)
    if model is Collection:
        return (
            queryset.exclude(_below(rule.closed_collections, "path")) if rule.closed_collections else queryset
        )
    if issubclass(model, DraftStateMixin):
        queryset = _not_expired(queryset, rule.now)
    if issubclass(model, Trashable):
        queryset = queryset.filter(is_trashed=False)
    if any(field.name == "collection" for field in model._meta.fields):
        queryset = _in_public_collections(queryset, rule)
    return queryset
