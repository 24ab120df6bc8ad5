"""Who sends a request, as far as it can be believed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address: the peer's, or what the trusted proxies before us say."""
    return address_of(request.META)


def address_of(environ: Mapping[str, Any]) -> str:
    """The client's address, from a WSGI environment.

    Of X-Forwarded-For only the last TRUSTED_PROXY_HOPS entries are ours; what stands left of them anybody may write.
    Who came through fewer proxies is the first entry, and not the last proxy: that one asks as often as it likes.
    """
    if hops := settings.TRUSTED_PROXY_HOPS:
        forwarded = [part.strip() for part in environ.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if ours := [part for part in forwarded if part][-hops:]:
            return ours[0]
    return environ.get("REMOTE_ADDR", "")
