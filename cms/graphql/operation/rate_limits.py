"""Rate limits of GraphQL requests: what each counts as (`cms.operations.rate_limiter`)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from graphql import NullValueNode, OperationType

from cms.graphql.operation.documents import Document, Operation
from cms.graphql.operation.refusals import GraphQLHTTPError
from cms.graphql.schema.registry import RATES
from cms.operations.client_ip import client_ip
from cms.operations.rate_limiter import Quota, rate_limiter

#: Points of cost that count as one request more.
COST_OF_A_REQUEST = 1_000
#: Characters of a document that was not known, parsed and validated, that count as one request more.
CHARACTERS_OF_A_REQUEST = 500


def kind_of(document: Document, operation: Operation) -> str:
    """The kind of an operation: what its mutation says of itself; `preview` where a token is given; else `read`."""
    roots = document.root_fields(operation)
    if operation.node.operation is OperationType.MUTATION:
        return next((RATES[node.name.value] for node in roots if node.name.value in RATES), "write")
    given = (argument for node in roots for argument in node.arguments)
    is_preview = any(
        each.name.value == "token" and not isinstance(each.value, NullValueNode) for each in given
    )
    return "preview" if is_preview else "read"


def consume(kind: str, environ: dict[str, Any], amount: int = 1) -> Quota | None:
    """Count a request. Raises GraphQLHTTPError, 429, where its client has asked too often."""
    quota = rate_limiter.consume(kind, client_ip(environ), amount)
    if quota is None or not quota.is_exceeded:
        return quota
    raise GraphQLHTTPError(
        f"Too many requests of this kind; ask again in {quota.reset} seconds.",
        status=429,
        code="RATE_LIMITED",
        extensions={"kind": kind, "limit": quota.limit.requests, "retryAfter": quota.reset},
        headers=quota.headers,
    )


def consume_for_reading(document: Document, environ: dict[str, Any]) -> None:
    """Count a document that had to be parsed, be it valid or refused, by its length: its limit bounds that, too."""
    length = min(document.length, settings.CMS_GRAPHQL_LIMITS["characters"])
    if more := length // CHARACTERS_OF_A_REQUEST:
        consume("read", environ, more)


def consume_for_execution(
    document: Document, operation: Operation, environ: dict[str, Any], cost: int
) -> Quota | None:
    """Count what no cached response answers: a read by its cost, and everything else by its kind."""
    kind = kind_of(document, operation)
    if kind != "read":
        return consume(kind, environ)
    more = cost // COST_OF_A_REQUEST
    return consume(kind, environ, more) if more else None
