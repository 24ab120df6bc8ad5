"""A constant answer of the size of a list, from the same server: what no application can be faster than."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

BODY = b'{"data":{"articles":"' + b"x" * 8000 + b'"}}'


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """A WSGI application."""
    environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(BODY)))])
    return [BODY]
