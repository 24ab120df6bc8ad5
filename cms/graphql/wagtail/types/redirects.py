"""`redirects` and `redirect`: old addresses and where they lead."""

from __future__ import annotations

import graphene
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from graphql import GraphQLResolveInfo
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.content.links import safe_address
from cms.content.redirects import candidates
from cms.content.visibility import public
from cms.graphql.execution.loading import having_any, page_paths, public_rows, read
from cms.graphql.execution.scheduler import LoadGenerator
from cms.graphql.schema.fields import Batched, Computed, Link, Root, fields_of
from cms.graphql.schema.lists.paging import page_size
from cms.graphql.schema.registry import root_query
from cms.graphql.schema.scalars import PositiveInt
from cms.graphql.schema.types import type_of

MAX_REDIRECTS = 500
#: Characters of a path that is looked for, more than any redirect has; and how many may differ by case alone.
MAX_PATH = 4_000
MAX_MATCHES = 20
#: Columns by which it is told which redirects are answered.
USED = ["old_path", "site", "redirect_link", "redirect_page"]


def targets(redirects: list[Redirect], info: GraphQLResolveInfo) -> LoadGenerator:
    """The address that each redirect leads to."""
    paths = yield from page_paths((each.redirect_page_id for each in redirects), info)
    return {
        each.pk: paths.get(each.redirect_page_id) or safe_address(each.redirect_link) for each in redirects
    }


@fields_of(Redirect)
class RedirectFields:
    """An old address and where it leads."""

    old_path = Computed(
        graphene.String, required=True, description="The old path, without a slash at its end."
    )
    old_url = Computed(
        graphene.String,
        columns=["old_path", "site"],
        resolve=lambda redirect, info: _old_url(redirect, info),
        required=True,
        description="The old address: absolute where the redirect is one site's, else its path.",
    )
    new_url = Batched(
        graphene.String,
        load=targets,
        columns=["redirect_page", "redirect_link"],
        description="Where it leads: a path within the site, or an absolute address.",
    )
    page = Link("redirect_page", description="The page that it leads to, if it is one.")
    site = Link("site", description="The site whose address it is; null for all sites.")
    is_permanent = Computed(
        graphene.Boolean, required=True, description="Whether the old address is gone for good."
    )


def _old_url(redirect: Redirect, info: GraphQLResolveInfo) -> str:
    site = next((site for site in info.context.sites.all if site.pk == redirect.site_id), None)
    return (site.root_url if site else "") + redirect.old_path


def public_redirects(info: GraphQLResolveInfo) -> QuerySet:
    """Redirects whose target readers may see: one to a draft would tell its address."""
    pages = public(Page.objects.order_by(), info.context.rule).values("pk")
    return Redirect.objects.filter(Q(redirect_page__isnull=True) | Q(redirect_page__in=pages))


def redirects(
    info: GraphQLResolveInfo, *, limit: int | None = None, offset: int | None = None
) -> LoadGenerator:
    """A part of the public redirects."""
    size = page_size(limit, argument="limit", most=MAX_REDIRECTS, default=MAX_REDIRECTS)
    start = offset or 0
    rows = public_redirects(info).order_by("old_path", "pk")[start : start + size]
    found = yield from read(rows, info, is_public=True, also=USED)
    return (yield from _without_pages(found, info))


def redirect(info: GraphQLResolveInfo, *, path: str) -> LoadGenerator:
    """The redirect of a path in the current site, if there is one."""
    paths = candidates(path[:MAX_PATH])
    if not paths:
        return None
    own = Q(site=info.context.sites.current) | Q(site__isnull=True)
    rows = public_redirects(info).annotate(_lower=Lower("old_path"))
    rows = rows.filter(own, Q(_lower__in=[each.lower() for each in paths]) | Q(old_path__in=paths))
    found = yield from read(rows.order_by("pk")[:MAX_MATCHES], info, also=USED, is_public=True)
    found = yield from _without_pages(found, info)
    # The whole path with its query before the bare one, its own case before others, a site's own before everybody's.
    whole = paths[0]
    return min(
        found,
        key=lambda each: (
            each.old_path.lower() != whole.lower(),
            each.old_path not in paths,
            each.site_id is None,
        ),
        default=None,
    )


def _without_pages(found: list[Redirect], info: GraphQLResolveInfo) -> LoadGenerator:
    """Of redirects, those whose old address is not that of a public page by now, and that do not lead to themselves."""
    sites = info.context.sites
    by_site = {site.pk: site for site in sites.all}
    addresses = {each.pk: sites.url_path(each.old_path, site=by_site.get(each.site_id)) for each in found}
    wanted = {address for address in addresses.values() if address}
    taken = set()
    if wanted:
        rows = yield public_rows(having_any(Page, "url_path", wanted), info.context, "url_path")
        taken = {row.url_path for row in rows}
    return [each for each in found if addresses[each.pk] not in taken and not _leads_to_itself(each)]


def _leads_to_itself(redirect: Redirect) -> bool:
    link = redirect.redirect_link
    return link.startswith("/") and Redirect.normalise_path(link).lower() == redirect.old_path.lower()


@root_query
class RedirectQueries:
    redirects = Root(
        lambda: graphene.NonNull(graphene.List(graphene.NonNull(type_of(Redirect)))),
        load=redirects,
        page_size=MAX_REDIRECTS,
        limit=PositiveInt(description=f"How many at the most: {MAX_REDIRECTS} if left out, and no more."),
        offset=PositiveInt(description="How many to pass over."),
        description="Old addresses, by path, but those that a public page has by now; `redirect(path:)` finds one.",
    )
    redirect = Root(
        lambda: type_of(Redirect),
        load=redirect,
        path=graphene.Argument(
            graphene.String, required=True, description="The path that a reader asked for."
        ),
        description="The redirect of a path in the current site, whatever its case and without parameters of tracking; "
        "null where there is none, or a public page has that path.",
    )
