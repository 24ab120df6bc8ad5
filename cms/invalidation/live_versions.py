"""Figures that move all the time, votes for one, without a change of content.

They have tags of their own (`poll:3`), which no log of changes keeps: an answer that shows them remembers how they
stood, and a look at their pulse tells whether it still holds. Who moves them leaves a mark in Redis; where there is
none, their own table is asked.
"""

from __future__ import annotations

import logging
import math
import secrets
from collections.abc import Callable, Iterable

from django.conf import settings
from django.db import transaction
from redis.exceptions import RedisError

from cms.operations.redis import breaker, client
from cms.publishing.announcements import ear
from cms.publishing.freshness import TRUST

logger = logging.getLogger(__name__)

PREFIX = "cms:pulse:"
#: How to read the pulses of some ids from the database, by the kind before the colon of their tags.
_readers: dict[str, Callable[[list[int]], dict[int, int]]] = {}


def register(kind: str, read: Callable[[list[int]], dict[int, int]]) -> None:
    """Say how the pulses of `kind:id` are read: any number that is another one after each move."""
    _readers[kind] = read


def kind_of(tag: str) -> str:
    """The kind of the figures that have a tag: `poll` for `poll:3`, `visits` for `visits`."""
    return tag.partition(":")[0]


def moved(tag: str) -> None:
    """Note that the figures of `tag` moved; to be called in the transaction in which they do."""
    if are_marked():
        transaction.on_commit(lambda: _mark(tag))


def are_marked() -> bool:
    """Whether who moves figures leaves a mark, so that nobody has to ask their tables."""
    return bool(settings.REDIS_URL)


def _mark(tag: str) -> None:
    try:
        client().set(PREFIX + tag, secrets.token_hex(8))
    except RedisError as error:
        # An answer with such figures lives for seconds only.
        logger.warning("the pulse of %s was not announced: %s", tag, error)


def max_age(tags: Iterable[str]) -> float:
    """Seconds after which these figures are read anew although nothing told that they moved."""
    if not all(kind_of(tag) in _readers for tag in tags):
        return settings.CMS_LIVE_FIGURES_SECONDS
    # Redis can lose a mark; tables lose nothing.
    return TRUST if are_marked() else math.inf


def marks(tags: Iterable[str]) -> dict[str, object]:
    """The marks of these tags, where there are marks; none where their tables tell as much."""
    tags = sorted(tag for tag in tags if kind_of(tag) in _readers)
    if not tags or not are_marked():
        return {}
    if breaker.is_open:
        return {}
    try:
        found = ear.ask(*(PREFIX + tag for tag in tags))
        return {tag: mark or b"never moved" for tag, mark in zip(tags, found, strict=True)}
    except RedisError as error:
        logger.warning("marks of moving figures cannot be read: %s", error)
        breaker.trip()
        return {}


def pulses(tags: Iterable[str]) -> dict[str, object]:
    """How the figures of these tags stand: the same as they were in an answer if none has moved since."""
    found: dict[str, object] = dict.fromkeys(tags) | marks(tags)
    if are_marked():
        return found
    for kind, read in _readers.items():
        ids = [int(tag.partition(":")[2]) for tag in found if kind_of(tag) == kind]
        if ids:
            sums = read(ids)
            found |= {f"{kind}:{each}": sums.get(each, 0) for each in ids}
    return found
