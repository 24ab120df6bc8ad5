"""What every answer rests on: the sites, and what is closed to readers. Read when it changes, and not each time."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

from wagtail.models import Page, Site

from cms.content.urls import SiteUrls
from cms.content.visibility import restrictions
from cms.graphql.accelerators import is_on
from cms.graphql.sql.cache_tags import tags_of_sql
from cms.graphql.sql.compiled import BoundQuery, compiled_queries
from cms.graphql.sql.multi_query import fetch
from cms.invalidation import tags
from cms.invalidation.tag_versions import tag_versions


@dataclass(frozen=True)
class SiteSnapshot:
    """Rows of `restrictions()` and of those querysets of SiteUrls, and the tags that an answer has on their account."""

    closed: tuple[tuple[str, str], ...]
    sites: tuple[Site, ...]
    translated_homes: tuple[Page, ...]
    tags: frozenset[str]
    version: int


class SiteSnapshots:
    """The snapshot that was read last, as long as nothing of it has changed."""

    def __init__(self) -> None:
        self._known: SiteSnapshot | None = None
        self._lock = Lock()

    def at(self, version: int) -> SiteSnapshot:
        """The snapshot for somebody who knows the changes up to `version`."""
        with self._lock:
            known = self._known
        if known and is_on("site_snapshot") and tag_versions.are_unchanged(known.tags, known.version):
            return known
        read = _read(version)
        with self._lock:
            self._known = read
        return read


def _read(version: int) -> SiteSnapshot:
    parts = {
        "closed": restrictions,
        "sites": SiteUrls.sites,
        "translated homes": SiteUrls.translated_homes,
    }
    asked = [BoundQuery(compiled_queries.get(name, build), {}) for name, build in parts.items()]
    closed, sites, translated_homes = fetch(asked)
    coarse = set().union(*(tags_of_sql(each.query.sql) for each in asked))
    # Of pages, only those that are closed or at the top of a site, in any language, matter here.
    coarse.discard(tags.any_row(Page._meta.db_table))
    pages = {site.root_page_id for site in sites} | {key for _path, kind, key in closed if kind == "p"}
    found = coarse | {tags.row(Page, key) for key in pages} | {tags.table(Page._meta.db_table)}
    found |= {tags.translations(site.root_page.translation_key) for site in sites}
    return SiteSnapshot(
        closed=tuple((path, kind) for path, kind, _key in closed),
        sites=tuple(sites),
        translated_homes=tuple(translated_homes),
        tags=frozenset(found),
        version=version,
    )


site_snapshots = SiteSnapshots()
