"""From which pages a mutation may come: those of our frontends, and our own.

A browser asks before it sends JSON to another site (CORS), but not every program that sends a reader's cookies is a
browser that asks. Programs that are no browser send neither header: they have no reader's cookies either.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

#: What a browser says of a request that no other site has caused (https://www.w3.org/TR/fetch-metadata/).
OWN_SITES = {"same-origin", "none"}


def is_cross_origin(request: HttpRequest) -> bool:
    """Whether a browser says that a page of a site which is not listed has caused this request."""
    origin = request.META.get("HTTP_ORIGIN")
    if origin is None:
        return request.META.get("HTTP_SEC_FETCH_SITE", "none") not in OWN_SITES
    own = f"{request.scheme}://{request.get_host()}"
    return origin not in {own, settings.SITE_ORIGIN, *settings.CORS_ALLOWED_ORIGINS}
