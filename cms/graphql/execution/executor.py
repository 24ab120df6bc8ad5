"""graphql-core's executor, which loads what a query selects before it resolves it (`planner.py`)."""

from __future__ import annotations

from typing import Any

from graphql import ExecutionContext, OperationDefinitionNode, OperationType
from graphql.execution.collect_fields import collect_fields
from graphql.pyutils import Path

from cms.graphql.execution.planner import prefetch_root


class SyncExecutionContext(ExecutionContext):
    """Loads a query's root fields together; mutations run one after the other, as the specification says."""

    #: No resolver returns anything that has to be awaited.
    is_awaitable = staticmethod(lambda value: False)

    def execute_operation(self, operation: OperationDefinitionNode, root_value: Any) -> Any:
        if operation.operation is OperationType.QUERY:
            self._prefetch(operation)
        return super().execute_operation(operation, root_value)

    def _prefetch(self, operation: OperationDefinitionNode) -> None:
        parent = self.schema.query_type
        if parent is None:
            return
        selected = collect_fields(
            self.schema, self.fragments, self.variable_values, parent, operation.selection_set
        )
        fields = {name: nodes for name, nodes in selected.items() if nodes[0].name.value in parent.fields}
        if fields:
            first = next(iter(fields.values()))
            field = parent.fields[first[0].name.value]
            prefetch_root(fields, self.build_resolve_info(field, first, parent, Path(None, "", None)))
