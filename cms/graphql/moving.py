"""Answers in which only figures that move on their own have moved: what shows them is asked anew, the rest stays.

A vote moves the figures of a poll on the home page, and nothing else of it. Which fields of the root can show such
figures is seen from the types that they lead to, once for each operation.
"""

from __future__ import annotations

from collections import defaultdict
from copy import copy
from dataclasses import dataclass
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

#: Names of the types whose fields move on their own (`Context.volatile`); the apps that have some add theirs.
TYPES: set[str] = set()


@dataclass(frozen=True)
class MovingPart:
    """What of an operation shows moving figures: a document of its own, and all names of the answer in their order."""

    ast: DocumentNode
    moving: frozenset[str]
    names: tuple[str, ...]

    def rest_of(self, body: bytes) -> dict[str, bytes]:
        """What of an answer's body shows no such figures, as JSON by name."""
        data = orjson.loads(body)["data"]
        return {name: orjson.dumps(value) for name, value in data.items() if name not in self.moving}

    def with_rest(self, data: dict[str, Any], rest: dict[str, bytes]) -> dict[str, Any]:
        """All data of an answer, from those of this part and the rest of an earlier answer."""
        found = {**data, **{name: orjson.Fragment(value) for name, value in rest.items()}}
        return {name: found[name] for name in self.names if name in found}


def moving_part(document: Document, operation: Operation, schema: GraphQLSchema) -> MovingPart | None:
    """The part that shows moving figures; None where there is none, or nothing else, or fragments at the root."""
    if operation.moving_part is ...:
        operation.moving_part = _found(document, operation, schema)
    return operation.moving_part


def _found(document: Document, operation: Operation, schema: GraphQLSchema) -> MovingPart | None:
    by_name: dict[str, list[FieldNode]] = defaultdict(list)
    for node in operation.node.selection_set.selections:
        if not isinstance(node, FieldNode):
            return None
        by_name[node.alias.value if node.alias else node.name.value].append(node)
    look = _Look(schema, document.fragments)
    moving = {
        name
        for name, nodes in by_name.items()
        if any(look.field_moves(node, schema.query_type) for node in nodes)
    }
    if not moving or len(moving) == len(by_name):
        return None
    own = copy(operation.node)
    own.selection_set = copy(own.selection_set)
    own.selection_set.selections = tuple(node for name in by_name if name in moving for node in by_name[name])
    ast = DocumentNode(definitions=(own, *document.fragments.values()))
    return MovingPart(ast, frozenset(moving), tuple(by_name))


@dataclass(frozen=True)
class _Look:
    """Looks for types that move below selections of a valid document; fragments in it have no cycles."""

    schema: GraphQLSchema
    fragments: dict[str, FragmentDefinitionNode]

    def field_moves(self, node: FieldNode, parent: GraphQLNamedType | None) -> bool:
        field = getattr(parent, "fields", {}).get(node.name.value)
        return field is not None and self._moves(get_named_type(field.type), node.selection_set)

    def _moves(self, kind: GraphQLNamedType | None, selected: SelectionSetNode | None) -> bool:
        if kind is not None and kind.name in TYPES:
            return True
        return any(self._node_moves(node, kind) for node in (selected.selections if selected else ()))

    def _node_moves(self, node: Any, kind: GraphQLNamedType | None) -> bool:
        if isinstance(node, FieldNode):
            return self.field_moves(node, kind)
        if isinstance(node, FragmentSpreadNode):
            node = self.fragments[node.name.value]
        condition = node.type_condition
        return self._moves(
            self.schema.get_type(condition.name.value) if condition else kind, node.selection_set
        )
