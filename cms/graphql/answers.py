"""Answers that are kept: as long as the content has the version that they were made of, and nothing runs out.

Kept in each process, a bounded number of bytes; one cheap statement says whether they still hold, so that no process
answers with older content once a change has returned. Answers with errors, of mutations, of previews, and those with
figures that move on their own (votes, visits) are not kept.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

import orjson
from django.apps import apps
from django.db.models import Min
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page

from cms.graphql.context import Context
from cms.graphql.requests import GraphQLRequest

MAX_BYTES = 64_000_000
MAX_ANSWER = 2_000_000
OVERHEAD = 500


@dataclass(frozen=True)
class Answer:
    """The body of an answer, the version of the content that it was made of, and until when it may be given."""

    body: bytes
    version: int
    until: datetime


class Answers:
    """The answers given last, by what was asked."""

    def __init__(self, *, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._answers: OrderedDict[bytes, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, key: bytes, *, version: int, now: datetime) -> bytes | None:
        """The kept answer, if it still holds."""
        with self._lock:
            answer = self._answers.get(key)
            if answer is None:
                return None
            if answer.version != version or now >= answer.until:
                self._drop(key)
                return None
            self._answers.move_to_end(key)
            return answer.body

    def put(self, key: bytes, answer: Answer) -> None:
        """Keep an answer; the ones that were asked for longest ago go."""
        if len(answer.body) > MAX_ANSWER:
            return
        with self._lock:
            self._drop(key)
            self._answers[key] = answer
            self._bytes += len(answer.body) + len(key) + OVERHEAD
            while self._bytes > self._max_bytes:
                self._drop(next(iter(self._answers)))

    def clear(self) -> None:
        """Forget all answers."""
        with self._lock:
            self._answers.clear()
            self._bytes = 0

    def _drop(self, key: bytes) -> None:
        if old := self._answers.pop(key, None):
            self._bytes -= len(old.body) + len(key) + OVERHEAD


answers = Answers()


def key_of(digest: str, asked: GraphQLRequest, context: Context) -> bytes:
    """What an answer depends on beside the content: document, operation, variables, site and language."""
    host = context.request.get_host()
    parts = [digest, asked.operation_name, asked.variables, host, context.language]
    return orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)


def keep(key: bytes, body: bytes, *, version: int | None, context: Context) -> None:
    """Keep an answer that was made while the content had `version`, if it is one that may be kept."""
    if version is not None and context.cacheable and not context.tags:
        answers.put(key, Answer(body, version, _until(version, context.now)))


_boundaries: dict[int, datetime] = {}


def _until(version: int, now: datetime) -> datetime:
    """The next moment at which the clock changes what readers see: something expires, or a day begins."""
    found = _boundaries.get(version)
    if found is None or found <= now:
        _boundaries.clear()
        found = _boundaries[version] = min([_midnight(now), *_expiries(now)])
    return found


def _midnight(now: datetime) -> datetime:
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + timedelta(days=1)


def _expiries(now: datetime) -> list[datetime]:
    drafts = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    models = [Page, *(model for model in drafts if not issubclass(model, Page))]
    found = [
        model.objects.filter(live=True, expire_at__gt=now).aggregate(at=Min("expire_at"))["at"]
        for model in models
    ]
    return [moment for moment in found if moment is not None]
