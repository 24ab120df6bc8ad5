"""Counts that are kept: to count all public rows takes the longer the more there are, and they rarely change.

Each process keeps its own, a bounded number of bytes, under the statement that counts and its values, so that a count
is never taken for that of other rows or of another public rule. A count carries the tags of what it was made of, as an
answer does (`cache/store.py`), but does without the answer cache: that a request knows the changes up to its version is
enough. It holds until one of the tags is bumped, or until the clock changes what readers see (`sql/expiry.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connections
from django.db.models import QuerySet

from cms.graphql.accelerators import is_on
from cms.graphql.execution.context import Context
from cms.graphql.execution.scheduler import LoadGenerator
from cms.graphql.sql.cache_tags import is_of_content, tags_of_rows
from cms.graphql.sql.compiled import BoundQuery, QueryTemplate
from cms.graphql.sql.failures import unwrap
from cms.graphql.sql.multi_query import bound_of
from cms.invalidation.tag_versions import tag_versions
from cms.operations.lru import LRUCache

MOST_BYTES = 4_000_000
#: Bytes of a kept count beside its statement and its values; of one of its rows.
OVERHEAD, ROW = 3000, 200

#: Stands in a key where the clock does in the statement.
CLOCK = object()

Key = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Count:
    """The rows of a statement that counts, read at `counted_at` by somebody who knew the changes up to `version`."""

    rows: tuple[Any, ...]
    tags: frozenset[str]
    version: int
    counted_at: datetime
    until: datetime
    bytes: int

    def is_fresh(self, version: int, now: datetime) -> bool:
        """Whether the statement would find the same, for somebody who knows the changes up to `version`.

        A count of a later version may come from a transaction that is not committed.
        """
        is_known = self.version <= version and self.counted_at <= now < self.until
        return is_known and tag_versions.are_unchanged(self.tags, self.version)


#: The counts that were asked for last.
counts: LRUCache[Key, Count] = LRUCache(lambda: MOST_BYTES, size_of=lambda count: count.bytes)


def counted(rows: QuerySet | QueryTemplate, context: Context) -> LoadGenerator:
    """The rows of a queryset or template that counts; none are read where they are known."""
    asked = context.wanted(rows)
    bound = unwrap(bound_of(asked))
    if context.may_write or not is_on("kept_counts") or not is_of_content(bound.query):
        return (yield bound)
    key = _key(bound, context.now)
    count = counts.get(key)
    if count is None or not count.is_fresh(context.version, context.now):
        found = yield bound
        count = _count(key, bound, tuple(found), context)
        counts.put(key, count)
    context.tags |= count.tags
    return count.rows


def _count(key: Key, asked: BoundQuery, rows: tuple[Any, ...], context: Context) -> Count:
    sql, values = key
    return Count(
        rows,
        tags=frozenset(tags_of_rows(asked, [])),
        version=context.version,
        counted_at=context.now,
        until=context.expires_at,
        bytes=OVERHEAD + len(sql) + len(repr(values)) + ROW * len(rows),
    )


def _key(asked: BoundQuery, now: datetime) -> Key:
    # The clock moves from one request to the next; `until` says for how long that makes no difference.
    clock = connections[asked.query.using].ops.adapt_datetimefield_value(now)
    values = asked.query.params(asked.values)
    return asked.query.sql, tuple(_plain(value, clock) for value in values)


def _plain(value: Any, clock: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return CLOCK if value == clock else value
