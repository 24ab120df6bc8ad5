"""The one client of Redis in a process, and the one circuit breaker before it."""

from __future__ import annotations

import time
from functools import cache

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

#: Seconds in which Redis answers, or counts as gone.
TIMEOUT = 0.2


class CircuitBreaker:
    """Leaves a service alone for `pause` seconds after it did not answer: requests don't wait for it in turn."""

    def __init__(self, *, pause: float = 1.0) -> None:
        self.pause = pause
        self._closes_at = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the service is left alone for now."""
        return time.monotonic() < self._closes_at

    def trip(self) -> None:
        """Note that the service did not answer."""
        self._closes_at = time.monotonic() + self.pause

    def reset(self) -> None:
        """Ask the service again at once."""
        self._closes_at = 0.0


breaker = CircuitBreaker()


def client() -> redis.Redis:
    """The connection pool of this process; raises RedisError where Redis does not answer in time."""
    return _client(settings.REDIS_URL)


@cache
def _client(url: str) -> redis.Redis:
    # Sent once more, so that a change is announced though an answer was late; rates may count a second twice then.
    return redis.Redis.from_url(
        url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT, retry=Retry(NoBackoff(), 1)
    )
