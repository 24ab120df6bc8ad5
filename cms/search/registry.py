"""What can be found: content apps register their models."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from wagtail.fields import StreamField
from wagtail.models import Page


@dataclass(frozen=True)
class Searchable:
    """How a model's objects get into the index."""

    model: type[Model]
    type: str
    label: str | Promise
    title: Callable[[Any], str]
    text: Callable[[Any], str]
    published_at: Callable[[Any], datetime | None]
    site: str | None

    @property
    def is_page(self) -> bool:
        return issubclass(self.model, Page)


SEARCHABLE: dict[type[Model], Searchable] = {}


def searchable(
    model: type[Model],
    type: str,
    label: str | Promise,
    *,
    text: Callable[[Any], str],
    title: Callable[[Any], str] = str,
    published_at: Callable[[Any], datetime | None] = lambda each: each.last_published_at,
    site: str | None = None,
) -> None:
    """Let readers find the objects of `model`.

    `type` is its value in the GraphQL enum SearchType and never changes; `text(object)` is all that it says beside
    its title, without markup. `site` names the foreign key of what is no page and belongs to a site, or to every one
    where it is null.
    """
    SEARCHABLE[model] = Searchable(model, type, label, title, text, published_at, site)


def stream_text(instance: Model, *names: str) -> str:
    """The words of an object's StreamFields."""
    found: list[str] = []
    for name in names:
        field = instance._meta.get_field(name)
        if isinstance(field, StreamField):
            found += (str(part) for part in field.get_searchable_content(getattr(instance, name)))
    return "\n".join(found)
