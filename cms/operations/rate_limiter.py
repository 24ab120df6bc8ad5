"""How often one client may ask, counted over all processes: in Redis, or in the database where there is none.

A process counts what it sees and adds it to the shared count at most once a second for each client, so that counting
costs next to nothing; in between it goes by the count that it knows. Windows are fixed: a client has `requests` in
each period of `seconds`. Where the shared count does not answer, each process counts alone.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from threading import Lock

import redis
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from redis.exceptions import RedisError

from cms.operations.models import RateCount

logger = logging.getLogger(__name__)

SHARED_EVERY = 1.0  # seconds
MAX_CLIENTS = 20_000
#: A household or an office has one such network of IPv6 addresses, and can use all of them.
IPV6_PREFIX = 64
#: Of so many new counts, one sees to it that those of windows that have ended are deleted.
FORGET_EVERY = 100
#: How long SQLite may wait for another's write before the count stays with the process.
BUSY_MILLISECONDS = 50


@dataclass(frozen=True)
class Rate:
    """So many requests in so many seconds."""

    requests: int
    seconds: int


@dataclass(frozen=True)
class Standing:
    """Where a client stands: how much it has left, and in how many seconds it has all again."""

    kind: str
    rate: Rate
    left: int
    reset: int

    @property
    def is_over(self) -> bool:
        return self.left < 0

    @property
    def headers(self) -> dict[str, str]:
        """https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/, and Retry-After where it is over."""
        headers = {
            "RateLimit-Policy": f'"{self.kind}";q={self.rate.requests};w={self.rate.seconds}',
            "RateLimit": f'"{self.kind}";r={max(self.left, 0)};t={self.reset}',
        }
        return {**headers, "Retry-After": str(self.reset)} if self.is_over else headers


@dataclass
class Count:
    """What a process knows of one client in one window."""

    shared: int = 0
    pending: int = 0
    shared_at: float = float("-inf")


class Rates:
    """The counts of one process."""

    def __init__(self) -> None:
        self._counts: OrderedDict[str, Count] = OrderedDict()
        self._lock = Lock()

    def charge(self, kind: str, address: str, amount: int = 1) -> Standing | None:
        """Count `amount` for a client; None where its kind of request has no limit, or it is exempt."""
        limit = settings.CMS_RATE_LIMITS.get(kind)
        if limit is None or is_exempt(address):
            return None
        rate = Rate(*limit)
        now = time.time()
        window = int(now // rate.seconds)
        key = _key(kind, address, window)
        count = self._add(key, amount)
        known = count.shared + count.pending
        # Who is over its limit stays so until the window ends: nobody needs to hear of it again.
        if count.shared <= rate.requests and time.monotonic() - count.shared_at >= SHARED_EVERY:
            known = self._share(key, count, (window + 1) * rate.seconds)
        return Standing(kind, rate, rate.requests - known, int((window + 1) * rate.seconds - now) + 1)

    def clear(self) -> None:
        """Begin anew, in this process."""
        with self._lock:
            self._counts.clear()

    def _add(self, key: str, amount: int) -> Count:
        with self._lock:
            count = self._counts.setdefault(key, Count())
            self._counts.move_to_end(key)
            count.pending += amount
            while len(self._counts) > MAX_CLIENTS:
                self._counts.popitem(last=False)
            return count

    def _share(self, key: str, count: Count, ends: int) -> int:
        with self._lock:
            count.shared_at = time.monotonic()
            amount, count.pending = count.pending, 0
        try:
            total = shared()(key, amount, ends)
        except (RedisError, DatabaseError):
            logger.warning("rates are counted by each process alone", exc_info=True)
            total = count.shared + amount
        with self._lock:
            count.shared = max(total, count.shared)
            return count.shared + count.pending


def is_exempt(address: str) -> bool:
    """Whether a client may ask as often as it likes: one of ours, such as a frontend's server."""
    return _lies_in(address, frozenset(settings.CMS_RATE_EXEMPT))


@lru_cache(maxsize=5_000)
def _lies_in(address: str, networks: frozenset[IPv4Network | IPv6Network]) -> bool:
    parsed = _parsed(address)
    return parsed is not None and any(parsed in network for network in networks)


@cache
def _salt(secret: str) -> bytes:
    return hashlib.blake2b(b"cms.operations.rates" + secret.encode()).digest()


def _key(kind: str, address: str, window: int) -> str:
    # A keyed digest: no address of a reader is kept anywhere.
    network = network_of(address)
    digest = hashlib.blake2b(
        f"{kind}:{network}:{window}".encode(), key=_salt(settings.SECRET_KEY), digest_size=16
    )
    return digest.hexdigest()


@lru_cache(maxsize=5_000)
def network_of(address: str) -> str:
    """What counts as one client: an IPv4 address, or the network of an IPv6 address."""
    parsed = _parsed(address)
    if parsed is not None and parsed.version == 6:
        return str(ip_network((parsed, IPV6_PREFIX), strict=False))
    return str(parsed or address)


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed


Shared = Callable[[str, int, int], int]


def shared() -> Shared:
    """What adds to the shared count of a key, and answers it; the count is forgotten after a time."""
    return _in_redis if settings.REDIS_URL else _in_database


@cache
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=0.2, socket_connect_timeout=0.2)


def _in_redis(key: str, amount: int, ends: int) -> int:
    pipeline = _client(settings.REDIS_URL).pipeline(transaction=False)
    pipeline.incrby(f"cms:rate:{key}", amount)
    pipeline.expireat(f"cms:rate:{key}", ends)
    return pipeline.execute()[0]


COUNT = """
INSERT INTO operations_ratecount (key, count, ends) VALUES (%s, %s, %s)
ON CONFLICT (key) DO UPDATE SET count = operations_ratecount.count + excluded.count RETURNING count
"""


def _in_database(key: str, amount: int, ends: int) -> int:
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            return _counted(key, amount, ends)
        # A reader does not wait for an editor's import to end.
        cursor.execute("PRAGMA busy_timeout")
        patience = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        try:
            return _counted(key, amount, ends)
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")


def _counted(key: str, amount: int, ends: int) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(COUNT, [key, amount, ends])
        count = cursor.fetchone()[0]
    if count == amount and secrets.randbelow(FORGET_EVERY) == 0:
        RateCount.objects.filter(ends__lt=time.time()).delete()
    return count


rates = Rates()
