"""Exports records: all that an editor can write, of all objects, in an order in which they can be imported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from wagtail.models import Page

from cms.content.trashed import without_trashed
from cms.exchange.columns import Exchange
from cms.exchange.references import References
from cms.exchange.registry import all_resources, resource_for
from cms.exchange.resources import ModelResource, PageResource


def export(resources: Iterable[ModelResource] | None = None) -> Iterator[tuple[dict[str, Any], Any]]:
    """Records with their objects; of all resources where none are named. Objects get ids, which they keep."""
    chosen = list(all_resources() if resources is None else resources)
    exchange = Exchange(References(allots=True))
    pages = [each for each in chosen if isinstance(each, PageResource)]
    for resource in chosen:
        if not isinstance(resource, PageResource):
            for instance in resource.exported():
                yield resource.record(instance, exchange), instance
        elif resource is pages[0]:
            yield from _pages(pages, exchange)


def _pages(resources: list[PageResource], exchange: Exchange) -> Iterator[tuple[dict[str, Any], Any]]:
    """Pages in the order of the tree: parents come first, and siblings in their order."""
    pages = Page.objects.type(*(each.model for each in resources)).filter(alias_of=None)
    found = without_trashed(pages).order_by("path")
    keys = list(found.values_list("pk", flat=True))
    for start in range(0, len(keys), 100):
        for page in found.filter(pk__in=keys[start : start + 100]).specific():
            resource = resource_for(page)
            if resource in resources:
                yield resource.record(page, exchange), page
