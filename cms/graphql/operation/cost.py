"""What answering an operation costs, before it is answered: derived from the schema and from the page sizes asked for.

Each value costs 1, for each object that it is asked of; a list multiplies what is selected below it by the rows that
it may have. A field that reads the database costs `READ` more, once, however many objects it hangs on: it loads for
all of them together. Fields whose values are dear say so where they are declared (`weight`). What only one of several
types can select is counted for the dearest of them, and what directives may skip is counted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, cast

from django.utils.functional import SimpleLazyObject
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    IntValueNode,
    NullValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)

from cms.graphql.operation.documents import Document, Operation
from cms.graphql.schema.fields import Declared
from cms.graphql.wagtail.build import schema

#: What a read of the database costs, in values.
READ = 20
#: What it costs to count the rows of a list, and to look for words in them: both look at rows that are not shown.
COUNT = 100
SEARCH = 1_000
SEARCHES = ("query", "search", "searchQuery")
#: The rows of a list that takes no page size: blocks of a text, items of a menu.
ROWS = 10
#: Arguments by which a list is told its size.
SIZE_ARGUMENTS = ("first", "last", "limit")
#: Larger page sizes cost as much as this one; the list itself refuses them.
MOST_ROWS = 500
MOST_DIGITS = 10
#: A look at the schema itself, which is written anew for each.
INTROSPECTION = 5_000
#: Lists within lists multiply to numbers that nobody wants to read.
MOST_COST = 10**9
#: Sizes for which the cost of one operation is kept.
MOST_COUNTS = 100


@dataclass(frozen=True)
class FieldCost:
    """What does not change about a field of the schema."""

    kind: Any
    is_list: bool
    reads: int
    weight: int
    page_size: int

    @classmethod
    def of(cls, defined: GraphQLField) -> FieldCost:
        declared = getattr(defined.resolve, "__self__", None)
        declared = declared if isinstance(declared, Declared) else None
        kind = get_named_type(defined.type)
        reads = READ if declared and hasattr(declared, "load_for") else 0
        return cls(
            kind,
            _is_list(defined.type),
            reads,
            declared.weight if declared else 1,
            _page_size(defined, declared),
        )


def _is_list(kind: Any) -> bool:
    return isinstance(kind.of_type if isinstance(kind, GraphQLNonNull) else kind, GraphQLList)


def _page_size(defined: GraphQLField, declared: Declared | None) -> int:
    if declared and declared.page_size:
        return declared.page_size
    sizes = [defined.args[name].default_value for name in SIZE_ARGUMENTS if name in defined.args]
    return next((size for size in sizes if isinstance(size, int)), ROWS)


class FieldCosts:
    """The fields of a schema with what they cost."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema
        self._known: dict[int, FieldCost] = {}

    def of(self, parent: Any, name: str) -> FieldCost | None:
        """The cost of a field; None for `__typename`, `__schema` and `__type`, which are no fields of a type."""
        defined = getattr(parent, "fields", {}).get(name)
        if defined is None:
            return None
        if id(defined) not in self._known:
            self._known[id(defined)] = FieldCost.of(defined)
        return self._known[id(defined)]


