"""Answers that are kept: until a change of content touches what they were made of, or the clock does.

Each process keeps its own, a bounded number of bytes. An answer carries the tags of all it was made of
(`dependencies.py`); `cms.invalidation` knows which tags were bumped since, in this process or another, so that
no process answers with older content once a change has returned. Answers with errors, of mutations and of previews
are not kept. Figures that move on their own (votes, visits) have versions, which are checked for each hit.
"""

from __future__ import annotations

import hashlib
import math
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, RLock
from typing import Any

import orjson
from django.conf import settings

from cms.graphql.context import Context
from cms.graphql.representations import Representation
from cms.graphql.requests import GraphQLRequest
from cms.invalidation.snapshot import Snapshot
from cms.invalidation.tag_versions import tag_versions
from cms.operations import metrics

MAX_ANSWER = 2_000_000
#: Seconds for which one request waits for another that is making the same answer.
PATIENCE = 10.0
#: Bytes of a kept answer beside its body, and of each of its tags, whose text all answers share.
OVERHEAD, TAG = 1000, 70
#: Bytes of tags that a header may hold; proxies take 8 kB for a line.
MAX_TAGS = 6000


@dataclass(slots=True)
class Answer:
    """What is answered, and how long it holds."""

    representation: Representation
    tags: frozenset[str]
    moving: dict[str, object]
    checked: int
    #: When the clock changes what it shows.
    until: float
    #: When figures that move on their own were last known to stand as they do here.
    looked: float
    #: When at the latest they are read anew.
    figures_until: float = math.inf
    #: What `responses.py` makes of it for each encoding and media type.
    forms: dict[tuple[str, str], Any] = field(default_factory=dict)

    @property
    def expires(self) -> float:
        """When it ends, whatever happens."""
        return min(self.until, self.figures_until)

    def holds(self, look: Snapshot) -> bool:
        """Whether it may still be given, to somebody who knows what `look` says."""
        return self.has_current_content(look) and (not self.moving or self._stands(look))

    def has_current_content(self, look: Snapshot) -> bool:
        """Whether nothing but figures that move on their own has changed since."""
        if look.now >= self.until:
            return False
        if look.version != self.checked:
            if not tag_versions.are_unchanged(self.tags, self.checked):
                return False
            self.checked = look.version
        return True

    def _stands(self, look: Snapshot) -> bool:
        # The figures of an answer may be a little old, so that not each vote has all answers made anew that show it.
        now = look.now
        if now >= self.figures_until:
            return False
        if 0 <= now - self.looked < settings.CMS_LIVE_FIGURES_SECONDS:
            return True
        found = look.live_versions(self.moving)
        if any(found[tag] != version for tag, version in self.moving.items()):
            return False
        self.looked = now
        return True

    @property
    def bytes(self) -> int:
        return self.representation.size + TAG * len(self.tags) + OVERHEAD

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


class Answers:
    """The answers given last, by what was asked."""

    def __init__(self) -> None:
        self._bytes = 0
        self._answers: OrderedDict[bytes, Answer] = OrderedDict()
        self._lock = Lock()
        self._making: dict[bytes, tuple[RLock, int]] = {}

    def get(self, key: bytes, look: Snapshot) -> Answer | None:
        """The kept answer, if it still holds."""
        with self._lock:
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
        if answer is None:
            metrics.MISSED.inc()
            return None
        if not answer.holds(look):
            metrics.OUTDATED.inc()
            self._drop(key, answer)
            return None
        metrics.KEPT.inc()
        return answer

    def put(self, key: bytes, answer: Answer) -> None:
        """Keep an answer; the ones that were asked for longest ago go."""
        if len(answer.representation.body) > MAX_ANSWER:
            return
        with self._lock:
            self._bytes += answer.bytes - (self._answers[key].bytes if key in self._answers else 0)
            self._answers[key] = answer
            self._answers.move_to_end(key)
            while self._bytes > settings.CMS_GRAPHQL_ANSWER_BYTES:
                self._bytes -= self._answers.popitem(last=False)[1].bytes
            metrics.ANSWER_BYTES.set(self._bytes)

    def clear(self) -> None:
        """Forget all answers."""
        with self._lock:
            self._answers.clear()
            self._bytes = 0

    def _drop(self, key: bytes, answer: Answer) -> None:
        with self._lock:
            if self._answers.get(key) is answer:
                self._bytes -= self._answers.pop(key).bytes

    @contextmanager
    def alone(self, key: bytes) -> Iterator[bool]:
        """Let one thread at a time make the answer of `key`; tells whether it had to wait for another."""
        with self._lock:
            lock, waiting = self._making.get(key, (RLock(), 0))
            self._making[key] = lock, waiting + 1
        waited = not lock.acquire(blocking=False)
        taken = not waited or lock.acquire(timeout=PATIENCE)
        try:
            yield waited
        finally:
            if taken:
                lock.release()
            with self._lock:
                lock, waiting = self._making[key]
                if waiting == 1:
                    del self._making[key]
                else:
                    self._making[key] = lock, waiting - 1


answers = Answers()


def key_of(digest: str, asked: GraphQLRequest, context: Context) -> bytes:
    """What an answer depends on beside the content: document, operation, variables, site and language."""
    host = context.request.get_host()
    parts = [digest, asked.operation_name, asked.variables, host, context.language]
    # Variables may be long; many keys are kept.
    return hashlib.blake2b(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS), digest_size=20).digest()
