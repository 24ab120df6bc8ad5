"""Answers in which only figures that move on their own have moved: what shows them is asked anew, the rest stays.

A vote moves the figures of a poll on the home page, and nothing else of it. Which fields of the root can show figures
of which kind is seen from the types that they lead to, once for each operation.
"""

from __future__ import annotations

from collections import defaultdict
from copy import copy
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLSchema,
    SelectionSetNode,
    get_named_type,
)

from cms.graphql.documents import Document, Operation
from cms.graphql.representations import encode

#: The kinds of figures (`cms.invalidation.live_versions`) that fields of a type move by (`Context.volatile`), by its
#: name; apps add theirs.
TYPES: dict[str, set[str]] = {}


@dataclass(frozen=True)
class MovingPart:
    """What of an operation shows figures of some kinds: a document of its own, and all kinds that it shows."""

    ast: DocumentNode
    kinds: frozenset[str]


@dataclass
class MovingFields:
    """The fields of an operation's root by their names in the answer, and the kinds of figures that each may show."""

    operation: Operation
    document: Document
    nodes: dict[str, list[FieldNode]]
    kinds: dict[str, set[str]]
    _parts: dict[frozenset[str], MovingPart | None] = field(default_factory=dict)

    def part(self, kinds: frozenset[str]) -> MovingPart | None:
        """The part that shows figures of these kinds; None where that is all of it, or nothing."""
        if kinds not in self._parts:
            self._parts[kinds] = self._part(set(kinds))
        return self._parts[kinds]

    def _part(self, kinds: set[str]) -> MovingPart | None:
        names: set[str] = set()
        # Who shows figures of these kinds may show others, too, and so may others of those.
        while more := {name for name, own in self.kinds.items() if own & kinds} - names:
            names |= more
            kinds = kinds.union(*(self.kinds[name] for name in more))
        if not names or len(names) == len(self.nodes):
            return None
        own = copy(self.operation.node)
        own.selection_set = copy(own.selection_set)
        own.selection_set.selections = tuple(
            node for name, nodes in self.nodes.items() if name in names for node in nodes
        )
        ast = DocumentNode(definitions=(own, *self.document.fragments.values()))
        return MovingPart(ast, frozenset(kinds))

    def rest_of(self, body: bytes, kinds: set[str]) -> dict[str, bytes]:
        """An answer's data as JSON by name, where figures of one of these kinds leave some of it as it is."""
        if not any(self.part(frozenset([kind])) for kind in kinds):
            return {}
        return as_json(orjson.loads(body)["data"])

    def data_of(self, rest: dict[str, bytes]) -> dict[str, orjson.Fragment]:
        """An answer's data in the order of its names, for orjson."""
        return {name: orjson.Fragment(rest[name]) for name in self.nodes if name in rest}


def as_json(data: dict[str, Any]) -> dict[str, bytes]:
    """Values as JSON, by name."""
    return {name: encode(value) for name, value in data.items()}


def moving_fields(document: Document, operation: Operation, schema: GraphQLSchema) -> MovingFields | None:
    """What of an operation can move; None where there are fragments at its root."""
    if operation.moving_fields is ...:
        operation.moving_fields = _found(document, operation, schema)
    return operation.moving_fields


def _found(document: Document, operation: Operation, schema: GraphQLSchema) -> MovingFields | None:
    by_name: dict[str, list[FieldNode]] = defaultdict(list)
    for node in operation.node.selection_set.selections:
        if not isinstance(node, FieldNode):
            return None
        by_name[node.alias.value if node.alias else node.name.value].append(node)
    look = _Look(schema, document.fragments)
    kinds = {
        name: set().union(*(look.of_field(node, schema.query_type) for node in nodes))
        for name, nodes in by_name.items()
    }
    return MovingFields(operation, document, dict(by_name), kinds)


@dataclass(frozen=True)
class _Look:
    """Looks for kinds of figures below selections of a valid document; fragments in it have no cycles."""

    schema: GraphQLSchema
    fragments: dict[str, FragmentDefinitionNode]

    def of_field(self, node: FieldNode, parent: GraphQLNamedType | None) -> set[str]:
        found = getattr(parent, "fields", {}).get(node.name.value)
        return set() if found is None else self._of(get_named_type(found.type), node.selection_set)

    def _of(self, kind: GraphQLNamedType | None, selected: SelectionSetNode | None) -> set[str]:
        own = TYPES.get(kind.name, set()) if kind is not None else set()
        return own.union(*(self._of_node(node, kind) for node in (selected.selections if selected else ())))

    def _of_node(self, node: Any, kind: GraphQLNamedType | None) -> set[str]:
        if isinstance(node, FieldNode):
            return self.of_field(node, kind)
        if isinstance(node, FragmentSpreadNode):
            node = self.fragments[node.name.value]
        condition = node.type_condition
        return self._of(self.schema.get_type(condition.name.value) if condition else kind, node.selection_set)
