"""What a request knows of changes: asked about once, and not by each that wants to know."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from cms.publishing import pulses
from cms.publishing.freshness import freshness


@dataclass
class Look:
    """What is known at a moment after the request came in.

    `version` is how far changes of content are known, `now` a time in seconds since 1970.
    """

    version: int
    now: float
    _pulses: dict[str, object] = field(default_factory=dict)

    def pulses(self, tags: Iterable[str]) -> dict[str, object]:
        """How figures of these tags, and of others perhaps, stood when they were first asked about."""
        if new := [tag for tag in tags if tag not in self._pulses]:
            self._pulses |= pulses.pulses(new)
        return self._pulses

    def marks(self, tags: Iterable[str]) -> dict[str, object]:
        """Marks to remember for figures that are about to be read; none where their tables tell as much."""
        found = self.pulses(tags) if pulses.are_marked() else {}
        return {tag: found[tag] for tag in tags if found.get(tag) is not None}


def look() -> Look:
    """Learn of all that was committed before this call."""
    return Look(freshness.refresh(), time.time())
