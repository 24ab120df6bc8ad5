"""Sitemaps of a site: an index, all pages with their pictures and translations, and the news of two days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.feeds.answers import Answers, Refused, site_of
from cms.feeds.registry import SOURCES

#: Addresses of one sitemap, and of all: the protocol has 50,000 for one.
PART, MOST = 500, 50_000
#: How long an article is news: https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
NEWS = timedelta(days=2)
MOST_NEWS = 1_000
CURSORS = f"""query Cursors($after: String) {{
  routes(first: {PART}, after: $after) {{ pageInfo {{ hasNextPage endCursor }} }}
}}"""
ROUTES = f"""query Sitemap($after: String) {{
  site {{ isDefaultSite rootUrl siteName }}
  routes(first: {PART}, after: $after) {{
    nodes {{
      url lastPublishedAt changeFrequency alternates {{ locale url }}
      image {{ rendition(preset: SOCIAL) {{ url }} }}
    }}
  }}
}}"""
XML = "application/xml; charset=utf-8"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Which sitemaps there are."""
    answers = Answers(request)
    pages = request.build_absolute_uri(reverse("sitemap_pages"))
    try:
        cursors = list(_cursors(answers))
    except Refused as refused:
        return refused.response
    found = [pages, *(f"{pages}?after={quote(cursor)}" for cursor in cursors)]
    if any(source.is_news for source in SOURCES.values()):
        found.append(request.build_absolute_uri(reverse("sitemap_news")))
    body = render_to_string("feeds/sitemap_index.xml", {"sitemaps": found})
    return answers.respond(request, body, content_type=XML)


@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """Public pages after a cursor, in the order of the tree."""
    answers = Answers(request)
    try:
        data = answers.ask(ROUTES, {"after": request.GET.get("after") or None})
    except Refused as refused:
        return refused.response
    site = site_of(data)
    entries = [
        {
            **route,
            "loc": site.absolute(route["url"]),
            "image": ((route["image"] or {}).get("rendition") or {}).get("url"),
            "alternates": [
                {"locale": each["locale"], "loc": site.absolute(each["url"])}
                for each in route["alternates"]
                if each["url"]
            ],
        }
        for route in data["routes"]["nodes"]
    ]
    body = render_to_string("feeds/sitemap.xml", {"entries": entries})
    return answers.respond(request, body, content_type=XML)


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What registered feeds have of the last two days, in all languages."""
    answers = Answers(request)
    try:
        entries = list(_news(answers))[:MOST_NEWS]
    except Refused as refused:
        return refused.response
    body = render_to_string("feeds/sitemap_news.xml", {"entries": entries})
    return answers.respond(request, body, content_type=XML)


def _cursors(answers: Answers) -> Iterator[str]:
    after = None
    for _part in range(MOST // PART):
        page = answers.ask(CURSORS, {"after": after})["routes"]["pageInfo"]
        if not page["hasNextPage"]:
            return
        after = page["endCursor"]
        yield after


def _news(answers: Answers) -> Iterator[dict[str, Any]]:
    since = timezone.now() - NEWS
    for source in [each for each in SOURCES.values() if each.is_news]:
        for language, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
            data = answers.ask(source.query, {"locale": language})
            site, feed = site_of(data), source.read(data, "")
            for entry in feed.entries if feed else ():
                if entry.published > since:
                    yield {
                        "loc": site.absolute(entry.path),
                        "publication": site.title,
                        "language": language,
                        "published": entry.published.isoformat(),
                        "title": entry.title,
                        "image": entry.image,
                    }
