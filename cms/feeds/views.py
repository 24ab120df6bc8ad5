"""Feeds: `/feeds/articles.rss`, in other languages `/en/feeds/articles.atom`."""

from __future__ import annotations

from io import StringIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import SyndicationFeed
from django.views.decorators.http import require_safe

from cms.feeds.answers import Answers, Refused, Site, site_of
from cms.feeds.formats import FORMATS
from cms.feeds.registry import SOURCES, Entry, FeedSource


def language_of(code: str | None) -> str:
    """The language of an address: the first of the site where it names none; raises Http404."""
    if code == settings.LANGUAGE_CODE or (code and code not in dict(settings.WAGTAIL_CONTENT_LANGUAGES)):
        raise Http404
    return code or settings.LANGUAGE_CODE


@require_safe
def feed(
    request: HttpRequest, name: str, form: str, slug: str | None = None, language: str | None = None
) -> HttpResponse:
    """The newest entries of a registered feed."""
    locale = language_of(language)
    source = SOURCES.get((name, slug is not None))
    if source is None:
        raise Http404
    answers = Answers(request)
    try:
        data = _asked(source, answers, locale, slug)
    except Refused as refused:
        return refused.response
    found = source.read(data, slug or "")
    if found is None:
        raise Http404
    site = site_of(data)
    written = FORMATS[form](
        title=" – ".join(filter(None, [found.title, site.title])),
        link=site.absolute(found.path),
        description=site.title,
        language=locale,
        feed_url=request.build_absolute_uri(request.path),
    )
    for entry in found.entries:
        written.add_item(**_item(entry, site))
    return answers.respond(request, _text(written), content_type=written.content_type)


def _asked(source: FeedSource, answers: Answers, locale: str, slug: str | None) -> dict[str, Any]:
    variables = {"locale": locale, "slug": slug}
    if not source.page:
        return answers.ask(source.query, variables)
    page = answers.ask(source.page_query, variables)["page"]
    if page is None:
        raise Http404
    # By its id: its slug may be the number of another page.
    return {**answers.ask(source.query, {**variables, "id": page["id"]}), "page": page}


def _item(entry: Entry, site: Site) -> dict[str, Any]:
    # A tag URI (RFC 4151) stays the same when the entry gets another address.
    host = urlsplit(site.root).hostname
    return {
        "title": entry.title,
        "link": site.absolute(entry.path),
        "description": entry.summary,
        "author_name": entry.author or None,
        "pubdate": entry.published,
        "updateddate": entry.updated,
        "unique_id": f"tag:{host},{entry.published:%Y-%m-%d}:{entry.node_id}",
        "unique_id_is_permalink": False,
        "categories": entry.categories,
        "image": entry.image,
    }


def _text(written: SyndicationFeed) -> str:
    out = StringIO()
    written.write(out, "utf-8")
    return out.getvalue()
