"""How many SQL statements are sent: for /metrics, and by one thread, which tells what a request has cost."""

from __future__ import annotations

from collections.abc import Callable
from threading import local
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from cms.operations.metrics import STATEMENTS


class _Thread(local):
    statements = 0


_thread = _Thread()


def sent_by_thread() -> int:
    """How many statements this thread has sent since it began."""
    return _thread.statements


def _count(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    _thread.statements += 1
    STATEMENTS.inc()
    return execute(sql, params, many, context)


def _on_connection_created(sender: type, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if _count not in connection.execute_wrappers:
        # First: a connection that is created within Django's `execute_wrapper` pops the last one at its end.
        connection.execute_wrappers.insert(0, _count)


def count_statements() -> None:
    """Count the statements of all connections that are made from now on."""
    connection_created.connect(_on_connection_created, dispatch_uid=__name__)
