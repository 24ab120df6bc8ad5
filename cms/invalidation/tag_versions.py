"""What this process knows of changes: which tags were bumped, up to which version of the content."""

from __future__ import annotations

import time
from collections.abc import Iterable
from threading import Lock

from django.db import InterfaceError, OperationalError, connection

from cms.operations.redis import breaker
from cms.publishing.announcements import announce, announced
from cms.publishing.changes import mark_read
from cms.publishing.models import Version, changes_since, current_version

#: Tags that are remembered; beyond, all that was made before is taken for outdated.
MOST = 50_000
#: Seconds after which the database is asked although nobody announced anything: it bounds what a lost announcement
#: can do.
TRUST = 5.0


def _current_version() -> Version:
    # The first statement of a request tells a lost connection as well as Django's own check, which would be one more.
    connection.health_check_done = True
    try:
        return current_version()
    except (InterfaceError, OperationalError):
        if connection.in_atomic_block:
            raise
        connection.close()
        return current_version()


class Freshness:
    """The changes that one process knows of.

    Its versions are its own count, which never goes back: the database's goes back in a rollback or with a backup.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        """Know nothing: whatever was made before counts as outdated."""
        with self._lock:
            self._known: Version | None = None
            count = getattr(self, "_count", 0) + 1
            self._floor = count
            self._bumped: dict[str, int] = {}
            self._count = count
            self._announced: bytes | None = None
            self._asked = 0.0

    def refresh(self) -> int:
        """Learn of all changes that were committed before this call; the version that is known then."""
        # What a transaction changes itself is announced to nobody before it ends.
        is_within = connection.in_atomic_block
        if is_within:
            mark_read(connection)
        value = announced()
        if (
            not is_within
            and value is not None
            and value == self._announced
            and time.monotonic() - self._asked < TRUST
        ):
            return self._count
        current = _current_version()
        with self._lock:
            if current != self._known:
                self._learn(current)
            # The value from before the database was asked: who announces meanwhile is asked about next time. What a
            # transaction sees of itself may be rolled back: who comes next asks again.
            self._announced, self._asked = None if is_within else value, time.monotonic()
            known = self._count
        if value is None and not breaker.is_open:
            announce()  # nobody has said anything yet, or Redis lost it
        return known

    def holds(self, tags: Iterable[str], since: int) -> bool:
        """Whether none of the tags was bumped after the version `since`."""
        if since < self._floor:
            return False
        bumped = self._bumped
        return all(bumped.get(tag, 0) <= since for tag in tags)

    def _learn(self, current: Version) -> None:
        changes = None if self._known is None else changes_since(self._known)
        # Nobody may hold the new count, which says that they know the changes, before they can look them up: others
        # read these fields without the lock.
        count = self._count + 1
        if changes is None or len(self._bumped) > MOST:
            self._floor = count
            self._bumped, self._known = {}, current
            self._count = count
        elif changes:  # none where another thread, which asked later, has learned of them already
            # A new dictionary: who is looking at the old one sees all of a change or nothing.
            self._bumped = self._bumped | {tag: count for _version, tags in changes for tag in tags}
            self._known = changes[-1][0]
            self._count = count


freshness = Freshness()
