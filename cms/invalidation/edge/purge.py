"""Telling edge caches what changed: at once, and again until they have heard it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django_tasks import default_task_backend, task
from prometheus_client import Counter
from wagtail.contrib.frontend_cache.utils import get_backends

from cms.invalidation.edge.failures import PurgeFailed
from cms.invalidation.signals import content_changed

logger = logging.getLogger(__name__)

#: Times that a purge is tried again; the waits between them double from two seconds, to half an hour in all.
ATTEMPTS = 10
PURGES = Counter(
    "cms_edge_purges", "Purges that an edge cache was sent, by whether it took them.", ["edge", "outcome"]
)


def edges() -> dict[str, Any]:
    """The edge caches that can be purged by tag, by the names that WAGTAILFRONTENDCACHE gives them."""
    return {name: edge for name, edge in get_backends().items() if hasattr(edge, "purge_tags")}


def purge(tags: Iterable[str]) -> dict[str, str]:
    """Purge these tags from all edge caches; which did not take it, and why."""
    tags = list(tags)
    failures: dict[str, str] = {}
    for name, edge in edges().items():
        try:
            _purge_edge(name, edge, tags)
        except PurgeFailed as error:
            failures[name] = str(error)
    return failures


def _purge_edge(name: str, edge: Any, tags: list[str]) -> None:
    try:
        edge.purge_tags(tags)
    except PurgeFailed:
        PURGES.labels(name, "failed").inc()
        raise
    PURGES.labels(name, "taken").inc()


@task()
def purge_again(name: str, tags: list[str], attempt: int) -> None:
    """Purge what an edge cache did not take before."""
    edge = edges().get(name)
    if edge is None:
        return
    try:
        _purge_edge(name, edge, tags)
    except PurgeFailed as error:
        _later(name, tags, attempt + 1, str(error))
    else:
        logger.info("edge cache %s was purged at attempt %d", name, attempt)


def _later(name: str, tags: list[str], attempt: int, reason: str) -> None:
    if attempt > ATTEMPTS or not default_task_backend.supports_defer:
        logger.error(
            "edge cache %s was not purged: %s. Purge it when it is back: manage.py purge --all", name, reason
        )
        return
    logger.warning("edge cache %s was not purged, attempt %d follows: %s", name, attempt, reason)
    when = timezone.now() + timedelta(seconds=2**attempt)
    purge_again.using(run_after=when).enqueue(name, tags, attempt)


def on_change(sender: Any, tags: frozenset[str], **kwargs: Any) -> None:
    """Purge what a change touched."""
    for name, reason in purge(tags).items():
        _later(name, sorted(tags), 1, reason)


def connect() -> None:
    """Listen to changes of content."""
    content_changed.connect(on_change, dispatch_uid="cms.invalidation.edge.purge")
