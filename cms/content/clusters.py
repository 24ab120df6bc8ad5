"""Children of a cluster (modelcluster) that are in memory and not in the database."""

from __future__ import annotations

from typing import Any


def is_in_memory(instance: Any, relation: str) -> bool:
    """Whether the children of this relation are in memory, as a draft's are; the database has what is published."""
    # Its own API loads what is not there.
    return relation in getattr(instance, "_cluster_related_objects", {})
