"""`site` and `sites`: where pages live. Content apps add what their site settings say."""

from __future__ import annotations

from copy import copy
from typing import Any

import graphene
from graphql import GraphQLResolveInfo
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Locale, Page, Site

from cms.graphql.execution.batch import attach_batch
from cms.graphql.execution.planner import prefetch
from cms.graphql.execution.relations import at_or_below
from cms.graphql.execution.scheduler import LoadGenerator
from cms.graphql.execution.selection import selection_of
from cms.graphql.schema.enums import Language
from cms.graphql.schema.errors import BadInput, pk_of
from cms.graphql.schema.fields import Batched, Computed, Link, Root, fields_of
from cms.graphql.schema.nodes import refetchable
from cms.graphql.schema.registry import root_query
from cms.graphql.schema.types import type_of
from cms.graphql.wagtail.page_lists import PageList, list_arguments, offset_window
from cms.graphql.wagtail.types.pages import CONTENT_TYPES, PAGE_ARGUMENTS, of_kind, page_of
from cms.preview.drafts import name_draft, open_preview
from cms.preview.tokens import invalid


@fields_of(Locale)
class LocaleFields:
    """A language of the content."""

    code = Computed(
        Language,
        columns=["language_code"],
        resolve=lambda locale, info: locale.language_code,
        required=True,
        description="Language code, e.g. vi.",
    )
    name = Computed(
        graphene.String,
        columns=["language_code"],
        resolve=lambda locale, info: str(locale.get_display_name() or locale.language_code),
        required=True,
        description="Name of the language, in that language.",
    )


def _pages(sites: list[Site], info: GraphQLResolveInfo, **args: Any) -> LoadGenerator:
    found = {}
    # Each has a tree of its own to look in, and there are few.
    for each in sites:
        found[each.pk] = yield from page_of(each, info, args)
    return found


@fields_of(Site)
class SiteFields:
    """A site: a host name and the home page that it shows."""

    hostname = Computed(graphene.String, required=True, description="Host name of the site.")
    port = Computed(graphene.Int, required=True, description="Port of the site.")
    site_name = Computed(graphene.String, required=True, description="The site's name in the admin.")
    is_default_site = Computed(
        graphene.Boolean, required=True, description="Whether unknown hosts get this site."
    )
    root_url = Computed(
        graphene.String, columns=["hostname", "port"], required=True, description="Address of the site."
    )
    root_page = Link("root_page", description="The home page.")
    page = Batched(
        lambda: type_of(Page),
        load=_pages,
        columns=[],
        weight=30,  # a statement for each site
        args=PAGE_ARGUMENTS,
        description="One public page of the site; null where there is none.",
    )
    pages = PageList(
        lambda site: at_or_below(site.root_page.path),
        among=of_kind,
        columns=[],
        content_type=graphene.Argument(graphene.String, description=CONTENT_TYPES),
        description="Public pages of the site, in the order of the page tree.",
    )


def site(info: GraphQLResolveInfo, **args: Any) -> Site | None:
    """The site that the arguments name, or that the request is about."""
    if args.get("token") is not None:
        return _with_draft(args["token"], info)
    sites = info.context.sites
    if args.get("id") is not None:
        pk = pk_of(args["id"])
        found = next((site for site in sites.all if site.pk == pk), None)
    else:
        found = sites.by_hostname(args["hostname"]) if args.get("hostname") else sites.current
    # Its fields are loaded for all sites: these are few, and siblings.
    prefetch([found] if found else [], selection_of(info).nodes, info)
    return found


def _with_draft(token: str, info: GraphQLResolveInfo) -> Site:
    """A site with settings that an editor has not saved: apps find them as its `setting_draft`."""
    info.context.no_store()
    draft = open_preview(token, BaseSiteSetting)
    found = next((site for site in info.context.sites.all if site.pk == draft.site_id), None)
    if found is None:
        raise invalid()
    # A copy, of no siblings: the same site may be asked for beside it, without the draft.
    found = attach_batch([copy(found)])[0]
    found.setting_draft = draft
    name_draft(found, found.pk)
    prefetch([found], selection_of(info).nodes, info)
    return found


def sites(info: GraphQLResolveInfo, **args: Any) -> list[Site]:
    """A part of the sites."""
    if args.get("order"):
        raise BadInput("`sites` come in one order: the default site first.", code="BAD_ORDER", field="order")
    start, end = offset_window(args.get("limit"), args.get("offset"))
    found = info.context.sites.all
    if args.get("is_default_site") is not None:
        found = [site for site in found if site.is_default_site == args["is_default_site"]]
    if args.get("id") is not None:
        found = [site for site in found if site.pk == pk_of(args["id"])]
    prefetch(found[start:end], selection_of(info).nodes, info)
    return found[start:end]


refetchable(Site, lambda info, id: site(info, id=id))


@root_query
class SiteQueries:
    site = Root(
        lambda: type_of(Site),
        load=site,
        hostname=graphene.String(description="Host name, `host` or `host:port`."),
        id=graphene.ID(description="The site's id."),
        token=graphene.String(description="Token of a preview of its settings, instead of the others."),
        description="One site: the one that the request is about if nothing is said; null where there is none.",
    )
    sites = Root(
        lambda: graphene.NonNull(graphene.List(graphene.NonNull(type_of(Site)))),
        load=sites,
        **list_arguments(search=False),
        is_default_site=graphene.Boolean(description="Only the default site, or only the others."),
        description="The sites of this installation, the default site first.",
    )
