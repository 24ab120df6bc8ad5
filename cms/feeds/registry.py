"""What stands in feeds: a content app registers it in its module `feeds`, as a GraphQL selection and how to read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One thing in a feed. `path` is its address within the site, `image` a whole one; `node_id` never changes."""

    node_id: str
    path: str
    title: str
    summary: str
    published: datetime
    updated: datetime | None = None
    author: str = ""
    categories: list[str] = field(default_factory=list)
    image: str = ""


@dataclass(frozen=True)
class Feed:
    """A feed: its title beside the site's own (may be empty), the page that it is about, and the newest entries."""

    title: str
    path: str
    entries: list[Entry]


@dataclass(frozen=True)
class FeedSource:
    """How a feed is asked for. `read` makes it of the answer and the slug; None where there is nothing of that name."""

    name: str
    selection: str
    read: Callable[[dict[str, Any], str], Feed | None]
    variables: str
    is_news: bool
    page: str

    @property
    def query(self) -> str:
        """The whole document; variables that a source does not declare are not used in it."""
        site = f"site {{ isDefaultSite rootUrl siteName title: {SiteTitle.field} }}"
        return f"query Feed($locale: String!{self.variables}) {{ {site} {self.selection} }}"

    @property
    def page_query(self) -> str:
        """The document that finds the page that the address names, where the feed is of one."""
        page = (
            f'page(slug: $slug, contentType: "{self.page}", locale: $locale, inSite: true) {{ id title url }}'
        )
        return f"query FeedPage($locale: String!, $slug: String!) {{ {page} }}"


class SiteTitle:
    """The field of the type Site that says what a site is called, with `$locale`."""

    field = "siteName"


#: By name, and whether they are of one thing, which the address names.
SOURCES: dict[tuple[str, bool], FeedSource] = {}


def register_feed(
    name: str,
    *,
    selection: str,
    read: Callable[[dict[str, Any], str], Feed | None],
    of_one: str = "",
    of_page: str = "",
    is_news: bool = False,
) -> None:
    """Add the feed `/feeds/NAME.rss`, also as Atom and JSON.

    `selection` is what to select of Query, with `$locale`. `of_one` declares the variable `$slug` or `$id`: the feed
    is then `/feeds/NAME/SLUG.rss`, and `$slug` the last part of its address. `of_page` is the type of the page whose
    slug that is, such as `campaigns.CampaignPage`: `$id` is its id, and the answer has it as `page`. `is_news` puts
    the entries of the last two days into the sitemap of news.
    """
    variables = f", {of_one}" if of_one else ""
    SOURCES[name, bool(of_one)] = FeedSource(name, selection, read, variables, is_news, of_page)


def call_sites(selected: str) -> None:
    """Say by which field of the type Site a site is called, such as `name(locale: $locale)`."""
    SiteTitle.field = selected
