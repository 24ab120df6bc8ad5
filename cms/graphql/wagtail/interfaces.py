"""What every page type offers: wagtail-grapple's PageInterface under the public rule, and more beside it."""

from __future__ import annotations

from typing import Any

import graphene
from django.db.models import Model, Q
from graphql import GraphQLResolveInfo
from grapple.registry import registry
from wagtail.models import Page

from cms.graphql.execution.loading import having_any, model_of, read
from cms.graphql.execution.relations import below
from cms.graphql.execution.scheduler import LoadGenerator
from cms.graphql.schema.fields import Batched, Computed, Link, declare
from cms.graphql.schema.nodes import Node
from cms.graphql.schema.types import type_of
from cms.graphql.wagtail.page_lists import PageList
from cms.graphql.wagtail.seo import Breadcrumb, Seo, ancestor_paths, breadcrumbs, seo, seo_columns


def parents(pages: list[Page], info: GraphQLResolveInfo) -> LoadGenerator:
    """The public parent of each page, below the root of the tree."""
    paths = {page.pk: page.path[: -Page.steplen] for page in pages}
    rows = yield from read(having_any(Page, "path", set(paths.values())), info)
    found = {each.path: each for each in rows}
    return {pk: found.get(path) for pk, path in paths.items()}


def translations(pages: list[Page], info: GraphQLResolveInfo) -> LoadGenerator:
    """The public pages that say the same in another language."""
    keys = {page.translation_key for page in pages}
    rows = Page.objects.filter(translation_key__in=keys).order_by("locale__language_code")
    found = yield from read(rows, info)
    return {
        page.pk: [
            each for each in found if each.translation_key == page.translation_key and each.pk != page.pk
        ]
        for page in pages
    }


def _children(page: Page) -> Q:
    return below(page.path, depth=page.depth + 1)


def _siblings(page: Page) -> Q:
    return below(page.path[: -Page.steplen], depth=page.depth) & ~Q(pk=page.pk)


def _model_label(page: Page, info: GraphQLResolveInfo) -> str:
    return model_of(page)._meta.label


class PageInterface(graphene.Interface):
    """A page of the portal, of whatever type. Only what readers may see is ever reached through it."""

    class Meta:
        interfaces = (Node,)

    id = Computed(graphene.ID, columns=["id"], description="Unique among pages.")
    node_id = Node._meta.fields["node_id"]
    title = Computed(graphene.String, required=True, description="The page's title.")
    slug = Computed(graphene.String, required=True, description="Last part of the page's address.")
    content_type = Computed(
        graphene.String,
        columns=["content_type"],
        resolve=_model_label,
        required=True,
        description="The page's type as `app.Model`, e.g. articles.ArticlePage.",
    )
    page_type = Computed(
        graphene.String,
        columns=["content_type"],
        resolve=lambda page, info: _model_label(page, info).partition(".")[2],
        description="The page's type as this schema names it.",
    )
    live = Computed(
        graphene.Boolean, required=True, description="Whether the page is published; false only in previews."
    )
    url = Computed(
        graphene.String,
        columns=["url_path"],
        resolve=lambda page, info: info.context.sites.path(page),
        description="The page's path within the site, e.g. /tin-tuc/; absolute for a page of another site.",
    )
    url_path = Computed(
        graphene.String,
        columns=["url_path"],
        resolve=lambda page, info: info.context.sites.path(page) or "",
        required=True,
        description="What `page(urlPath:)` takes to find this page again.",
    )
    depth = Computed(
        graphene.Int, columns=["depth"], description="Level in the page tree; 2 for a home page."
    )
    seo_title = Computed(
        graphene.String,
        columns=["seo_title"],
        resolve=lambda page, info: page.seo_title or page.title,
        required=True,
        description="Title for search engines; the page's title where the editor gave none.",
    )
    search_description = Computed(graphene.String, description="Description for search engines.")
    show_in_menus = Computed(
        graphene.Boolean, required=True, description="Whether editors want the page in menus."
    )
    locked = Computed(
        graphene.Boolean,
        columns=[],
        resolve=lambda page, info: False,
        deprecation_reason="Always false: who edits a page is not public.",
        description="Always false.",
    )
    first_published_at = Computed(graphene.DateTime, description="When the page was first published.")
    last_published_at = Computed(graphene.DateTime, description="When the page was last published.")
    parent = Batched(
        lambda: type_of(Page), load=parents, columns=["path"], description="The page above, if public."
    )
    children = PageList(_children, description="Public pages directly below, in the order of the page tree.")
    siblings = PageList(_siblings, description="Public pages beside this one.")
    next_siblings = PageList(
        lambda page: _siblings(page) & Q(path__gt=page.path),
        description="Public pages beside and after this one.",
    )
    previous_siblings = PageList(
        lambda page: _siblings(page) & Q(path__lt=page.path),
        description="Public pages beside and before this one.",
    )
    descendants = PageList(lambda page: below(page.path), description="Public pages at any level below.")
    ancestors = PageList(
        lambda page: Q(path__in=ancestor_paths(page)), description="Public pages above, the home page first."
    )
    search_score = Computed(
        graphene.Float,
        columns=[],
        resolve=lambda page, info: None,
        deprecation_reason="Use the root field `search`, which ranks its results.",
        description="Always null.",
    )
    breadcrumbs = Batched(
        lambda: graphene.NonNull(graphene.List(graphene.NonNull(Breadcrumb))),
        load=breadcrumbs,
        empty=[],
        columns=["path", "url_path", "title"],
        description="The way from the home page to this page, this page last.",
    )
    seo = Batched(
        Seo,
        load=seo,
        weight=100,
        columns=seo_columns,
        required=True,
        description="What search engines are told.",
    )
    locale = Link("locale", description="The page's language.")
    translations = Batched(
        lambda: graphene.NonNull(graphene.List(graphene.NonNull(type_of(Page)))),
        load=translations,
        empty=[],
        columns=["translation_key"],
        description="Public pages that say the same in other languages.",
    )

    @classmethod
    def resolve_type(cls, instance: Page, info: GraphQLResolveInfo) -> Any:
        return registry.pages[type(instance)]


class SnippetInterface(graphene.Interface):
    """Content that several pages share."""

    class Meta:
        interfaces = (Node,)

    id = graphene.ID(description="Unique among the objects of this type.")
    node_id = Node._meta.fields["node_id"]
    snippet_type = graphene.String(required=True, description="Name of the snippet's type in this schema.")
    content_type = graphene.String(required=True, description="The type as `app.Model`.")

    def resolve_snippet_type(snippet: Model, info: GraphQLResolveInfo) -> str:
        return registry.snippets[type(snippet)]._meta.name

    def resolve_content_type(snippet: Model, info: GraphQLResolveInfo) -> str:
        return snippet._meta.label

    @classmethod
    def resolve_type(cls, instance: Model, info: GraphQLResolveInfo) -> Any:
        return registry.snippets[type(instance)]


# Their owner is the model of all pages; types of pages find the columns under the interface's name.
declare(Page, PageInterface._meta.fields)
