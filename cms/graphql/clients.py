"""Who sends a request, as far as it can be believed."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address: the peer's, or what the trusted proxies before us say.

    Of X-Forwarded-For only the last TRUSTED_PROXY_HOPS entries are ours; what stands left of them anybody may write.
    """
    hops = settings.TRUSTED_PROXY_HOPS
    forwarded = [
        part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()
    ]
    if hops and len(forwarded) >= hops:
        return forwarded[-hops]
    return request.META.get("REMOTE_ADDR", "")
