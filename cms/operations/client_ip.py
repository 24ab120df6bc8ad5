"""The address of a client, as far as it can be believed, and the network that counts as one client."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings

#: A household or an office has one such network of IPv6 addresses, and can use all of them.
IPV6_PREFIX = 64


def client_ip(environ: Mapping[str, Any]) -> str:
    """The client's address, from a WSGI environment or `request.META`: the peer's, or what our proxies say.

    Of X-Forwarded-For only the last TRUSTED_PROXY_HOPS entries are ours; what stands left of them anybody may write.
    For a client that came through fewer proxies it is the first entry, and not the last proxy: a proxy is exempt from
    rate limits.
    """
    if hops := settings.TRUSTED_PROXY_HOPS:
        forwarded = [part.strip() for part in environ.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if ours := [part for part in forwarded if part][-hops:]:
            return ours[0]
    return environ.get("REMOTE_ADDR", "")


@lru_cache(maxsize=5_000)
def client_network(address: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 of an IPv6 address; what is neither, unchanged."""
    parsed = parse_ip(address)
    if parsed is not None and parsed.version == 6:
        return str(ip_network((parsed, IPV6_PREFIX), strict=False))
    return str(parsed or address)


def parse_ip(address: str) -> IPv4Address | IPv6Address | None:
    """An address, IPv4 within IPv6 as IPv4; None for what is none."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed
