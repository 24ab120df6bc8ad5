"""How an operation is executed: as graphql-core does it, once what is selected has been loaded."""

from __future__ import annotations

from typing import Any

from graphql import ExecutionContext, GraphQLResolveInfo, OperationDefinitionNode, OperationType
from graphql.execution.collect_fields import collect_fields
from graphql.pyutils import Path

from cms.graphql.planning import root_ahead


class Execution(ExecutionContext):
    """Loads a query ahead of its resolvers (`planning.py`); mutations go one after the other, as they must."""

    def execute_operation(self, operation: OperationDefinitionNode, root_value: Any) -> Any:
        if operation.operation is OperationType.QUERY:
            self._load(operation)
        return super().execute_operation(operation, root_value)

    def _load(self, operation: OperationDefinitionNode) -> None:
        parent = self.schema.query_type
        fields = collect_fields(
            self.schema, self.fragments, self.variable_values, parent, operation.selection_set
        )
        info = GraphQLResolveInfo(
            field_name="",
            field_nodes=[],
            return_type=parent,
            parent_type=parent,
            path=Path(None, "", None),
            schema=self.schema,
            fragments=self.fragments,
            root_value=self.root_value,
            operation=operation,
            variable_values=self.variable_values,
            context=self.context_value,
            is_awaitable=self.is_awaitable,
        )
        root_ahead(
            {name: nodes for name, nodes in fields.items() if nodes[0].name.value in parent.fields}, info
        )
