"""The formats of feeds: RSS 2.0 and Atom as Django writes them, and JSON Feed 1.1."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import IO, Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed


class Dated:
    """Mixin: a feed without entries is as old as can be, and so the same each time."""

    def latest_post_date(self) -> datetime:
        dates = [item[name] for item in self.items for name in ("pubdate", "updateddate") if item[name]]
        return max(dates, default=datetime(1970, 1, 1, tzinfo=UTC))


class RssFeed(Dated, Rss201rev2Feed):
    """https://www.rssboard.org/rss-specification"""

    content_type = "application/rss+xml; charset=utf-8"


class AtomFeed(Dated, Atom1Feed):
    """https://www.rfc-editor.org/rfc/rfc4287"""

    content_type = "application/atom+xml; charset=utf-8"


class JsonFeed(SyndicationFeed):
    """https://www.jsonfeed.org/version/1.1/"""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: IO[str], encoding: str) -> None:
        feed = self.feed
        found = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed["title"],
            "home_page_url": feed["link"],
            "feed_url": feed["feed_url"],
            "description": feed["description"],
            "language": feed["language"],
            "items": [_item(item) for item in self.items],
        }
        json.dump(found, outfile, ensure_ascii=False)


def _item(item: dict[str, Any]) -> dict[str, Any]:
    found = {
        "id": item["unique_id"],
        "url": item["link"],
        "title": item["title"],
        "content_text": item["description"],
        "date_published": item["pubdate"].isoformat(),
        "tags": list(item["categories"]),
        "image": item["image"],
    }
    if item["updateddate"]:
        found["date_modified"] = item["updateddate"].isoformat()
    if item["author_name"]:
        found["authors"] = [{"name": item["author_name"]}]
    return {name: value for name, value in found.items() if value or name == "content_text"}


FORMATS: dict[str, type[SyndicationFeed]] = {"rss": RssFeed, "atom": AtomFeed, "json": JsonFeed}
