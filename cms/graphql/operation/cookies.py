"""Answers that depend on a cookie: for who sends it they are made anew, and given to nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cms.graphql.operation.documents import Document, Operation
from cms.graphql.schema.fields import COOKIES


def cookies_of(document: Document, operation: Operation) -> frozenset[str]:
    """Names of the cookies that the answer to an operation depends on."""
    fields = document.root_fields(operation)
    return frozenset().union(*(COOKIES.get(node.name.value, ()) for node in fields))


def sends_any(cookies: Iterable[str], environ: dict[str, Any]) -> bool:
    """Whether a request bears one of these cookies."""
    sent = environ.get("HTTP_COOKIE", "")
    return bool(sent) and any(f"{name}=" in sent for name in cookies)
