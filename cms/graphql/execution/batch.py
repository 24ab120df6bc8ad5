"""Objects that were read together. What one of them needs, all of them get at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cms.graphql.accelerators import is_on


def kind_of(each: Any) -> type:
    """The model of an object, or the class of the block that it is an occurrence of."""
    return type(getattr(each, "block", each))


class Batch:
    """Objects that were read together, and what was read for all of them since."""

    __slots__ = ("_of_type", "kinds", "loaded", "objects")

    def __init__(self, objects: Sequence[Any]) -> None:
        self.objects = objects
        #: The kinds of the objects, in the order in which they come first.
        self.kinds = list(dict.fromkeys(map(kind_of, objects)))
        self.loaded: dict[Any, Any] = {}
        self._of_type: dict[type | None, list[Any]] = {}

    def of_type(self, owner: type | None) -> list[Any]:
        """The objects of a model or block; all of them for None. Each of them asks, so it is found out once."""
        found = self._of_type.get(owner)
        if found is None:
            found = self._of_type[owner] = [
                each
                for each in self.objects
                if owner is None or isinstance(getattr(each, "block", each), owner)
            ]
        return found


def attach_batch(objects: list[Any]) -> list[Any]:
    """Make `objects` siblings."""
    for group in [objects] if is_on("batching") else [[each] for each in objects]:
        siblings = Batch(group)
        for each in group:
            each._batch = siblings
    return objects


def batch_of(instance: Any, owner: type | None = None) -> tuple[Batch, list[Any]]:
    """The group of an object, and its members of the type `owner` (a model or a block)."""
    group = getattr(instance, "_batch", None)
    if group is None:
        attach_batch([instance])
        group = instance._batch
    return group, group.of_type(owner)
