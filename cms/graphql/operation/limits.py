"""How much one request may ask for.

The document's size has been looked at before it was validated (`selection_metrics.py`), and validation has run.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings

from cms.graphql.operation.cost import cost_of
from cms.graphql.operation.documents import Document, Operation
from cms.graphql.operation.refusals import GraphQLHTTPError
from cms.graphql.operation.selection_metrics import MetricsCollector, refuse, refuse_size

NO_INTROSPECTION = "This server does not tell its schema; it is published as schema.graphql."


def check(document: Document, operation: Operation, variables: dict[str, Any]) -> int:
    """The operation's cost. Raises GraphQLHTTPError, with the limit and what was asked, where it asks for too much."""
    try:
        return _check(document, operation, variables)
    except RecursionError as error:
        raise GraphQLHTTPError(
            "The operation's fragments are nested too deeply.", status=None, code="DEPTH_LIMIT"
        ) from error


def _check(document: Document, operation: Operation, variables: dict[str, Any]) -> int:
    if operation.metrics is None:
        operation.metrics = MetricsCollector(document.fragments).of_operation(operation.node)
    if operation.metrics.introspects and not settings.CMS_GRAPHQL_INTROSPECTION:
        raise GraphQLHTTPError(NO_INTROSPECTION, status=None, code="INTROSPECTION_DISABLED")
    refuse_size(operation.metrics)
    if not operation.is_query:
        refuse(operation.metrics.root_fields, 1, "MUTATION_LIMIT", "fields of Mutation")
    cost = cost_of(document, operation, variables)
    limit = settings.CMS_GRAPHQL_LIMITS["cost"]
    if cost > limit:
        refuse(cost, limit, "COST_LIMIT", "points of cost", cost=extension(cost))
    return cost


def extension(cost: int) -> dict[str, int]:
    """What answers say of their cost, in `extensions.cost`."""
    return {"requestedQueryCost": cost, "maximumAvailable": settings.CMS_GRAPHQL_LIMITS["cost"]}
