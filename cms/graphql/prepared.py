"""PostgreSQL's prepared statements: what is asked again and again is planned once for each connection.

To plan a statement of many parts takes PostgreSQL longer than to run it. Only statements that are kept
(`statements.py`) are prepared, when they come for the third time, and a bounded number. A pooler that gives each
transaction another connection (pgbouncer, in that mode) loses them: DATABASE_PREPARED=0 turns them off.
"""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import NotSupportedError, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

#: Uses after which a statement is prepared, and statements that are kept in a connection.
WORTH = 3
MOST = 300
MOST_COUNTED = 5000
PLACE = re.compile(r"%(s|%)")

_uses: Counter[str] = Counter()
_lock = Lock()


def execute(connection: BaseDatabaseWrapper, name: str | None, sql: str, params: Sequence[Any]) -> list[Any]:
    """The rows of a statement; `name` tells it from all others, None says that it is not worth preparing."""
    with connection.cursor() as cursor:
        if name is None or not settings.DATABASE_PREPARED or not _is_worth(name):
            cursor.execute(sql, params)
            return cursor.fetchall()
        try:
            _prepare(connection, cursor, name, sql)
            places = f" ({', '.join(['%s'] * len(params))})" if params else ""
            cursor.execute(f"EXECUTE {name}{places}", params)
            return cursor.fetchall()
        except (NotSupportedError, OperationalError):
            # A table has changed since, or a pooler has taken the statement away; a lost connection fails again.
            _of(connection).clear()
            if connection.in_atomic_block:
                raise
            cursor.execute(sql, params)
            return cursor.fetchall()


def _is_worth(name: str) -> bool:
    with _lock:
        if len(_uses) > MOST_COUNTED:
            _uses.clear()
        _uses[name] += 1
        return _uses[name] >= WORTH


def _of(connection: BaseDatabaseWrapper) -> OrderedDict[str, None]:
    """The statements that the connection as it is now has prepared."""
    of, prepared = getattr(connection, "_cms_prepared", (None, None))
    if of is not connection.connection or prepared is None:
        prepared = OrderedDict()
        connection._cms_prepared = connection.connection, prepared
    return prepared


def _prepare(connection: BaseDatabaseWrapper, cursor: Any, name: str, sql: str) -> None:
    prepared = _of(connection)
    if name in prepared:
        prepared.move_to_end(name)
        return
    if not prepared:
        # All of them go by keys or in the order of an index, whatever the values are.
        cursor.execute("SET plan_cache_mode = force_generic_plan")
    numbers = iter(range(1, sql.count("%s") + 1))
    numbered = PLACE.sub(lambda place: "%%" if place.group(1) == "%" else f"${next(numbers)}", sql)
    cursor.execute(f"PREPARE {name} AS {numbered}", [])
    prepared[name] = None
    if len(prepared) > MOST:
        cursor.execute(f"DEALLOCATE {prepared.popitem(last=False)[0]}")
