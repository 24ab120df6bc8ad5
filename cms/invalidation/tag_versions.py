"""Which tags were bumped, up to which version of the content, as far as this process knows."""

from __future__ import annotations

import time
from collections.abc import Iterable
from threading import Lock

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connection, connections

from cms.invalidation.capture import on_log_read
from cms.invalidation.channel import last_change, publish_change
from cms.invalidation.models import Version, changes_since, current_version
from cms.operations.redis import breaker

#: Tags to remember; when there are more, everything cached before counts as stale.
MAX_TAGS = 50_000
#: Seconds after which the database is asked although no change was published: bounds how long a lost message can
#: keep stale content.
MAX_STALENESS = 5.0


def read_version(using: str = DEFAULT_DB_ALIAS) -> Version:
    """The version that a database shows, over a new connection where the kept one is lost."""
    asked = connections[using]
    # A request's first statement finds a lost connection as well as Django's health check, which is one more statement.
    asked.health_check_done = True  # type: ignore[attr-defined]  # the stubs lack it
    try:
        return current_version(using)
    except (InterfaceError, OperationalError):
        if asked.in_atomic_block:
            raise
        asked.close()
        return current_version(using)


class TagVersions:
    """The versions of tags in one process.

    Versions are counted by the process and never decrease: the log's numbers do after a rollback or a restored backup.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._count = 0
        self.forget()

    def forget(self) -> None:
        """Forget all: everything cached before counts as stale."""
        with self._lock:
            self._applied: Version | None = None
            count = self._count + 1
            self._min_version = count
            self._bumped: dict[str, int] = {}
            self._count = count
            self._last_change: bytes | None = None
            self._asked_at = 0.0

    @property
    def last_change(self) -> Version | None:
        """The last change that is known; at least the one of what `refresh` has returned."""
        return self._applied

    def refresh(self) -> int:
        """Apply all changes that were committed before this call; returns the version that is known then."""
        # A transaction's own changes are not published before it ends.
        is_in_transaction = connection.in_atomic_block
        if is_in_transaction:
            on_log_read(connection)
        published = last_change()
        if (
            not is_in_transaction
            and published is not None
            and published == self._last_change
            and time.monotonic() - self._asked_at < MAX_STALENESS
        ):
            return self._count
        current = read_version()
        with self._lock:
            if current != self._applied:
                self._apply_log(current)
            # The value was read before the database: a change in between is applied by the next call. What a
            # transaction sees of itself may be rolled back: the next call asks again.
            self._last_change = None if is_in_transaction else published
            self._asked_at = time.monotonic()
            known = self._count
        if published is None and not breaker.is_open:
            publish_change()  # the key is missing: nothing was published yet, or Redis lost it
        return known

    def are_unchanged(self, tags: Iterable[str], since: int) -> bool:
        """Whether none of the tags was bumped after the version `since`."""
        if since < self._min_version:
            return False
        bumped = self._bumped
        return all(bumped.get(tag, 0) <= since for tag in tags)

    def _apply_log(self, current: Version) -> None:
        changes = None if self._applied is None else changes_since(self._applied)
        # Publish tags before the version; readers don't lock.
        count = self._count + 1
        if changes is None or len(self._bumped) > MAX_TAGS:
            self._min_version = count
            self._bumped, self._applied = {}, current
            self._count = count
        elif changes:  # empty if another thread, which asked later, has applied them
            # A new dictionary: a reader of the old one sees all of a change or nothing.
            self._bumped = self._bumped | {tag: count for _version, tags in changes for tag in tags}
            self._applied = changes[-1][0]
            self._count = count


tag_versions = TagVersions()
