"""Requests to servers of others, without being led to an address inside the network.

The name is looked up once, every address that it has must be public or in `networks`, and the connection goes to one
of just these: a name that leads elsewhere a moment later (DNS rebinding) leads nowhere. No redirect is followed here.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Collection, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from threading import Timer
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

#: IPv6 addresses that stand for IPv4 ones behind a translator.
TRANSLATED = ip_network("64:ff9b::/96")
#: What `request` raises of an address that is none or a server that does not answer. UnicodeError, of names that are
#: none, is a ValueError.
ERRORS = (OSError, http.client.HTTPException, ValueError)


class InsideError(Exception):
    """The name leads to an address that is not public."""


class NoHostError(Exception):
    """There is no such host."""


class PlainError(Exception):
    """The address would be asked in the open."""


@dataclass(frozen=True)
class Rules:
    """How a server is asked.

    `networks` of ours may be asked, too. `step_seconds` for one step and `total_seconds` for all of it; `most_bytes`
    of the body are read. `is_verified`: certificates count, and what is not in `networks` is asked by TLS only.
    """

    networks: Collection[Network] = ()
    step_seconds: float = 10
    total_seconds: float = 20
    most_bytes: int = 0
    is_verified: bool = True


@dataclass(frozen=True)
class Answer:
    """What a server said: its status, where it would lead, and the beginning of its body."""

    status: int
    location: str
    body: bytes


def request(
    method: str, url: str, *, headers: Mapping[str, str], rules: Rules, body: bytes | None = None
) -> Answer:
    """Ask once. Raises NoHostError, InsideError, PlainError, or one of `ERRORS`."""
    parts = urlsplit(url)
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise ValueError("no web address")
    is_secure = parts.scheme.lower() == "https"
    host = parts.hostname.encode("idna").decode()
    port = parts.port or (443 if is_secure else 80)
    sock, place = _socket(host, port, is_secure, rules)
    # A server that sends a byte now and then would hold whoever asks.
    guard = Timer(rules.total_seconds, _cut, [sock])
    guard.daemon = True
    guard.start()
    try:
        with closing(http.client.HTTPConnection(host, port)) as connection:
            connection.default_port = 443 if is_secure else 80
            connection.sock = sock
            sock.connect(place)
            connection.request(method, _target(parts), body=body, headers=dict(headers))
            answer = connection.getresponse()
            start = answer.read(rules.most_bytes) if rules.most_bytes else b""
            return Answer(answer.status, answer.getheader("Location") or "", start)
    finally:
        guard.cancel()


def _socket(host: str, port: int, is_secure: bool, rules: Rules) -> tuple[socket.socket, Any]:
    """A socket that is not connected yet, and where it is to connect to."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise NoHostError from error
    addresses = [ip_address(str(place[0]).partition("%")[0]) for *_kind, place in found]
    if not all(_is_allowed(address, rules.networks) for address in addresses):
        raise InsideError
    is_ours = all(_is_in(address, rules.networks) for address in addresses)
    if rules.is_verified and not is_secure and not is_ours:
        raise PlainError
    family, kind, protocol, _name, place = found[0]
    sock = socket.socket(family, kind, protocol)
    sock.settimeout(rules.step_seconds)
    if is_secure:
        context = ssl.create_default_context()
        if not rules.is_verified:
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        sock = context.wrap_socket(sock, server_hostname=host)
    return sock, place


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):
        # The one of TLS would wait for the other side.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _is_in(address: Address, networks: Collection[Network]) -> bool:
    return any(address in network for network in networks)


def _is_allowed(address: Address, networks: Collection[Network]) -> bool:
    if _is_in(address, networks):
        return True
    if isinstance(address, IPv6Address):
        if address in TRANSLATED:
            return False
        within = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if not all(_is_allowed(each, networks) for each in within if each):
            return False
        if address.ipv4_mapped:
            return True
    return address.is_global and not address.is_multicast


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return f"{path}?{quote(parts.query, safe='/%:@!$&()*+,;=?~-._')}" if parts.query else path
