"""Answers that are kept: until a change of content touches what they were made of, or the clock does.

Each process keeps its own, a bounded number of bytes. An answer carries the tags of all it was made of
(`sql/cache_tags.py`); `cms.invalidation` knows which tags were bumped since, in this process or another, so that
no process answers with older content once a change has returned. Answers with errors, of mutations and of previews
are not kept. Figures that move on their own (votes, visits) have versions, which are checked for each hit.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.conf import settings

from cms.graphql.cache.single_flight import SingleFlight
from cms.graphql.execution.context import Context
from cms.graphql.http.encoding import EncodedBody
from cms.graphql.http.request import GraphQLRequest
from cms.invalidation.snapshot import Snapshot
from cms.invalidation.tag_versions import tag_versions
from cms.operations import metrics
from cms.operations.lru import LRUCache

MAX_BODY_BYTES = 2_000_000
#: Bytes of a kept answer beside its body, and of each of its tags, whose text all answers share.
OVERHEAD, TAG = 1000, 70
#: Bytes of tags that a header may hold; proxies take 8 kB for a line.
MAX_TAGS = 6000


@dataclass(slots=True)
class CacheEntry:
    """What is answered, and how long it holds."""

    body: EncodedBody
    tags: frozenset[str]
    live_versions: dict[str, object]
    version: int
    #: When the clock changes what it shows.
    expires_with_clock: float
    #: When figures that move on their own were last known to stand as they do here.
    checked_at: float
    #: When at the latest they are read anew.
    expires_with_figures: float = math.inf
    #: Names of cookies whose bearers get an answer of their own instead.
    cookies: frozenset[str] = frozenset()
    #: The name that its operation is counted by.
    operation: str = ""
    #: What `http/response.py` makes of it for each encoding and media type.
    encodings: dict[tuple[str, str], Any] = field(default_factory=dict)

    @property
    def expires(self) -> float:
        """When it ends, whatever happens."""
        return min(self.expires_with_clock, self.expires_with_figures)

    def is_fresh(self, snapshot: Snapshot) -> bool:
        """Whether it is still valid at `snapshot`."""
        return self._has_current_content(snapshot) and (
            not self.live_versions or self._has_current_figures(snapshot)
        )

    def _has_current_content(self, snapshot: Snapshot) -> bool:
        """Whether nothing but figures that move on their own has changed since."""
        if snapshot.now >= self.expires_with_clock:
            return False
        if snapshot.version != self.version:
            if not tag_versions.are_unchanged(self.tags, self.version):
                return False
            self.version = snapshot.version
        return True

    def _has_current_figures(self, snapshot: Snapshot) -> bool:
        # The figures of an answer may be a little old, so that not each vote has all answers made anew that show it.
        now = snapshot.now
        if now >= self.expires_with_figures:
            return False
        if 0 <= now - self.checked_at < settings.CMS_LIVE_FIGURES_SECONDS:
            return True
        found = snapshot.live_versions(self.live_versions)
        if any(found[tag] != version for tag, version in self.live_versions.items()):
            return False
        self.checked_at = now
        return True

    @property
    def bytes(self) -> int:
        return self.body.size + TAG * len(self.tags) + OVERHEAD

    @property
    def tag_list(self) -> str:
        """The tags, for a CDN: type-wide ones where they would not fit in a header."""
        text = ",".join(sorted(self.tags))
        if len(text) <= MAX_TAGS:
            return text
        tables = {tag.removeprefix("table:") for tag in self.tags if tag.startswith("table:")}
        wide = {tag for tag in self.tags if tag.startswith(("list:", "any:"))}
        return _joined(sorted(wide | {f"any:{table}" for table in tables}))


def _joined(tags: list[str]) -> str:
    """As many whole tags as a header holds."""
    text = ",".join(tags)
    return text if len(text) <= MAX_TAGS else text[:MAX_TAGS].rpartition(",")[0]


class ResponseCache:
    """The answers given last, by what was asked."""

    def __init__(self) -> None:
        self._entries: LRUCache[bytes, CacheEntry] = LRUCache(
            lambda: settings.CMS_GRAPHQL_ANSWER_BYTES, size_of=lambda entry: entry.bytes
        )
        self.single_flight = SingleFlight()

    def get(self, key: bytes, snapshot: Snapshot) -> CacheEntry | None:
        """The kept answer, if it still holds."""
        entry = self._entries.get(key)
        if entry is None:
            metrics.MISSED.inc()
            return None
        if not entry.is_fresh(snapshot):
            metrics.OUTDATED.inc()
            self._entries.discard(key, entry)
            metrics.ANSWER_BYTES.set(self._entries.size)
            return None
        metrics.KEPT.inc()
        return entry

    def put(self, key: bytes, entry: CacheEntry) -> None:
        """Keep an answer; the ones that were asked for longest ago go."""
        if len(entry.body.body) > MAX_BODY_BYTES:
            return
        self._entries.put(key, entry)
        metrics.ANSWER_BYTES.set(self._entries.size)

    def clear(self) -> None:
        """Forget all answers."""
        self._entries.clear()
        metrics.ANSWER_BYTES.set(0)


response_cache = ResponseCache()


def entry_key(digest: str, asked: GraphQLRequest, context: Context) -> bytes:
    """What an answer depends on beside the content: document, operation, variables, site and language."""
    host = context.request.get_host()
    parts = [digest, asked.operation_name, asked.variables, host, context.language]
    # Variables may be long; many keys are kept.
    return hashlib.blake2b(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS), digest_size=20).digest()
