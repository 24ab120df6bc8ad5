"""The newest articles in feeds: all of them, those of a category, those on a campaign."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cms.feeds.registry import Entry, Feed, register_feed

ENTRIES = """nodes {
  nodeId url title summary publishedAt lastPublishedAt author category { name } tags
  heroImage { rendition(preset: SOCIAL) { url } }
}"""


def entries_of(data: dict[str, Any]) -> list[Entry]:
    """The articles in an answer, as entries."""
    return [_entry(node) for node in data["articles"]["nodes"]]


def _entry(node: dict[str, Any]) -> Entry:
    category = [node["category"]["name"]] if node["category"] else []
    rendition = (node["heroImage"] or {}).get("rendition") or {}
    updated = node["lastPublishedAt"]
    return Entry(
        node_id=node["nodeId"],
        path=node["url"],
        title=node["title"],
        summary=node["summary"],
        published=datetime.fromisoformat(node["publishedAt"]),
        updated=datetime.fromisoformat(updated) if updated else None,
        author=node["author"],
        categories=list(dict.fromkeys([*category, *node["tags"]])),
        image=rendition.get("url") or "",
    )


def _all(data: dict[str, Any], slug: str) -> Feed:
    return Feed("", "/", entries_of(data))


def _of_category(data: dict[str, Any], slug: str) -> Feed | None:
    names = {each["slug"]: each["name"] for each in data["articleCategories"]}
    return Feed(names[slug], "/", entries_of(data)) if slug in names else None


def _of_campaign(data: dict[str, Any], slug: str) -> Feed:
    return Feed(data["page"]["title"], data["page"]["url"], entries_of(data))


register_feed(
    "articles",
    selection=f"articles(first: 100, locale: $locale) {{ {ENTRIES} }}",
    read=_all,
    is_news=True,
)
register_feed(
    "categories",
    of_one="$slug: String!",
    selection=f"""
      articleCategories {{ slug name }}
      articles(first: 50, locale: $locale, filter: {{ category: $slug }}) {{ {ENTRIES} }}
    """,
    read=_of_category,
)
register_feed(
    "campaigns",
    of_one="$id: ID!",
    of_page="campaigns.CampaignPage",
    selection=f"articles(first: 50, locale: $locale, filter: {{ campaign: $id }}) {{ {ENTRIES} }}",
    read=_of_campaign,
)
