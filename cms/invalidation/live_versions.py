"""Versions of live figures: votes, for one, change all the time without a change of content.

Such figures have tags of their own (`poll:3`), which the log of changes doesn't keep. A cached response that shows them
remembers their versions, and is fresh while these are the same. Whoever changes figures bumps their version in Redis;
without Redis the version is read from the figures' own table.
"""

from __future__ import annotations

import logging
import math
import secrets
from collections.abc import Callable, Collection, Iterable

from django.conf import settings
from django.db import transaction
from redis.exceptions import RedisError

from cms.invalidation.channel import reader
from cms.invalidation.tag_versions import MAX_STALENESS
from cms.operations.redis import breaker, client

logger = logging.getLogger(__name__)

PREFIX = "cms:live:"
NEVER_BUMPED = b"never"
#: Read the versions of some ids from the database, by the kind before the colon of their tags.
_from_tables: dict[str, Callable[[list[int]], dict[int, int]]] = {}


def register(kind: str, read: Callable[[list[int]], dict[int, int]]) -> None:
    """Register how to read the versions of `kind:id`: any number that differs after each change."""
    _from_tables[kind] = read


def kind_of(tag: str) -> str:
    """The kind of the figures that have a tag: `poll` for `poll:3`, `visits` for `visits`."""
    return tag.partition(":")[0]


def bump(tag: str) -> None:
    """Give the figures of `tag` a new version; called in the transaction that changes them."""
    if are_in_redis():
        transaction.on_commit(lambda: _bump(tag))


def are_in_redis() -> bool:
    """Whether versions come from Redis, not from the tables."""
    return bool(settings.REDIS_URL)


def _bump(tag: str) -> None:
    try:
        client().set(PREFIX + tag, secrets.token_hex(8))
    except RedisError as error:
        # `max_age` bounds what this can do.
        logger.warning("the new version of %s was not published: %s", tag, error)


def max_age(tags: Collection[str]) -> float:
    """Seconds after which these figures are read again although their versions are the same."""
    if not tags:
        return math.inf
    if not all(kind_of(tag) in _from_tables for tag in tags):
        return settings.CMS_LIVE_FIGURES_SECONDS
    # Redis can lose a version, tables can't.
    return MAX_STALENESS if are_in_redis() else math.inf


def versions(tags: Iterable[str]) -> dict[str, object]:
    """The versions of these figures; None for a version that is unknown."""
    found: dict[str, object] = dict.fromkeys(tags)
    if are_in_redis():
        return found | _read_from_redis(sorted(tag for tag in found if kind_of(tag) in _from_tables))
    for kind, read in _from_tables.items():
        ids = [int(tag.partition(":")[2]) for tag in found if kind_of(tag) == kind]
        if ids:
            numbers = read(ids)
            found |= {f"{kind}:{each}": numbers.get(each, 0) for each in ids}
    return found


def _read_from_redis(tags: list[str]) -> dict[str, object]:
    if not tags or breaker.is_open:
        return {}
    try:
        values = reader.read(*(PREFIX + tag for tag in tags))
    except RedisError as error:
        logger.warning("versions of live figures cannot be read: %s", error)
        breaker.trip()
        return {}
    return {tag: value or NEVER_BUMPED for tag, value in zip(tags, values, strict=True)}
