"""How large a document is, told from its syntax alone: it need not be valid, and is not validated if it is too large.

Each fragment is measured once, however often it is spread, so that measuring takes no longer than reading the document.
What can't be added up so, how many fields validation compares with each other, is counted up to a limit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from cms.graphql.operation.refusals import GraphQLHTTPError


@dataclass(frozen=True)
class SelectionMetrics:
    """The size of a selection set, with fragments written out."""

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    root_fields: int = 0
    introspects: bool = False


SIZES = [
    ("depth", "DEPTH_LIMIT", "levels"),
    ("aliases", "ALIAS_LIMIT", "aliases"),
    ("directives", "DIRECTIVE_LIMIT", "directives"),
    ("root_fields", "ROOT_FIELD_LIMIT", "fields of the root"),
]


@dataclass
class MetricsCollector:
    """Measures selection sets of one document."""

    fragments: Mapping[str, FragmentDefinitionNode]
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

    def of_operation(self, node: OperationDefinitionNode) -> SelectionMetrics:
        """The size of an operation, with its own directives."""
        size = self.of(node.selection_set)
        return replace(size, directives=size.directives + len(node.directives))

    def _fragment(self, node: Any) -> SelectionMetrics:
        if not isinstance(node, FragmentSpreadNode):
            return self.of(node.selection_set)
        name = node.name.value
        if name not in self._measured:
            # Within itself a fragment counts for nothing: validation says that there is a cycle, or no such fragment.
            self._measured[name] = SelectionMetrics()
            if name in self.fragments:
                self._measured[name] = self.of(self.fragments[name].selection_set)
        return self._measured[name]


@dataclass
class ComparisonCounter:
    """Counts what validation compares: each two fields of one response name at one place, and each two fragments.

    That is what the work of graphql-core's OverlappingFieldsCanBeMergedRule grows with: with the square of what is
    written. Raises GraphQLHTTPError as soon as there are more fields or more comparisons than their limit.
    """

    fragments: Mapping[str, FragmentDefinitionNode]
    fields: int = 0
    comparisons: int = 0
    seen: set[str] = field(default_factory=set)

    def count(self, selected: Iterable[SelectionSetNode], depth: int = 0) -> None:
        """Count in selection sets that are merged into one, and below them."""
        spread: set[str] = set()
        by_name: dict[str, list[FieldNode]] = defaultdict(list)
        for node in self._fields(selected, spread):
            by_name[(node.alias or node.name).value].append(node)
        self.comparisons += sum(_pairs(len(nodes)) for nodes in by_name.values()) + _pairs(len(spread))
        refuse(
            self.comparisons, settings.CMS_GRAPHQL_LIMITS["comparisons"], "COMPARISON_LIMIT", "repetitions"
        )
        if depth > settings.CMS_GRAPHQL_LIMITS["depth"]:
            return  # A fragment within itself.
        for nodes in by_name.values():
            if below := [node.selection_set for node in nodes if node.selection_set]:
                self.count(below, depth + 1)

    def _fields(self, selected: Iterable[SelectionSetNode], spread: set[str]) -> Iterator[FieldNode]:
        for node in (node for each in selected for node in each.selections):
            if isinstance(node, FieldNode):
                self.fields += 1
                refuse(self.fields, settings.CMS_GRAPHQL_LIMITS["fields"], "FIELD_LIMIT", "fields")
                yield node
            elif isinstance(node, InlineFragmentNode):
                yield from self._fields([node.selection_set], spread)
            elif isinstance(node, FragmentSpreadNode):
                name = node.name.value
                if name not in spread and name in self.fragments:
                    spread.add(name)
                    self.seen.add(name)
                    yield from self._fields([self.fragments[name].selection_set], spread)


def _pairs(number: int) -> int:
    return number * (number - 1) // 2


def check_size(ast: DocumentNode) -> None:
    """Raises GraphQLHTTPError where any operation of a document is larger than its limits."""
    fragments = fragments_of(ast)
    collector, counter = MetricsCollector(fragments), ComparisonCounter(fragments)
    for node in ast.definitions:
        if isinstance(node, OperationDefinitionNode):
            refuse_size(collector.of_operation(node))
            counter.count([node.selection_set])
    for name, fragment in fragments.items():
        # One that no operation spreads is validated all the same.
        if name not in counter.seen:
            counter.count([fragment.selection_set])


def fragments_of(ast: DocumentNode | None) -> dict[str, FragmentDefinitionNode]:
    """The fragments of a document by their names."""
    definitions = ast.definitions if ast else ()
    return {each.name.value: each for each in definitions if isinstance(each, FragmentDefinitionNode)}


def refuse_size(size: SelectionMetrics) -> None:
    """Raises GraphQLHTTPError where an operation is larger than its limits."""
    for name, code, what in SIZES:
        refuse(getattr(size, name), settings.CMS_GRAPHQL_LIMITS[name], code, what)


def refuse(asked: int, limit: int, code: str, what: str, **extensions: Any) -> None:
    """Raises GraphQLHTTPError, with the limit and what was asked, where it was more than the limit."""
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
