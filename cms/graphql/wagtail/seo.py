"""What search engines and social networks are told of a page, and where it stands in its site."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import graphene
import orjson
from django.db.models import Model
from graphql import GraphQLResolveInfo
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.content.links import safe_address
from cms.content.models import BasePage
from cms.graphql.execution.batch import batch_of
from cms.graphql.execution.loading import by_pk, having_any, model_of, page_paths, public_rows
from cms.graphql.execution.scheduler import LoadGenerator, gather, memoize
from cms.graphql.execution.selection import Selection, selection_of
from cms.graphql.schema.scalars import JSON
from cms.graphql.schema.types import type_of


class Breadcrumb(graphene.ObjectType):
    """A step on the way from the home page to a page."""

    title = graphene.String(required=True, description="The step's title.")
    url = graphene.String(description="Its path within the site.")


class Seo(graphene.ObjectType):
    """What search engines and social networks are told of a page."""

    title = graphene.String(required=True, description="For the browser's title bar and search results.")
    description = graphene.String(
        required=True, description="For search results; empty where the editor wrote none."
    )
    canonical_url = graphene.String(description="The address to be indexed under, absolute.")
    robots = graphene.String(required=True, description="Value of the robots meta tag.")
    image = graphene.Field(
        lambda: type_of(get_image_model()), description="The picture shown when the page is shared."
    )
    json_ld = graphene.Field(
        JSON,
        required=True,
        description="schema.org's view of the page and of its breadcrumbs, a JSON-LD object.",
    )


@dataclass
class SeoValues:
    """An answer of type Seo."""

    title: str
    description: str
    canonical_url: str | None
    robots: str
    image: Any
    json_ld: dict[str, Any] = field(default_factory=dict)


def breadcrumbs(pages: list[Page], info: GraphQLResolveInfo) -> LoadGenerator:
    """The public pages from the home page to each page, the page itself last."""
    # Types may select more or less of it, and load by themselves: the ancestors are read for all of them.
    group, peers = batch_of(pages[0], Page)
    found = yield from memoize(group.loaded, "ancestors", lambda: _ancestors(peers, info))
    sites = info.context.sites
    trails: dict[Any, list[dict[str, Any]]] = {}
    for page in pages:
        above = [found[path] for path in ancestor_paths(page) if path in found]
        trails[page.pk] = [{"title": each.title, "url": sites.path(each)} for each in [*above, page]]
    return trails


def ancestor_paths(page: Page) -> list[str]:
    """Tree paths of a page's ancestors, the site's home page first."""
    return [page.path[:end] for end in range(2 * Page.steplen, len(page.path), Page.steplen)]


def _ancestors(pages: list[Page], info: GraphQLResolveInfo) -> LoadGenerator:
    paths = {path for page in pages for path in ancestor_paths(page)}
    if not paths:
        return {}
    rows = yield public_rows(having_any(Page, "path", paths), info.context, "path", "title", "url_path")
    return {page.path: page for page in rows}


def seo_columns(model: type[Model], selection: Selection) -> list[str]:
    """Columns that `seo` reads: those of the fields selected, all but bodies for JSON-LD."""
    if not issubclass(model, BasePage):
        return ["title", "seo_title", "search_description", "alias_of"]
    if "jsonLd" in selection:
        return [each.name for each in model._meta.concrete_fields if not isinstance(each, StreamField)]
    return [
        *("seo_title", "search_description", "canonical_url", "robots_noindex", "alias_of"),
        *_image_columns(model),
    ]


def _image_columns(model: type[BasePage]) -> list[str]:
    return [name for name in ("social_image", model.social_image_fallback) if name]


def images_of_any(pages: list[Page], info: GraphQLResolveInfo) -> LoadGenerator:
    """The picture of each page, of which only the row of all pages is read: one statement for each of their types."""
    by_type: dict[type[Page], list[Any]] = defaultdict(list)
    for page in pages:
        by_type[model_of(page)].append(page.pk)
    rows = yield [
        public_rows(having_any(model, "pk", keys), info.context, *_image_columns(model))
        for model, keys in by_type.items()
        if issubclass(model, BasePage)
    ]
    found = {page.pk: _image_key(page) for group in rows for page in group}
    images = yield from by_pk(get_image_model(), found.values(), info)
    return {pk: images.get(key) for pk, key in found.items()}


def seo(pages: list[Page], info: GraphQLResolveInfo) -> LoadGenerator:
    """What search engines are told of each page."""
    selection = selection_of(info)
    wanted = {"image": _images, "jsonLd": breadcrumbs, "canonicalUrl": _sources}
    wanted = {name: load for name, load in wanted.items() if name in selection}
    found = yield from gather(*(load(pages, info) for load in wanted.values()))
    found = dict(zip(wanted, found, strict=True))
    images, trails, sources = found.get("image", {}), found.get("jsonLd"), found.get("canonicalUrl", {})
    values = {page.pk: _values(page, images.get(page.pk), sources.get(page.pk), info) for page in pages}
    if trails is not None:
        for page in pages:
            values[page.pk].json_ld = _json_ld(page, trails[page.pk], info)
    return values


def _sources(pages: list[Page], info: GraphQLResolveInfo) -> LoadGenerator:
    """The paths of what aliases are of: the same text is indexed once, under the address of the first."""
    keys = {page.pk: getattr(page, "alias_of_id", None) for page in pages}
    paths = yield from page_paths(keys.values(), info)
    return {pk: paths.get(key) for pk, key in keys.items()}


def _values(page: Page, image: Any, source: str | None, info: GraphQLResolveInfo) -> SeoValues:
    own = safe_address(getattr(page, "canonical_url", ""))
    sites = info.context.sites
    return SeoValues(
        title=page.seo_title or page.title,
        description=page.search_description or "",
        canonical_url=own or sites.whole(source) or sites.absolute(page),
        robots="noindex, follow" if getattr(page, "robots_noindex", False) else "index, follow",
        image=image,
    )


def _images(pages: list[Page], info: GraphQLResolveInfo) -> LoadGenerator:
    keys = {page.pk: _image_key(page) for page in pages}
    found = yield from by_pk(get_image_model(), keys.values(), info, "image")
    return {pk: found.get(key) for pk, key in keys.items()}


def _image_key(page: Page) -> int | None:
    own = getattr(page, "social_image_id", None)
    fallback = getattr(page, "social_image_fallback", None)
    return own or (getattr(page, f"{fallback}_id") if fallback else None)


def _json_ld(page: Page, trail: list[dict[str, Any]], info: GraphQLResolveInfo) -> dict[str, Any]:
    sites = info.context.sites
    address = sites.absolute(page)
    steps = [
        {"@type": "ListItem", "position": position, "name": step["title"], "item": sites.whole(step["url"])}
        for position, step in enumerate(trail, start=1)
    ]
    graph: list[dict[str, Any]] = [{"@type": "BreadcrumbList", "itemListElement": steps}]
    if isinstance(page, BasePage) and address:
        graph.insert(0, page.json_ld(address=address))
    # Through JSON and back: dates and decimals that a page type puts in come out as JSON has them.
    return orjson.loads(orjson.dumps({"@context": "https://schema.org", "@graph": graph}, default=str))
