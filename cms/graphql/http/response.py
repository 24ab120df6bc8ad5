"""Kept answers as HTTP has them: who may keep them, how long, under which tags, and in which encoding.

https://www.rfc-editor.org/rfc/rfc9110 and https://www.rfc-editor.org/rfc/rfc9111.
"""

from __future__ import annotations

import time
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cms.graphql.cache.store import CacheEntry
from cms.graphql.http.content_negotiation import GRAPHQL, content_type, media_type_of
from cms.graphql.http.encoding import negotiate_encoding, not_modified

#: Where a request's environment says which kept answer it got (`cache/middleware.py`).
ENTRY_KEY = "cms.graphql.entry_key"
#: Where it says that the request was counted against its client's rate.
IS_COUNTED = "cms.graphql.is_counted"
#: The key and the snapshot of a miss in `cache/middleware.py`: the view need not look for that answer again.
SNAPSHOT = "cms.graphql.snapshot"
#: What a request consists of beside its document and its variables, as far as its answer can depend on it.
CACHE_KEY_ENVIRON = (
    "REQUEST_METHOD",
    "wsgi.url_scheme",
    "HTTP_HOST",
    "CONTENT_TYPE",
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_ORIGIN",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
)
#: An answer says by `Origin` which pages of other sites may read it.
VARY = "Accept, Accept-Encoding, Accept-Language, Origin"
#: For answers that are others for who bears a cookie: what is shared does not know who that is.
FOR_BEARERS_OF_A_COOKIE = "private, max-age=0, must-revalidate"


def cache_key_headers(environ: dict[str, Any]) -> tuple[str, ...]:
    """The values of CACHE_KEY_ENVIRON for a request."""
    return tuple([environ.get(name, "") for name in CACHE_KEY_ENVIRON])


def is_personal(environ: dict[str, Any]) -> bool:
    """Whether a request comes from somebody who is logged in: its answer is nobody else's."""
    if "HTTP_AUTHORIZATION" in environ:
        return True
    cookies = environ.get("HTTP_COOKIE")
    return bool(cookies and f"{settings.SESSION_COOKIE_NAME}=" in cookies)


def render(entry: CacheEntry, environ: dict[str, Any]) -> tuple[int, bytes, dict[str, str]]:
    """The status, the body and the headers with which a request gets a kept answer."""
    form = negotiate_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")), media_type_of(environ)
    if (found := entry.encodings.get(form)) is None:
        found = entry.encodings[form] = _encoded(entry, *form)
    body, encoding, shared = found
    kept = FOR_BEARERS_OF_A_COOKIE if entry.cookies else cache_control(entry.expires - time.time())
    headers = {**shared, "Cache-Control": kept}
    if environ["REQUEST_METHOD"] in {"GET", "HEAD"} and not_modified(
        environ.get("HTTP_IF_NONE_MATCH", ""), headers["ETag"]
    ):
        return 304, b"", headers
    if encoding:
        headers["Content-Encoding"] = encoding
    return 200, body, headers


def _encoded(entry: CacheEntry, encoding: str, media_type: str) -> tuple[bytes, str, dict[str, str]]:
    stored = entry.body
    body = stored.encoded(encoding)
    # A short body, or one that would not shrink, comes as it is.
    encoding = encoding if body is not stored.body else ""
    etag = stored.etag("graphql" if media_type == GRAPHQL else "", encoding)
    return body, encoding, {"ETag": etag, **_tag_header(entry), "Vary": VARY}


def _tag_header(entry: CacheEntry) -> dict[str, str]:
    name = settings.CMS_CACHE_TAG_HEADER
    if name == "off":
        return {}
    return {name: entry.tag_list.replace(",", " ") if name == "Surrogate-Key" else entry.tag_list}


def cache_control(seconds: float) -> str:
    """For readers: ask each time. For a CDN: keep it, but not longer than the answer holds; a purge comes sooner.

    Where no CDN is told of tags nobody purges it, and what becomes private would stay there for a while: it asks, too.
    """
    if settings.CMS_CACHE_TAG_HEADER == "off":
        return "public, max-age=0, must-revalidate"
    longest = settings.CMS_EDGE_SECONDS
    # What the clock ends must not be given any more while a newer one is asked for.
    if seconds <= longest:
        return _written(int(max(0, seconds)), 0)
    return _written(longest, settings.CMS_EDGE_STALE_SECONDS)


@lru_cache(maxsize=1000)
def _written(edge: int, stale: int) -> str:
    return f"public, max-age=0, s-maxage={edge}, stale-while-revalidate={stale}"


def respond(entry: CacheEntry, request: HttpRequest) -> HttpResponse:
    """A kept answer as Django's response."""
    status, body, headers = render(entry, request.META)
    media_type = media_type_of(request.META)
    return HttpResponse(body, status=status, content_type=content_type(media_type), headers=headers)
