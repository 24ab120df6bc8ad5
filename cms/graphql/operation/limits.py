"""How much one request may ask for.

The specification's own validation has run: fragments have no cycles, fields exist. Each fragment is measured once,
however often it is spread, so that measuring takes no longer than reading the document.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from graphql import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, SelectionSetNode

from cms.graphql.operation.cost import cost_of
from cms.graphql.operation.documents import Document, Operation
from cms.graphql.operation.refusals import GraphQLHTTPError


@dataclass(frozen=True)
class SelectionMetrics:
    """The size of a selection set, with fragments written out."""

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    root_fields: int = 0
    introspects: bool = False


@dataclass
class MetricsCollector:
    """Measures selection sets of one document."""

    fragments: dict[str, FragmentDefinitionNode]
    _measured: dict[str, SelectionMetrics] = field(default_factory=dict)

    def of(self, selected: SelectionSetNode | None) -> SelectionMetrics:
        """The size of a selection set; nothing is written out to know it."""
        depth = aliases = directives = fields = 0
        introspects = False
        for node in selected.selections if selected else ():
            directives += len(node.directives)
            if isinstance(node, FieldNode):
                below = self.of(node.selection_set)
                depth = max(depth, below.depth + 1)
                aliases += node.alias is not None
                fields += 1
                introspects |= node.name.value in {"__schema", "__type"}
            else:
                below = self._fragment(node)
                depth = max(depth, below.depth)
                fields += below.root_fields
            aliases += below.aliases
            directives += below.directives
            introspects |= below.introspects
        return SelectionMetrics(depth, aliases, directives, fields, introspects)

    def _fragment(self, node: Any) -> SelectionMetrics:
        if not isinstance(node, FragmentSpreadNode):
            return self.of(node.selection_set)
        name = node.name.value
        if name not in self._measured:
            self._measured[name] = SelectionMetrics()
            self._measured[name] = self.of(self.fragments[name].selection_set)
        return self._measured[name]


def check(document: Document, operation: Operation, variables: dict[str, Any]) -> int:
    """The operation's cost. Raises RefusedRequest, with the limit and what was asked, where it asks for too much."""
    try:
        return _check(document, operation, variables)
    except RecursionError as error:
        raise GraphQLHTTPError(
            "The operation's fragments are nested too deeply.", status=None, code="DEPTH_LIMIT"
        ) from error


def _check(document: Document, operation: Operation, variables: dict[str, Any]) -> int:
    if operation.size is None:
        operation.size = _measured(document, operation)
    if operation.size.introspects and not settings.CMS_GRAPHQL_INTROSPECTION:
        raise GraphQLHTTPError(NO_INTROSPECTION, status=None, code="INTROSPECTION_DISABLED")
    limits = settings.CMS_GRAPHQL_LIMITS
    for name, code, what in SIZES:
        _refuse(getattr(operation.size, name), limits[name], code, what)
    if not operation.is_query:
        _refuse(operation.size.root_fields, 1, "MUTATION_LIMIT", "fields of Mutation")
    cost = cost_of(document, operation, variables)
    if cost > limits["cost"]:
        _refuse(cost, limits["cost"], "COST_LIMIT", "points of cost", cost=extension(cost))
    return cost


NO_INTROSPECTION = "This server does not tell its schema; it is published as schema.graphql."
SIZES = [
    ("depth", "DEPTH_LIMIT", "levels"),
    ("aliases", "ALIAS_LIMIT", "aliases"),
    ("directives", "DIRECTIVE_LIMIT", "directives"),
    ("root_fields", "ROOT_FIELD_LIMIT", "fields of the root"),
]


def extension(cost: int) -> dict[str, int]:
    """What answers say of their cost, in `extensions.cost`."""
    return {"requestedQueryCost": cost, "maximumAvailable": settings.CMS_GRAPHQL_LIMITS["cost"]}


def _measured(document: Document, operation: Operation) -> SelectionMetrics:
    size = MetricsCollector(document.fragments).of(operation.node.selection_set)
    return replace(size, directives=size.directives + len(operation.node.directives))


def _refuse(asked: int, limit: int, code: str, what: str, **extensions: Any) -> None:
    if asked <= limit:
        return
    # Fragments that spread each other many times write out to numbers that nobody wants to read.
    asked = min(asked, 10**9)
    raise GraphQLHTTPError(
        f"The operation has {asked} {what}; at most {limit} may be asked for.",
        status=None,
        code=code,
        extensions={"limit": limit, "requested": asked, **extensions},
    )
