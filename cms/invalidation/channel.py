"""The channel by which processes learn that content has changed: a key in Redis with a new value after each change.

A process that finds the value that it knows need not ask the database. Without Redis it asks the database each time.
"""

from __future__ import annotations

import logging
import secrets
from threading import local
from typing import Any

from django.conf import settings
from redis.exceptions import RedisError

from cms.operations.redis import breaker, client

logger = logging.getLogger(__name__)

KEY = "cms:changed"


class ChangeReader(local):
    """A connection to Redis for each thread that only reads keys.

    Each cache hit waits for it: the client's pool, retries and instruments take three times as long as Redis does.
    """

    #: A `redis.Connection`, whose methods have no types.
    connection: Any = None

    def read(self, *keys: str) -> list[bytes | None]:
        """The values of some keys; raises RedisError, and connects again the next time."""
        try:
            if self.connection is None:
                connection: Any = client().connection_pool.make_connection()
                connection.connect()
                self.connection = connection
            self.connection.send_packed_command(
                self.connection.pack_command("MGET", *keys), check_health=False
            )
            return self.connection.read_response()
        except BaseException:
            # Half a response may still be on its way: don't read another one from this connection.
            if self.connection is not None:
                self.connection.disconnect()
            self.connection = None
            raise


reader = ChangeReader()


def publish_change() -> None:
    """Publish that content has changed; called after the commit. If Redis fails, other processes ask the database
    after `tag_versions.MAX_STALENESS`."""
    if not settings.REDIS_URL:
        return
    try:
        client().set(KEY, secrets.token_hex(8))
    except RedisError as error:
        logger.warning("a change of content was not published: %s", error)


def last_change() -> bytes | None:
    """The value of the last published change; None if it is unknown."""
    if not settings.REDIS_URL or breaker.is_open:
        return None
    try:
        return reader.read(KEY)[0]
    except RedisError as error:
        logger.warning("changes cannot be read from Redis, the database is asked: %s", error)
        breaker.trip()
        return None
