"""What a request counts as, against how often its client may ask (`cms.operations.rates`)."""

from __future__ import annotations

from typing import Any

from graphql import FieldNode, NullValueNode, OperationType

from cms.graphql.clients import address_of
from cms.graphql.documents import Operation
from cms.graphql.requests import RefusedRequest
from cms.graphql.roots import RATES
from cms.operations.rates import Standing, rates

#: Points of cost that count as one request more.
COST_OF_A_REQUEST = 1_000


def kind_of(operation: Operation) -> str:
    """The kind of an operation: what its mutation says of itself; `preview` where a token is given; else `read`."""
    roots = [node for node in operation.node.selection_set.selections if isinstance(node, FieldNode)]
    if operation.node.operation is OperationType.MUTATION:
        return next((RATES[node.name.value] for node in roots if node.name.value in RATES), "write")
    given = (argument for node in roots for argument in node.arguments)
    is_preview = any(
        each.name.value == "token" and not isinstance(each.value, NullValueNode) for each in given
    )
    return "preview" if is_preview else "read"


def charge(kind: str, environ: dict[str, Any], amount: int = 1) -> Standing | None:
    """Count a request. Raises RefusedRequest, 429, where its client has asked too often."""
    standing = rates.charge(kind, address_of(environ), amount)
    if standing is None or not standing.is_over:
        return standing
    raise RefusedRequest(
        f"Too many requests of this kind; ask again in {standing.reset} seconds.",
        status=429,
        code="RATE_LIMITED",
        extensions={"kind": kind, "limit": standing.rate.requests, "retryAfter": standing.reset},
        headers=standing.headers,
    )


def charge_for_computing(operation: Operation, environ: dict[str, Any], cost: int) -> Standing | None:
    """Count what is not answered from what is kept: a read by its cost, and everything else by its kind."""
    kind = kind_of(operation)
    if kind != "read":
        return charge(kind, environ)
    more = cost // COST_OF_A_REQUEST
    return charge(kind, environ, more) if more else None
