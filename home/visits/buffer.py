"""Page views in Redis, on their way to the figures of their day.

A buffer is a row of numbered batches. Page views go into the open one; to count them, a server closes it, which opens
the next, reads it, adds it to the figures and deletes it. The number goes into the database together with the figures
(`counting.py`): a batch that is read by two servers, or whose reader dies before it deletes it, counts once.
A Redis that has lost its memory begins a buffer of another name, whose numbers begin anew.

Nothing here raises what Redis does: who gets no answer goes by the database, and leaves Redis alone for a second.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache, wraps
from typing import Any

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from home.visits.scripts import ADD, CLAIM, CLOSE, DELETE, KEY, WAITING

logger = logging.getLogger(__name__)

TIMEOUT = 0.5  # seconds
PAUSE = 1.0  # seconds
#: Visitors of a batch, of which an answer about who is online takes account. Where there are more, it is as old as what
#: is counted: half a second.
MAX_SEEN = 500
#: Days of which there can be page views in a batch.
MAX_DAYS = 1000


@dataclass(frozen=True)
class Batch:
    """Page views by day, and when each visitor, a day and a digest, was last seen."""

    buffer: str
    number: int
    views: dict[date, int]
    seen: dict[tuple[date, str], datetime]


@dataclass(frozen=True)
class Waiting:
    """The page views that are in a buffer, by the numbers of their batches and by day."""

    buffer: str = ""
    views: dict[int, dict[date, int]] = field(default_factory=dict)

    def after(self, counted: int) -> dict[date, int]:
        """Those that are not in the figures, where these hold all batches up to `counted`."""
        found: dict[date, int] = {}
        for number, views in self.views.items():
            for day, count in views.items() if number > counted else ():
                found[day] = found.get(day, 0) + count
        return found


class Silence:
    """Until when Redis is not asked, because it did not answer."""

    until = 0.0


class Taken(Enum):
    """What became of a page view that Redis was to take down."""

    YES = 1
    NO = 2
    #: It was asked and did not answer: it may have it, or get it when it goes on.
    UNKNOWN = 3


def _or_else(nothing: Any, *, unanswered: Any = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`nothing` where Redis is not asked; `unanswered`, or `nothing`, where it is asked and does not answer."""

    def decorate(ask: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(ask)
        def asked(*args: Any) -> Any:
            if not settings.REDIS_URL or time.monotonic() < Silence.until:
                return nothing
            try:
                return ask(*args)
            except RedisError as error:
                Silence.until = time.monotonic() + PAUSE
                logger.warning("visits go by the database, Redis does not answer: %s", error)
                return unanswered or nothing

        return asked

    return decorate


@_or_else(Taken.NO, unanswered=Taken.UNKNOWN)
def add(day: date, digest: str, now: datetime, ticket: str) -> Taken:
    """Put a page view into the buffer."""
    arguments = [str(day), digest, _milliseconds(now), secrets.token_hex(8), ticket]
    _script(settings.REDIS_URL, ADD)([KEY], arguments)
    return Taken.YES


@_or_else(None)
def claim(at: datetime, ticket: str) -> bool | None:
    """Whether a page view of which nobody knew is not in the buffer, and never will be; None where nobody knows yet."""
    return bool(_script(settings.REDIS_URL, CLAIM)([KEY], [_milliseconds(at), ticket]))


@_or_else(None)
def close() -> tuple[str, range] | None:
    """Close the open batch; the buffer's name and the numbers of all that are closed. None where there is no buffer."""
    found = _script(settings.REDIS_URL, CLOSE)([KEY])
    if not found:
        return None
    name, first, last = found
    return name.decode(), range(first, last + 1)


@_or_else(None)
def read(buffer: str, number: int) -> Batch | None:
    """A closed batch: what nobody changes any more. Empty where it was deleted."""
    pipeline = _client(settings.REDIS_URL).pipeline(transaction=True)
    pipeline.hgetall(f"{KEY}:{buffer}:{number}:views")
    pipeline.hgetall(f"{KEY}:{buffer}:{number}:seen")
    views, seen = pipeline.execute()
    return Batch(
        buffer,
        number,
        {_day(day): int(count) for day, count in views.items()},
        {_visitor(visitor): _moment(at) for visitor, at in seen.items()},
    )


@_or_else(None)
def delete(batch: Batch) -> None:
    """Take a batch out of the buffer: it is in the figures."""
    _script(settings.REDIS_URL, DELETE)([KEY], [batch.buffer, batch.number])


@_or_else(Waiting())
def waiting() -> Waiting:
    """What is in the buffer."""
    found = _script(settings.REDIS_URL, WAITING)([KEY], ["views", MAX_DAYS])
    if not found:
        return Waiting()
    batches = zip(found[1::2], (_pairs(each) for each in found[2::2]), strict=True)
    views = {number: {_day(day): int(count) for day, count in counts} for number, counts in batches}
    return Waiting(found[0].decode(), views)


@_or_else(frozenset())
def seen_since(since: datetime) -> frozenset[str]:
    """The digests in the buffer of who was seen after a moment; none of batches with more than MAX_SEEN."""
    found = _script(settings.REDIS_URL, WAITING)([KEY], ["seen", MAX_SEEN])
    pairs = [pair for each in found[2::2] for pair in _pairs(each)]
    return frozenset(_visitor(visitor)[1] for visitor, at in pairs if _moment(at) > since)


@cache
def _client(url: str) -> redis.Redis:
    # Nothing is sent a second time by itself: it might count twice.
    return redis.Redis.from_url(
        url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT, retry=Retry(NoBackoff(), 0)
    )


@cache
def _script(url: str, source: str) -> Callable[..., Any]:
    return _client(url).register_script(source)


def _pairs(flat: list[bytes]) -> list[tuple[bytes, bytes]]:
    return list(zip(flat[::2], flat[1::2], strict=True))


def _day(text: bytes) -> date:
    return date.fromisoformat(text.decode())


def _visitor(text: bytes) -> tuple[date, str]:
    day, _blank, digest = text.decode().partition(" ")
    return date.fromisoformat(day), digest


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _moment(milliseconds: bytes) -> datetime:
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC)