@dataclass
class CostAnalyzer:
    """The cost of one operation with given variables.

    Each fragment is counted once for each number of rows that it inherits, so that fragments which spread each other
    many times take no longer to count. The document is valid: there are no cycles.
    """

    field_costs: FieldCosts
    fragments: dict[str, FragmentDefinitionNode]
    variables: dict[str, Any]
    size_variables: set[str] = field(default_factory=set)
    _counted: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)

    def of(self, operation: OperationDefinitionNode) -> int:
        """Its cost. `size_variables` then holds the names of the variables that the cost depends on."""
        root = self.field_costs.schema.get_root_type(operation.operation)
        values, reads = self._selection(operation.selection_set, root, 0)
        return values + reads

    def _selection(self, selected: SelectionSetNode, parent: Any, rows: int) -> tuple[int, int]:
        """Values for one object, and reads for all. `rows` is the page size of the connection that `parent` is."""
        values, reads = 0, 0
        exclusive: dict[str, int] = defaultdict(int)
        for node in selected.selections:
            if isinstance(node, FieldNode):
                own, read = self._field(node, parent, rows)
            else:
                kind, own, read = self._fragment(node, parent, rows)
                if kind is not parent and isinstance(kind, GraphQLObjectType):
                    exclusive[kind.name] += own
                    own = 0
            values, reads = values + own, reads + read
        return values + max(exclusive.values(), default=0), reads

    def _fragment(self, node: Any, parent: Any, rows: int) -> tuple[Any, int, int]:
        if not isinstance(node, FragmentSpreadNode):
            kind = self._kind(node, parent)
            return kind, *self._selection(node.selection_set, kind, rows)
        name = node.name.value
        fragment = self.fragments[name]
        kind = self._kind(fragment, parent)
        if (name, rows) not in self._counted:
            self._counted[name, rows] = self._selection(fragment.selection_set, kind, rows)
        return kind, *self._counted[name, rows]

    def _kind(self, fragment: Any, parent: Any) -> Any:
        condition = fragment.type_condition
        return self.field_costs.schema.type_map[condition.name.value] if condition else parent

    def _field(self, node: FieldNode, parent: Any, rows: int) -> tuple[int, int]:
        field_cost = self.field_costs.of(parent, node.name.value)
        if field_cost is None:
            return (1 if node.name.value == "__typename" else INTROSPECTION), 0
        reads_more = SEARCH if self._searches(node) else 0
        if node.name.value == "totalCount":
            reads_more += COUNT
        if not node.selection_set:
            return field_cost.weight, field_cost.reads + reads_more
        size = self._size(node)
        if field_cost.is_list:
            times, inherited = size or rows or field_cost.page_size, 0
        else:
            # A connection hands its page size on to its `edges` and `nodes`.
            times, inherited = 1, (size or field_cost.page_size) if _is_connection(field_cost.kind) else 0
        below, reads = self._selection(node.selection_set, field_cost.kind, inherited)
        return field_cost.weight + times * below, field_cost.reads + reads_more + reads

    def _searches(self, node: FieldNode) -> bool:
        return any(
            argument.name.value in SEARCHES and not isinstance(argument.value, NullValueNode)
            for argument in node.arguments
        )

    def _size(self, node: FieldNode) -> int | None:
        """The page size that a field is given; None where it is left out."""
        asked = [argument.value for argument in node.arguments if argument.name.value in SIZE_ARGUMENTS]
        found = [value for value in map(self._number, asked) if value is not None]
        return min(max(found), MOST_ROWS) if found else None

    def _number(self, value: Any) -> int | None:
        if isinstance(value, IntValueNode):
            return abs(int(value.value)) if len(value.value) < MOST_DIGITS else MOST_ROWS
        if isinstance(value, VariableNode):
            name = value.name.value
            self.size_variables.add(name)
            return _whole(self.variables.get(name))
        return None


field_costs = cast(FieldCosts, SimpleLazyObject(lambda: FieldCosts(schema.graphql_schema)))


def cost_of(document: Document, operation: Operation, variables: dict[str, Any]) -> int:
    """The cost of an operation; counted once for all requests that ask for pages of the same sizes."""
    given = {**_defaults(operation), **variables}
    if operation.size_variables is not None:
        known = operation.costs.get(_size_values(operation, given))
        if known is not None:
            return known
    analyzer = CostAnalyzer(field_costs, document.fragments, given)
    cost = min(analyzer.of(operation.node), MOST_COST)
    operation.size_variables = tuple(sorted(analyzer.size_variables))
    if len(operation.costs) >= MOST_COUNTS:
        operation.costs.clear()
    operation.costs[_size_values(operation, given)] = cost
    return cost


def _size_values(operation: Operation, given: dict[str, Any]) -> tuple[int | None, ...]:
    values = (given.get(name) for name in operation.size_variables or ())
    return tuple(map(_whole, values))


def _whole(value: Any) -> int | None:
    """The size that a variable stands for: graphql-core takes 20.0 for 20."""
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return abs(int(value))
    return None


def _defaults(operation: Operation) -> dict[str, int]:
    defined = operation.node.variable_definitions
    return {
        each.variable.name.value: int(each.default_value.value)
        for each in defined
        if isinstance(each.default_value, IntValueNode) and len(each.default_value.value) < MOST_DIGITS
    }


def _is_connection(kind: Any) -> bool:
    return "pageInfo" in getattr(kind, "fields", {})
