"""How an operation is executed: as graphql-core does it, once what is selected has been loaded.

graphql-core asks for each value of each object anew what its field, its arguments and its type are, and whether it
has to be awaited. Here that is found out once for each selection set and type; nothing is ever awaited. What the
answer is, and which errors it has, is graphql-core's own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql import (
    ExecutionContext,
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    OperationDefinitionNode,
    OperationType,
    Undefined,
    is_leaf_type,
    located_error,
)
from graphql.execution.collect_fields import collect_fields
from graphql.execution.execute import get_field_def
from graphql.execution.values import get_argument_values
from graphql.pyutils import Path

from cms.graphql.planning import root_ahead

Selected = dict[str, list[FieldNode]]


class Step:
    """A field of a selection set, and all about it that is the same for every object."""

    __slots__ = (
        "_variables",
        "args",
        "field",
        "info",
        "leaf",
        "name",
        "nodes",
        "required",
        "resolve",
        "type",
    )

    def __init__(
        self, execution: Execution, parent: GraphQLObjectType, name: str, nodes: list[FieldNode]
    ) -> None:
        self.field: GraphQLField = get_field_def(execution.schema, parent, nodes[0])
        self.name = name
        self.nodes = nodes
        self.type: GraphQLOutputType = self.field.type
        self.resolve: Callable[..., Any] = self.field.resolve or execution.field_resolver
        self.required = isinstance(self.type, GraphQLNonNull)
        named = self.type.of_type if self.required else self.type
        self.leaf: Callable[[Any], Any] | None = named.serialize if is_leaf_type(named) else None
        self.info = execution.build_resolve_info(self.field, nodes, parent, Path(None, name, parent.name))
        self._variables = execution.variable_values
        self.args: dict[str, Any] | None
        try:
            self.args = get_argument_values(self.field, nodes[0], self._variables)
        except GraphQLError:
            self.args = None

    def result(self, source: Any) -> Any:
        """What the field's resolver returns for an object."""
        args = self.args
        if args is None:
            args = get_argument_values(self.field, self.nodes[0], self._variables)  # raises
        return self.resolve(source, self.info, **args)


class Execution(ExecutionContext):
    """Loads a query ahead of its resolvers (`planning.py`); mutations go one after the other, as they must."""

    is_awaitable = staticmethod(lambda value: False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._steps: dict[int, list[Step]] = {}

    def execute_operation(self, operation: OperationDefinitionNode, root_value: Any) -> Any:
        if operation.operation is OperationType.QUERY:
            self._load(operation)
        return super().execute_operation(operation, root_value)

    def _load(self, operation: OperationDefinitionNode) -> None:
        parent = self.schema.query_type
        fields = collect_fields(
            self.schema, self.fragments, self.variable_values, parent, operation.selection_set
        )
        known = {name: nodes for name, nodes in fields.items() if nodes[0].name.value in parent.fields}
        for nodes in list(known.values())[:1]:
            field = parent.fields[nodes[0].name.value]
            root_ahead(known, self.build_resolve_info(field, nodes, parent, Path(None, "", None)))

    def execute_fields(
        self, parent_type: GraphQLObjectType, source_value: Any, path: Path | None, fields: Selected
    ) -> dict[str, Any]:
        steps = self._steps.get(id(fields))
        if steps is None:  # graphql-core keeps `fields` as long as it executes
            steps = [Step(self, parent_type, name, nodes) for name, nodes in fields.items()]
            self._steps[id(fields)] = steps
        results: dict[str, Any] = {}
        for step in steps:
            try:
                result = step.result(source_value)
                if step.leaf is None:
                    own_path = Path(path, step.name, parent_type.name)
                    result = self.complete_value(step.type, step.nodes, step.info, own_path, result)
                elif isinstance(result, Exception):
                    raise result
                elif result is not None:
                    result = _leaf(step.leaf, result)
                if result is None and step.required:
                    _refuse_null(step.info)
            except Exception as error:  # noqa: BLE001 - whatever a resolver raises is an error of the answer
                result = self._failed(error, step.nodes, step.type, Path(path, step.name, parent_type.name))
            results[step.name] = result
        return results

    def _failed(self, error: Exception, nodes: list[FieldNode], kind: GraphQLOutputType, path: Path) -> None:
        self.handle_field_error(located_error(error, nodes, path.as_list()), kind, path)

    def complete_list_value(
        self,
        return_type: GraphQLList[Any],
        field_nodes: list[FieldNode],
        info: GraphQLResolveInfo,
        path: Path,
        result: Any,
    ) -> list[Any]:
        if not isinstance(result, list | tuple):
            return super().complete_list_value(return_type, field_nodes, info, path, result)
        kind, complete = return_type.of_type, self.complete_value
        completed: list[Any] = []
        for index, item in enumerate(result):
            own_path = Path(path, index, None)
            try:
                completed.append(complete(kind, field_nodes, info, own_path, item))
            except Exception as error:  # noqa: BLE001 - as above
                completed.append(self._failed(error, field_nodes, kind, own_path))
        return completed

    def complete_object_value(
        self,
        return_type: GraphQLObjectType,
        field_nodes: list[FieldNode],
        info: GraphQLResolveInfo,
        path: Path,
        result: Any,
    ) -> dict[str, Any]:
        return self.execute_fields(
            return_type, result, path, self.collect_subfields(return_type, field_nodes)
        )


def _leaf(serialize: Callable[[Any], Any], value: Any) -> Any:
    if value is Undefined:
        return None
    found = serialize(value)
    if found is None or found is Undefined:
        raise TypeError(f"{value!r} cannot be written as a value of its type.")
    return found


def _refuse_null(info: GraphQLResolveInfo) -> None:
    raise TypeError(f"Cannot return null for non-nullable field {info.parent_type.name}.{info.field_name}.")
