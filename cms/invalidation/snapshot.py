"""What a request knows of changes: read once, used by all that ask for it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from cms.invalidation import live_versions
from cms.invalidation.models import Version
from cms.invalidation.tag_versions import tag_versions


@dataclass
class Snapshot:
    """The state of changes at one moment of a request.

    `version` counts the changes of content that this process knows of, `last_change` is the last of them or one that
    another thread has heard of since; `now` is in seconds since 1970.
    """

    version: int
    last_change: Version | None
    now: float
    _live_versions: dict[str, object] = field(default_factory=dict)

    def live_versions(self, tags: Iterable[str]) -> dict[str, object]:
        """Versions of the live figures of these tags, and perhaps of others, as of when they were first read."""
        if new := [tag for tag in tags if tag not in self._live_versions]:
            self._live_versions |= live_versions.versions(new)
        return self._live_versions

    def versions_before_read(self, tags: Iterable[str]) -> dict[str, object]:
        """Versions to record before figures are read. Empty if versions come from the tables."""
        found = self.live_versions(tags) if live_versions.are_in_redis() else {}
        return {tag: found[tag] for tag in tags if found.get(tag) is not None}


def take_snapshot() -> Snapshot:
    """A snapshot of all that was committed before this call."""
    version = tag_versions.refresh()
    return Snapshot(version, tag_versions.last_change, time.time())
