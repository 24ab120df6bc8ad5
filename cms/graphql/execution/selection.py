"""What a request selects below a field: the field names, and the columns that they need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLResolveInfo,
    GraphQLSkipDirective,
    SelectionNode,
    SelectionSetNode,
)
from graphql.execution.values import get_directive_values
from wagtail.models import Page

from cms.graphql.accelerators import is_on

#: Columns that a field of a type reads: a list of names, or a function of the model and the field's own selection
#: that answers one (None: all columns). Filled by the declarations in `schema/fields.py` and by `schema.py`.
Columns = list[str] | Callable[[type[Model], "Selection"], Sequence[str] | None]
COLUMNS: dict[tuple[str, str], Columns] = {}

PAGE_COLUMNS = ("id", "title", "path", "depth", "url_path", "content_type")


@dataclass(frozen=True, slots=True)
class Selected:
    """A field as it stands in a selection set; `on` is the type of the innermost fragment around it."""

    node: FieldNode
    on: str | None

    @property
    def name(self) -> str:
        return self.node.name.value


class SelectionPlan:
    """What was found out about the selections of an operation: their fields, their columns, what loads below them.

    It is the same each time that the operation is executed, and kept with it, unless directives make it depend on
    variables (`operation/documents.py`). `capacity` is the number of entries, of all that is kept together: what there
    is no room for is found out anew.
    """

    def __init__(self, capacity: int = 0) -> None:
        self._kept: dict[tuple[Any, ...], Any] = {}
        self._room = capacity

    def keep(self, what: str, ids: tuple[int, ...], owner: type | None, find: Callable[[], Any]) -> Any:
        """What `find` returns, a sequence or None, about the selection of these nodes (`node_ids`)."""
        key = what, ids, owner
        if key in self._kept:
            return self._kept[key]
        found = find()
        size = 1 + len(ids) + len(found or ())
        if size <= self._room:
            self._room -= size
            self._kept[key] = found
        return found


def node_ids(nodes: list[FieldNode]) -> tuple[int, ...]:
    """What tells the nodes of a merged field from all others of their document."""
    return tuple(map(id, nodes))


class Selection:
    """The selection sets of one or more field nodes, merged."""

    def __init__(self, nodes: list[FieldNode], info: GraphQLResolveInfo) -> None:
        self.nodes = nodes
        self._ids = node_ids(nodes)
        self._info = info
        self._plan: SelectionPlan = info.context.plan

    def __iter__(self) -> Iterator[Selected]:
        found: list[Selected] = self._plan.keep("fields", self._ids, None, lambda: list(self._fields()))
        return iter(found)

    def _fields(self) -> Iterator[Selected]:
        spread: set[str] = set()
        for node in self.nodes:
            if node.selection_set:
                yield from fields_in(node.selection_set, self._info.fragments, self._included, spread)

    def __contains__(self, name: str) -> bool:
        return any(field.name == name for field in self)

    def below(self, *path: str) -> Selection:
        """The selection that is reached through the fields named by `path`."""
        selection = self
        for name in path:
            selection = Selection([field.node for field in selection if field.name == name], self._info)
        return selection

    def __or__(self, other: Selection) -> Selection:
        return Selection([*self.nodes, *other.nodes], self._info)

    def _included(self, node: SelectionNode) -> bool:
        if not node.directives:
            return True
        values: dict[str, Any] = self._info.variable_values
        skip = get_directive_values(GraphQLSkipDirective, node, values)
        include = get_directive_values(GraphQLIncludeDirective, node, values)
        return not (skip and skip["if"]) and not (include and not include["if"])

    def types(self) -> set[str]:
        """The names of the types that fragments select from."""
        return {field.on for field in self if field.on}

    def columns(self, model: type[Model]) -> tuple[str, ...] | None:
        """The columns of `model` that this selection reads; None where that is not known: all of them."""
        if not is_on("selected_columns"):
            return None
        found: tuple[str, ...] | None = self._plan.keep(
            "columns", self._ids, model, lambda: self._columns_for(model)
        )
        return found

    def _columns_for(self, model: type[Model]) -> tuple[str, ...] | None:
        names = {"pk"} if not issubclass(model, Page) else set(PAGE_COLUMNS)
        types = type_names(model)
        for each in self:
            if each.name == "__typename" or (each.on and each.on not in types):
                continue
            needed = self._columns_of(each, model, types)
            if needed is None:
                return None
            names.update(needed)
        return tuple(sorted(names))

    def _columns_of(self, field: Selected, model: type[Model], types: list[str]) -> Sequence[str] | None:
        for name in types:
            if (declared := COLUMNS.get((name, field.name))) is not None:
                if callable(declared):
                    return declared(model, Selection([field.node], self._info))
                return declared
        return None


def fields_in(
    selected: SelectionSetNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    is_included: Callable[[SelectionNode], bool],
    spread: set[str],
    on: str | None = None,
) -> Iterator[Selected]:
    """The fields of a selection set, also within fragments, as far as nodes are included; `on` is as in `Selected`.

    A fragment whose name is in `spread` is left out, and those that are spread here are added: once is enough.
    """
    for node in selected.selections:
        if not is_included(node):
            continue
        if isinstance(node, FieldNode):
            yield Selected(node, on)
            continue
        # Any: graphql-core's type does not tell that besides fields and spreads there are inline fragments alone.
        inline: Any = node
        fragment = inline
        if isinstance(node, FragmentSpreadNode):
            if node.name.value in spread:
                continue
            spread.add(node.name.value)
            fragment = fragments[node.name.value]
        condition = fragment.type_condition.name.value if fragment.type_condition else on
        yield from fields_in(fragment.selection_set, fragments, is_included, spread, condition)


def selection_of(info: GraphQLResolveInfo) -> Selection:
    """What is selected below the field that `info` is about."""
    return Selection(list(info.field_nodes), info)


def type_names(model: type[Model]) -> list[str]:
    """Names of the GraphQL types that an instance of `model` is of, its own first."""
    shared = ["PageInterface", "Page"] if issubclass(model, Page) else ["SnippetInterface"]
    return [model.__name__, *shared]
