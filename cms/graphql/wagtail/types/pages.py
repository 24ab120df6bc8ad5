"""`page` and `pages`: wagtail-grapple's names and arguments, with exact addresses and the public rule."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import graphene
from django.db.models import Q, QuerySet
from graphql import GraphQLResolveInfo
from wagtail.models import Page, Site, get_page_models

from cms.content.visibility import PublicRule, public
from cms.graphql.execution.batch import attach_batch
from cms.graphql.execution.loading import having_any, read
from cms.graphql.execution.relations import at_or_below, below
from cms.graphql.execution.scheduler import LoadGenerator
from cms.graphql.schema.errors import BadInput, pk_of, quoted
from cms.graphql.schema.fields import Root
from cms.graphql.schema.locales import in_language, locale_argument
from cms.graphql.schema.registry import root_query
from cms.graphql.schema.sites import named_site
from cms.graphql.schema.types import type_of
from cms.graphql.sql.compiled import QueryTemplate, bind_param
from cms.graphql.wagtail.page_lists import list_arguments, narrowed, offset_window
from cms.preview.drafts import open_preview

CONTENT_TYPE = "Only pages of this type, as `app.Model`, e.g. articles.ArticlePage."
CONTENT_TYPES = CONTENT_TYPE + " Several, separated by commas."
IN_SITE = "Only pages of the site that the request is about."
SITE = "Only pages of the site with this host name, `host` or `host:port`."
#: What names one page.
PAGE_ARGUMENTS = {
    "id": graphene.Argument(graphene.ID, description="The page's id."),
    "slug": graphene.Argument(graphene.String, description="Its slug; an error where several pages have it."),
    "url_path": graphene.Argument(
        graphene.String, description="Its whole path within the site, e.g. /tin-tuc/bai-viet/."
    ),
    "content_type": graphene.Argument(graphene.String, description=CONTENT_TYPE),
}


def page_models(names: str | None) -> list[type[Page]]:
    """The page types that a comma-separated list of `app.Model` names; BadInput for what is none."""
    known = {model._meta.label_lower: model for model in (Page, *get_page_models())}
    asked = dict.fromkeys(name.strip() for name in (names or "").split(","))
    if unknown := [name for name in asked if name.lower() not in known]:
        raise BadInput(f"`contentType` names no page type: {quoted(unknown[0])}.", code="BAD_CONTENT_TYPE")
    return [known[name] for name in dict.fromkeys(name.lower() for name in asked)]


def site_of(info: GraphQLResolveInfo, *, site: str | None, in_site: bool) -> Site | None:
    """The site that a list is limited to; None for all sites."""
    if site and in_site:
        raise BadInput("Ask for `site` or for `inSite`, not for both.")
    if in_site:
        return info.context.sites.current
    return named_site(site, info) if site else None


def in_site(queryset: QuerySet, site: Site) -> QuerySet:
    return queryset.filter(at_or_below(site.root_page.path))


def _around(parent: str | None, ancestor: str | None) -> Q:
    if parent is not None:
        pk = pk_of(parent, field="parent")
    elif ancestor is not None:
        pk = pk_of(ancestor, field="ancestor")
    else:
        return Q()
    page = Page.objects.filter(pk=pk).first()
    if page is None:
        return Q(pk__in=[])
    return below(page.path, depth=page.depth + 1 if parent is not None else None)


def _by_slug(slug: str, queryset: QuerySet | None, info: GraphQLResolveInfo) -> LoadGenerator:
    rows: QuerySet | QueryTemplate
    if queryset is None:
        rows = QueryTemplate(("slug",), Page, _having_slug, {"slug": slug}, is_single=True)
    else:
        rows = public(queryset.filter(slug=slug), info.context.rule)[:2]
    found = yield from read(rows, info, is_public=True)
    if len(found) > 1:
        message = f"More than one page has the slug {quoted(slug)}; ask by `urlPath`, or add `locale`."
        raise BadInput(message, code="AMBIGUOUS_SLUG", field="slug")
    return found[0] if found else None


def _having_slug(rule: PublicRule, model: type[Page] = Page) -> QuerySet:
    return public(model.objects.filter(slug=bind_param("slug")).order_by(), rule)[:2]


def _draft(content_type: str | None, token: str, info: GraphQLResolveInfo) -> Page:
    info.context.no_store()
    return attach_batch([open_preview(token, Page, content_type=content_type or "")])[0]


def page(info: GraphQLResolveInfo, **args: Any) -> LoadGenerator:
    """The page that the arguments name, or None."""
    if args.get("token") is not None:
        return _draft(args.get("content_type"), args["token"], info)
    site = site_of(info, site=args.get("site"), in_site=args["in_site"])
    return (yield from page_of(site, info, args))


def page_of(site: Site | None, info: GraphQLResolveInfo, args: dict[str, Any]) -> LoadGenerator:
    """The public page that `id`, `url_path` or `slug` names, of this site or of any; None where there is none."""
    # None for all pages, which is what nearly all requests are about: their statements are written once.
    among = None
    if site or args.get("content_type") or args.get("locale"):
        among = in_site(of_kind(args), site) if site else of_kind(args)
    if args.get("id") is not None:
        return (yield from _one("pk", pk_of(args["id"]), among, info))
    if args.get("url_path") is not None:
        path = info.context.sites.url_path(args["url_path"], site=site)
        return (yield from _one("url_path", path, among, info)) if path else None
    return (yield from _by_slug(args["slug"], among, info)) if args.get("slug") else None


def _one(column: str, value: Any, among: QuerySet | None, info: GraphQLResolveInfo) -> LoadGenerator:
    rows: QuerySet | QueryTemplate
    if among is None:
        rows = replace(having_any(Page, column, [value]), is_single=True)
    else:
        rows = among.filter(**{column: value})
    return next(iter((yield from read(rows, info))), None)


def pages(info: GraphQLResolveInfo, **args: Any) -> LoadGenerator:
    """A part of the public pages that the arguments name."""
    start, end = offset_window(args.get("limit"), args.get("offset"))
    queryset = narrowed(of_kind(args).filter(_around(args.get("parent"), args.get("ancestor"))), args)
    if site := site_of(info, site=args.get("site"), in_site=args["in_site"]):
        queryset = in_site(queryset, site)
    return (yield from read(public(queryset, info.context.rule)[start:end], info, is_public=True))


@root_query
class PageQueries:
    page = Root(
        lambda: type_of(Page),
        load=page,
        **PAGE_ARGUMENTS,
        token=graphene.String(description="Token of a preview, with `contentType`."),
        in_site=graphene.Boolean(default_value=False, description=IN_SITE),
        site=graphene.String(description=SITE),
        locale=locale_argument("Only a page in this language, e.g. vi."),
        description="One public page, or a preview; null where there is none.",
    )
    pages = Root(
        lambda: graphene.NonNull(graphene.List(graphene.NonNull(type_of(Page)))),
        load=pages,
        **list_arguments(menu=True),
        content_type=graphene.String(description=CONTENT_TYPES),
        in_site=graphene.Boolean(default_value=False, description=IN_SITE),
        site=graphene.String(description=SITE),
        ancestor=graphene.ID(description="Only pages at any level below the page with this id."),
        parent=graphene.ID(description="Only pages directly below the page with this id."),
        locale=locale_argument(),
        description="Public pages of all types.",
    )


def of_kind(args: dict[str, Any]) -> QuerySet:
    """The pages of the types and of the language that the arguments name; all where they name none."""
    models = page_models(args["content_type"]) if args.get("content_type") else []
    queryset = models[0].objects.all() if len(models) == 1 else Page.objects.all()
    if len(models) > 1:
        queryset = queryset.type(*models)
    return in_language(queryset, args.get("locale"))
