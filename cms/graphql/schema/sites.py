"""Lists of one site: the one that was asked by its host, or that the argument `site` names."""

from __future__ import annotations

from collections.abc import Callable

import graphene
from django.db.models import Q, QuerySet
from graphql import GraphQLResolveInfo
from wagtail.models import Site

from cms.graphql.execution.relations import at_or_below
from cms.graphql.schema.errors import BadInput, quoted


def site_argument() -> graphene.Argument:
    """The argument by which a client chooses another site than the one that it asks."""
    return graphene.Argument(
        graphene.String,
        description="Only what is of the site with this host name, `host` or `host:port`; left out, of the one asked.",
    )


def named_site(hostname: str, info: GraphQLResolveInfo) -> Site:
    """The site of a host name; raises BadInput, UNKNOWN_SITE, where there is none."""
    if (found := info.context.sites.by_hostname(hostname)) is None:
        raise BadInput(f"No site has the host name {quoted(hostname)}.", code="UNKNOWN_SITE", field="site")
    return found


def roots_of_site(info: GraphQLResolveInfo, hostname: str | None) -> tuple[str, ...] | None:
    """Tree paths of a site's home pages, in all languages; None where there is one site, whose all pages are."""
    site = one_of_several(info, hostname)
    return site and tuple(sorted(root.path for root in info.context.sites.roots(site)))


def one_of_several(info: GraphQLResolveInfo, hostname: str | None = None) -> Site | None:
    """The site whose things are asked for; None where there is one site, whose all things are."""
    sites = info.context.sites
    site = named_site(hostname, info) if hostname else sites.current
    return site if len(sites.all) > 1 else None


def within(pages: QuerySet, roots: tuple[str, ...] | None) -> QuerySet:
    """Of `pages`, those at or below one of these tree paths; all for None."""
    if roots is None:
        return pages
    found = Q(pk__in=[])
    for path in roots:
        found |= at_or_below(path)
    return pages.filter(found)


def root_at(info: GraphQLResolveInfo) -> Callable[[str], str | None] | None:
    """Tells the home page, by its tree path, that a tree path lies below; None where there is one site.

    A draft of a new page has no tree path yet, and lies below none.
    """
    sites = info.context.sites
    if len(sites.all) < 2:
        return None
    # The deepest first: a site may lie within another.
    roots = sorted((root.path for site in sites.all for root in sites.roots(site)), key=len, reverse=True)
    return lambda path: next((root for root in roots if (path or "").startswith(root)), None)


def of_site(rows: QuerySet, column: str, site_id: int | None) -> QuerySet:
    """Of `rows`, those whose foreign key names this site, or none, which is every one; all for None."""
    return rows if site_id is None else rows.filter(Q(**{column: None}) | Q(**{column: site_id}))
