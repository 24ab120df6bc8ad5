"""Asks whether a web address still answers, without being led to an address inside the network.

The name is looked up once, every address that it has must be public, and the connection goes to one of just these: a
name that leads elsewhere a moment later (DNS rebinding) leads nowhere. Each redirect is looked at in the same way.
Nothing that is answered is read but its status line and headers, nothing of it is kept or shown but its kind.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from contextlib import closing, suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Timer
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

from cms.desk.models import LinkProblem

#: Seconds for one step of an answer, and for all of it.
STEP_SECONDS, TOTAL_SECONDS = 10, 20
MOST_REDIRECTS = 5
#: IPv6 addresses that stand for IPv4 ones behind a translator.
TRANSLATED = ip_network("64:ff9b::/96")
GONE = {404, 410}
REDIRECTS = {301, 302, 303, 307, 308}
Address = IPv4Address | IPv6Address


class _Inside(Exception):
    """The name leads to an address that is not public."""


def problem_of(address: str) -> str:
    """What is wrong with an address: one of `LinkProblem`, empty where it answers or does not want to be asked."""
    try:
        for _hop in range(MOST_REDIRECTS + 1):
            status, location = _ask(address)
            if status not in REDIRECTS or not location:
                return LinkProblem.GONE if status in GONE else LinkProblem.NONE
            address = urljoin(address, location)
    except _Inside:
        return LinkProblem.INSIDE
    except socket.gaierror:
        return LinkProblem.NO_HOST
    except (OSError, http.client.HTTPException, ValueError):
        # UnicodeError, of names that are none, is a ValueError.
        return LinkProblem.NO_ANSWER
    return LinkProblem.LOOP


def _ask(address: str) -> tuple[int, str]:
    """The status of the answer, and where it leads; a server that has no HEAD, or says no, is asked by GET."""
    parts = urlsplit(address)
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise ValueError("no web address")
    secure = parts.scheme.lower() == "https"
    host = parts.hostname.encode("idna").decode()
    port = parts.port or (443 if secure else 80)
    status, location = _request("HEAD", parts, host, port, secure)
    if status >= 400:
        status, location = _request("GET", parts, host, port, secure)
    return status, location


def _request(method: str, parts: SplitResult, host: str, port: int, secure: bool) -> tuple[int, str]:
    sock, place = _socket(host, port, secure)
    # A server that sends a byte now and then would hold the whole night's work.
    guard = Timer(TOTAL_SECONDS, _cut, [sock])
    guard.daemon = True
    guard.start()
    try:
        with closing(http.client.HTTPConnection(host, port)) as connection:
            connection.default_port = 443 if secure else 80
            connection.sock = sock
            sock.connect(place)
            connection.request(method, _target(parts), headers=_headers())
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location") or ""
    finally:
        guard.cancel()


def _socket(host: str, port: int, secure: bool) -> tuple[socket.socket, Any]:
    """A socket that is not connected yet, and where it is to connect to."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not all(_is_allowed(ip_address(place[0].partition("%")[0])) for *_kind, place in found):
        raise _Inside
    family, kind, protocol, _name, place = found[0]
    sock = socket.socket(family, kind, protocol)
    sock.settimeout(STEP_SECONDS)
    if secure:
        # Browsers put up with chains of certificates that lack a link. Nothing is told and nothing believed here.
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        sock = context.wrap_socket(sock, server_hostname=host)
    return sock, place


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):
        # The one of TLS would wait for the other side.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _is_allowed(address: Address) -> bool:
    if any(address in network for network in settings.CMS_LINK_CHECK_NETWORKS):
        return True
    if isinstance(address, IPv6Address):
        if address in TRANSLATED:
            return False
        within = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if not all(_is_allowed(each) for each in within if each):
            return False
        if address.ipv4_mapped:
            return True
    return address.is_global and not address.is_multicast


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return f"{path}?{quote(parts.query, safe='/%:@!$&()*+,;=?~-._')}" if parts.query else path


def _headers() -> dict[str, str]:
    return {
        "User-Agent": f"portal-cms link check (+{settings.SITE_URL})",
        "Accept": "*/*",
        "Connection": "close",
    }
