"""Parts of answers that are the same for all who ask at once, made by one of them.

What is kept (`answers.py`) serves queries. A mutation's answer shows what it has just changed, and is not kept; but
where many change the same thing at once, such as the figures of a poll, most of what each of them costs is the same
part of its answer. One request makes it after all of them have changed what they wanted to; the others get it, too.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from graphql import (
    BREAK,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLResolveInfo,
    VariableNode,
    Visitor,
    visit,
)

from cms.graphql.responses import is_personal, told_by
from cms.operations.together import Together


@dataclass(frozen=True)
class Shared:
    """What a resolver returns in place of a value: `key` tells it from all others, `value` finds it.

    `key` names all that the value depends on, but for the request's headers and the selection. A resolver below it
    that goes by the reader in person says so by `Context.no_store`.
    """

    key: Hashable
    value: Callable[[], Any]


@dataclass(frozen=True)
class Made:
    """A completed value, and by whom; `error` where there is none. `is_for_all` says whether others may have it."""

    by: object
    value: Any = None
    error: Exception | None = None
    is_for_all: bool = False


def shared(
    of: Shared, info: GraphQLResolveInfo, nodes: Sequence[FieldNode], make: Callable[[], Made]
) -> Made:
    """What `make` returns, or what another request has made of the same, that began after this was asked.

    Makes it for this request alone where it is personal, or goes by its variables.
    """
    environ = info.context.request.META
    if is_personal(environ) or _uses_variables(nodes, info.fragments):
        return make()
    return _by_key((of.key, told_by(environ), tuple(map(id, nodes))), make)


class _ByKey:
    """One `Together` for each key that somebody asks for now."""

    def __init__(self) -> None:
        self._asked: dict[Hashable, tuple[Together[Callable[[], Made], Made], int]] = {}
        self._lock = Lock()

    def __call__(self, key: Hashable, make: Callable[[], Made]) -> Made:
        with self._lock:
            together, asking = self._asked.get(key) or (Together(_first_makes), 0)
            self._asked[key] = together, asking + 1
        try:
            return together(make)
        finally:
            with self._lock:
                together, asking = self._asked.pop(key)
                if asking > 1:
                    self._asked[key] = together, asking - 1


def _first_makes(makers: Sequence[Callable[[], Made]]) -> list[Made]:
    # The first of them is the one whose thread this is.
    return [makers[0]()] * len(makers)


_by_key = _ByKey()


def _uses_variables(nodes: Sequence[FieldNode], fragments: Mapping[str, FragmentDefinitionNode]) -> bool:
    return any(_finds_variables(node, fragments) for node in nodes)


def _finds_variables(node: FieldNode, fragments: Mapping[str, FragmentDefinitionNode]) -> bool:
    # Remembered on the node, which graphql-core allows, so that it goes when its document goes (`documents.py`).
    known: bool | None = getattr(node, "uses_variables", None)
    if known is None:
        found = _Variables(fragments)
        visit(node, found)
        known = node.uses_variables = found.are_used
    return known


class _Variables(Visitor):
    """Looks for variables in a selection and in the fragments that it spreads."""

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        super().__init__()
        self._fragments = fragments
        self._seen: set[str] = set()
        self.are_used = False

    def enter_variable(self, _node: VariableNode, *_where: Any) -> Any:
        self.are_used = True
        return BREAK

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_where: Any) -> None:
        if node.name.value not in self._seen:
            self._seen.add(node.name.value)
            visit(self._fragments[node.name.value], self)
