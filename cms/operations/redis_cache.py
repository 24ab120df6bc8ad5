"""Django's cache in Redis, for whom a Redis that does not answer is an empty one: pages are made anew, and not refused.

What could not be deleted meanwhile would be found again afterwards. This process remembers it, and deletes it before it
asks anything else; within a second of the end of the outage, by the requests that come anyway.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from functools import wraps
from threading import Lock
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from cms.operations.redis import breaker

logger = logging.getLogger(__name__)

#: Seconds; a page's HTML may be large.
TIMEOUT = 0.5
MAX_MISSED = 10_000
_missed: set[tuple[str, Any]] = set()
_lock = Lock()


def _or_else(otherwise: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """What to answer, from the same arguments, while Redis does not."""

    def decorate(ask: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(ask)
        def asked(self: ForgivingRedisCache, *args: Any, **kwargs: Any) -> Any:
            if not breaker.is_open:
                try:
                    self.delete_missed()
                    return ask(self, *args, **kwargs)
                except RedisError as error:
                    breaker.trip()
                    logger.warning("the cache counts as empty after an error of Redis: %s", error)
            return otherwise(self, *args, **kwargs)

        return asked

    return decorate


class ForgivingRedisCache(RedisCache):
    """See above."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {
            "socket_timeout": TIMEOUT,
            "socket_connect_timeout": TIMEOUT,
            "retry": Retry(NoBackoff(), 1),
            **params.get("OPTIONS", {}),
        }
        super().__init__(server, {**params, "OPTIONS": options})

    def delete_missed(self) -> None:
        """Delete what could not be deleted when it should have been."""
        if not _missed:
            return
        with _lock:
            found = list(_missed)
            for key, version in found:
                super().delete(key, version=version)
            _missed.difference_update(found)

    def _miss(self, keys: Iterable[str], version: Any) -> None:
        with _lock:
            if len(_missed) < MAX_MISSED:
                _missed.update((key, version) for key in keys)

    @_or_else(lambda self, key, default=None, version=None: default)
    def get(self, key: str, default: Any = None, version: Any = None) -> Any:
        return super().get(key, default, version)

    @_or_else(lambda self, keys, version=None: {})
    def get_many(self, keys: Iterable[str], version: Any = None) -> Any:
        return super().get_many(keys, version)

    @_or_else(lambda self, key, version=None: False)
    def has_key(self, key: str, version: Any = None) -> bool:
        return bool(super().has_key(key, version))

    # An old value must not be found again: what could not be written is to be deleted.
    @_or_else(lambda self, key, value, timeout=None, version=None: self._miss([key], version))
    def set(self, key: str, value: Any, *args: Any, **kwargs: Any) -> None:
        super().set(key, value, *args, **kwargs)

    @_or_else(lambda self, data, timeout=None, version=None: self._miss(data, version) or list(data))
    def set_many(self, data: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        return super().set_many(data, *args, **kwargs)

    @_or_else(lambda self, key, value, timeout=None, version=None: True)
    def add(self, key: str, value: Any, *args: Any, **kwargs: Any) -> bool:
        return bool(super().add(key, value, *args, **kwargs))

    @_or_else(lambda self, key, timeout=None, version=None: False)
    def touch(self, key: str, *args: Any, **kwargs: Any) -> bool:
        return bool(super().touch(key, *args, **kwargs))

    @_or_else(lambda self, key, version=None: self._miss([key], version) or False)
    def delete(self, key: str, version: Any = None) -> bool:
        return bool(super().delete(key, version))

    @_or_else(lambda self, keys, version=None: self._miss(keys, version))
    def delete_many(self, keys: Iterable[str], version: Any = None) -> None:
        super().delete_many(keys, version)
