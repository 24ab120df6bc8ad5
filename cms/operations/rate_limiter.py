"""How often one client may ask, counted over all processes: in Redis, or in the database where there is none.

A process counts what it sees and adds it to the shared count at most once a second for each client, so that counting
costs next to nothing (docs/decisions/0020-own-rate-limiter.md); in between it goes by the count that it knows. Windows
are fixed: a client has `requests` in each period of `seconds`. Where the shared count does not answer, each process
counts alone.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import time
from dataclasses import dataclass
from functools import cache, lru_cache
from ipaddress import IPv4Network, IPv6Network
from threading import Lock

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from redis.exceptions import RedisError

from cms.operations.client_ip import client_network, parse_ip
from cms.operations.lru import LRUCache
from cms.operations.models import RateCount
from cms.operations.redis import breaker, client

logger = logging.getLogger(__name__)

SHARED_EVERY = 1.0  # seconds
MAX_CLIENTS = 20_000
#: Of so many new counts, one sees to it that those of windows that have ended are deleted.
DELETE_EVERY = 100
#: How long SQLite may wait for another's write before the count stays with the process.
BUSY_MILLISECONDS = 50


@dataclass(frozen=True)
class RateLimit:
    """So many requests in so many seconds."""

    requests: int
    seconds: int


@dataclass(frozen=True)
class Quota:
    """What a client has left of its limit, and in how many seconds it has all of it again."""

    kind: str
    limit: RateLimit
    remaining: int
    reset: int

    @property
    def is_exceeded(self) -> bool:
        return self.remaining < 0

    @property
    def headers(self) -> dict[str, str]:
        """https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/, and Retry-After once exceeded."""
        headers = {
            "RateLimit-Policy": f'"{self.kind}";q={self.limit.requests};w={self.limit.seconds}',
            "RateLimit": f'"{self.kind}";r={max(self.remaining, 0)};t={self.reset}',
        }
        return {**headers, "Retry-After": str(self.reset)} if self.is_exceeded else headers


@dataclass
class Count:
    """What a process knows of one client in one window."""

    shared: int = 0
    pending: int = 0
    shared_at: float = float("-inf")


class RateLimiter:
    """The counts of one process."""

    def __init__(self) -> None:
        self._counts: LRUCache[str, Count] = LRUCache(lambda: MAX_CLIENTS)
        self._lock = Lock()

    def consume(self, kind: str, address: str, amount: int = 1) -> Quota | None:
        """Count `amount` for a client; None where its kind of request has no limit, or it is exempt."""
        configured = settings.CMS_RATE_LIMITS.get(kind)
        if configured is None or is_exempt(address):
            return None
        limit = RateLimit(*configured)
        now = time.time()
        window = int(now // limit.seconds)
        key = _key(kind, address, window)
        count = self._add(key, amount)
        known = count.shared + count.pending
        # Who has exceeded its limit has done so until the window ends: the shared count need not tell it again.
        if count.shared <= limit.requests and time.monotonic() - count.shared_at >= SHARED_EVERY:
            known = self._share(key, count, (window + 1) * limit.seconds)
        return Quota(kind, limit, limit.requests - known, int((window + 1) * limit.seconds - now) + 1)

    def clear(self) -> None:
        """Begin anew, in this process."""
        self._counts.clear()

    def _add(self, key: str, amount: int) -> Count:
        with self._lock:
            count = self._counts.get(key)
            if count is None:
                count = Count()
                self._counts.put(key, count)
            count.pending += amount
            return count

    def _share(self, key: str, count: Count, ends: int) -> int:
        with self._lock:
            count.shared_at = time.monotonic()
            amount, count.pending = count.pending, 0
        total = _add_to_shared(key, amount, ends)
        with self._lock:
            count.shared = max(count.shared + amount if total is None else total, count.shared)
            return count.shared + count.pending


def is_exempt(address: str) -> bool:
    """Whether a client may ask as often as it likes: one of ours, such as a frontend's server."""
    return _lies_in(address, frozenset(settings.CMS_RATE_EXEMPT))


@lru_cache(maxsize=5_000)
def _lies_in(address: str, networks: frozenset[IPv4Network | IPv6Network]) -> bool:
    parsed = parse_ip(address)
    return parsed is not None and any(parsed in network for network in networks)


@cache
def _salt(secret: str) -> bytes:
    return hashlib.blake2b(b"cms.operations.rates" + secret.encode()).digest()


def _key(kind: str, address: str, window: int) -> str:
    # A keyed digest: no address of a reader is kept anywhere.
    data = f"{kind}:{client_network(address)}:{window}".encode("utf-8", "surrogateescape")
    return hashlib.blake2b(data, key=_salt(settings.SECRET_KEY), digest_size=16).hexdigest()


def _add_to_shared(key: str, amount: int, ends: int) -> int | None:
    """Add to the count of all processes; the new count, or None where it does not answer."""
    try:
        if not settings.REDIS_URL:
            return _add_in_database(key, amount, ends)
        return None if breaker.is_open else _add_in_redis(key, amount, ends)
    except RedisError as error:
        breaker.trip()
        logger.warning("each process counts rates alone after an error of Redis: %s", error)
    except DatabaseError as error:
        logger.warning("each process counts rates alone, the database does not answer: %s", error)
    return None


def _add_in_redis(key: str, amount: int, ends: int) -> int:
    pipeline = client().pipeline(transaction=False)
    pipeline.incrby(f"cms:rate:{key}", amount)
    pipeline.expireat(f"cms:rate:{key}", ends)
    return pipeline.execute()[0]


COUNT = """
INSERT INTO operations_ratecount (key, count, ends) VALUES (%s, %s, %s)
ON CONFLICT (key) DO UPDATE SET count = operations_ratecount.count + excluded.count RETURNING count
"""


def _add_in_database(key: str, amount: int, ends: int) -> int:
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            return _add_row(key, amount, ends)
        # A reader does not wait for an editor's import to end.
        cursor.execute("PRAGMA busy_timeout")
        timeout = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        try:
            return _add_row(key, amount, ends)
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {timeout}")


def _add_row(key: str, amount: int, ends: int) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(COUNT, [key, amount, ends])
        count = cursor.fetchone()[0]
    if count == amount and secrets.randbelow(DELETE_EVERY) == 0:
        RateCount.objects.filter(ends__lt=time.time()).delete()
    return count


rate_limiter = RateLimiter()
