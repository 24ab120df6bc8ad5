"""What an event tells: only what a stranger may read. Neither a title nor any content is in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from graphql_relay import to_global_id
from grapple.registry import registry
from wagtail.models import Page, ReferenceIndex

from cms.content.urls import SiteUrls
from cms.content.visibility import PublicRule, public_pages
from cms.events.models import Event
from cms.invalidation import tags
from cms.invalidation.capture import pending_tags

#: Addresses that one event names at the most; `truncated` says that there are more.
MOST_URLS = 500
#: Kinds of tags that name no row, and so nothing that is not public.
NAMELESS = {"list", "any", "table"}


@dataclass(frozen=True)
class Place:
    """Where in the tree a page is, was or will be, for `SiteUrls`."""

    url_path: str


def subject_of(instance: Model) -> str:
    """What events of one object have in common."""
    return tags.row(_model_of(instance), instance.pk)


def object_of(instance: Model, *, urls: SiteUrls | None = None, url_path: str = "") -> dict[str, Any]:
    """What identifies an object; a page at the tree's `url_path` if that is given."""
    model = _model_of(instance)
    type_name = registry.models[model]._meta.name if model in registry.models else model.__name__
    found = {"type": type_name, "id": str(instance.pk), "nodeId": to_global_id(type_name, instance.pk)}
    if isinstance(instance, Page):
        found |= {"locale": instance.locale.language_code}
        found |= addresses_of(url_path or instance.url_path, urls or site_urls())
    return found


def addresses_of(url_path: str, urls: SiteUrls) -> dict[str, str | None]:
    """Where readers find a page: its path, and the whole address at the frontend; None outside of all sites."""
    place = Place(url_path)
    root = urls.root_of(place)
    path = root.prefix + url_path[len(root.url_path) - 1 :] if root else None
    return {"path": path, "url": urls.absolute(place)}


def site_urls() -> SiteUrls:
    """The sites, as a program sees them that asks by no host."""
    return SiteUrls("", list(SiteUrls.sites()), SiteUrls.translated_homes())


def tags_of(instance: Model, *, others: Iterable[int] = ()) -> list[str]:
    """The cache tags that the change has touched so far: of rows the object's own, and those of the pages `others`."""
    model = _model_of(instance)
    own = tags.row(model, instance.pk)
    told = {own, *(tags.row(Page, pk) for pk in others)}
    found = pending_tags()
    touched = {tag for tag in found if tag.partition(":")[0] in NAMELESS or tag in told}
    coarse = {own, tags.listed(model), tags.any_row(model._meta.db_table)}
    if isinstance(instance, Page):
        coarse |= {tags.listed(Page), tags.any_row(Page._meta.db_table)}
    return sorted(touched | coarse)


def add_tags(event: Event, instance: Model) -> None:
    """Add to an event the tags of what was saved after its object, in the same transaction."""
    data = event.payload["data"]
    data["tags"] = sorted({*data["tags"], *tags_of(instance)})
    event.save(update_fields=["payload"])


def referring_urls(instance: Model, urls: SiteUrls, *, parent: int | None = None) -> list[str]:
    """Addresses of public pages that link to an object or show it, as Wagtail's index of references knows them."""
    references = ReferenceIndex.get_references_to(instance).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    keys = {int(key) for key in references.values_list("object_id", flat=True)[: MOST_URLS + 1]}
    pages = Page.objects.filter(Q(pk__in=keys) | Q(pk=parent)).exclude(pk=instance.pk)
    found = public_pages(pages, PublicRule()).order_by("path").only("url_path")
    return [url for page in found if (url := urls.absolute(page))]


def with_urls(data: dict[str, Any], found: Iterable[str | None]) -> dict[str, Any]:
    """The addresses that an event touches, each once, bounded."""
    unique = list(dict.fromkeys(url for url in found if url))
    return data | {"urls": unique[:MOST_URLS], "truncated": len(unique) > MOST_URLS}


def _model_of(instance: Model) -> type[Model]:
    # A plain Page stands for what it is.
    return (instance.specific_class if isinstance(instance, Page) else None) or type(instance)
