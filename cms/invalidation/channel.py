"""Telling all processes that content has changed: a value that is another one after each change.

A process that finds the value that it knows in Redis need not ask the database. Without Redis it asks each time.
"""

from __future__ import annotations

import logging
import secrets
from threading import local

import redis
from django.conf import settings
from redis.exceptions import RedisError

from cms.operations.redis import breaker, client

logger = logging.getLogger(__name__)

KEY = "cms:changed"


class Ear(local):
    """A connection of this thread that reads keys, and nothing else.

    Each kept answer waits for it: the client's pool, retries and instruments would take three times as long as Redis.
    """

    connection: redis.Connection | None = None

    def ask(self, *keys: str) -> list[bytes | None]:
        """The values of some keys; raises RedisError, and begins with a new connection the next time."""
        try:
            if self.connection is None:
                connection = client().connection_pool.make_connection()
                connection.connect()
                self.connection = connection
            self.connection.send_packed_command(
                self.connection.pack_command("MGET", *keys), check_health=False
            )
            return self.connection.read_response()
        except BaseException:
            # Whatever it was, half an answer may still be on its way: nothing else is asked over this connection.
            if self.connection is not None:
                self.connection.disconnect()
            self.connection = None
            raise


ear = Ear()


def announce() -> None:
    """Tell that content has changed; after the commit. A failure is logged: others ask the database soon anyway."""
    if not settings.REDIS_URL:
        return
    try:
        client().set(KEY, secrets.token_hex(8))
    except RedisError as error:
        logger.warning("a change of content was not announced: %s", error)


def announced() -> bytes | None:
    """The value of the last announcement; None where nobody knows."""
    if not settings.REDIS_URL or breaker.is_open:
        return None
    try:
        return ear.ask(KEY)[0]
    except RedisError as error:
        logger.warning("announcements cannot be read, the database is asked: %s", error)
        breaker.trip()
        return None
