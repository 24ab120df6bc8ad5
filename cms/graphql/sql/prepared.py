"""PostgreSQL's prepared statements: what is asked again and again is planned once for each connection.

To plan a statement of many parts takes PostgreSQL longer than to run it, and psycopg2 prepares nothing. Only statements
that are kept (`compiled.py`) are prepared, when they come for the third time, and a bounded number. Behind a pooler
that gives each transaction another connection they are lost: the first time that happens, this process stops preparing.
"""

from __future__ import annotations

import logging
import re
from collections import Counter, OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Any

from django.db import DatabaseError, NotSupportedError
from django.db.backends.base.base import BaseDatabaseWrapper

from cms.graphql.accelerators import is_on
from cms.graphql.sql.failures import sqlstate

logger = logging.getLogger(__name__)

#: Uses after which a statement is prepared, and statements that are kept in a connection.
PREPARE_THRESHOLD = 3
MAX_PREPARED = 300
MAX_COUNTED = 5000
PLACE = re.compile(r"%(s|%)")
#: PostgreSQL's states for a statement that the connection does not have, or has from another client.
UNKNOWN_STATEMENT, DUPLICATE_STATEMENT = "26000", "42P05"
#: The attribute of Django's connection that holds what its session has prepared.
PREPARED = "_cms_prepared"


class Prepared:
    """The statements that one connection to PostgreSQL has prepared, by the keys that callers know them by.

    Each gets a name of its own, which is never used again: a statement that could not be dropped is in nobody's way.
    """

    def __init__(self) -> None:
        self._names: OrderedDict[str, str] = OrderedDict()
        self._made = 0

    def name(self, cursor: Any, key: str, sql: str) -> str:
        """The name of a statement, prepared now where it is not yet."""
        if found := self._names.get(key):
            self._names.move_to_end(key)
            return found
        if not self._made:
            # All of them go by keys or in the order of an index, whatever the values are.
            cursor.execute("SET plan_cache_mode = force_generic_plan")
        self._made += 1
        name = f"cms_{self._made}"
        numbers = iter(range(1, sql.count("%s") + 1))
        numbered = PLACE.sub(lambda place: "%%" if place.group(1) == "%" else f"${next(numbers)}", sql)
        cursor.execute(f"PREPARE {name} AS {numbered}", [])
        self._names[key] = name
        while len(self._names) > MAX_PREPARED:
            cursor.execute(f"DEALLOCATE {self._names.popitem(last=False)[1]}")
        return name

    def drop(self, connection: BaseDatabaseWrapper, key: str) -> None:
        """Forget a statement; PostgreSQL forgets it, too, unless a failed transaction keeps it from that."""
        name = self._names.pop(key, None)
        if name is None or connection.in_atomic_block:
            return
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"DEALLOCATE {name}")
        except DatabaseError:
            logger.info("PostgreSQL no longer has the prepared statement %s", name)


class Usage:
    """How often statements came, and whether this process may prepare them."""

    def __init__(self) -> None:
        self._uses: Counter[str] = Counter()
        self._lock = Lock()
        self.is_behind_pooler = False

    def reset(self) -> None:
        """Know of no use and of no pooler, as a new process does."""
        with self._lock:
            self._uses.clear()
            self.is_behind_pooler = False

    def should_prepare(self, key: str) -> bool:
        """Count a use; whether a statement came often enough to be prepared."""
        with self._lock:
            if len(self._uses) > MAX_COUNTED:
                self._uses.clear()
            self._uses[key] += 1
            return self._uses[key] >= PREPARE_THRESHOLD


usage = Usage()


def may_prepare() -> bool:
    """Whether statements that come often are prepared at all."""
    return is_on("prepared_statements") and not usage.is_behind_pooler


def execute(connection: BaseDatabaseWrapper, key: str | None, sql: str, params: Sequence[Any]) -> list[Any]:
    """The rows of a statement; `key` tells it from all others, None for one that is not kept."""
    if key is None or not may_prepare() or not usage.should_prepare(key):
        return _execute_unprepared(connection, sql, params)
    prepared = _of(connection)
    try:
        with connection.cursor() as cursor:
            name = prepared.name(cursor, key, sql)
            places = f" ({', '.join(['%s'] * len(params))})" if params else ""
            cursor.execute(f"EXECUTE {name}{places}", params)
            return cursor.fetchall()
    except DatabaseError as error:
        prepared.drop(connection, key)
        if not _is_lost(error) or connection.in_atomic_block:
            raise
        return _execute_unprepared(connection, sql, params)


def _is_lost(error: DatabaseError) -> bool:
    """Whether the prepared statement is gone (a pooler, a changed table), so that it can be sent unprepared."""
    if sqlstate(error) in {UNKNOWN_STATEMENT, DUPLICATE_STATEMENT}:
        if not usage.is_behind_pooler:
            logger.warning("a pooler stands before PostgreSQL; statements are no longer prepared")
        usage.is_behind_pooler = True
        return True
    # A table has changed: "cached plan must not change result type".
    return isinstance(error, NotSupportedError)


def _execute_unprepared(connection: BaseDatabaseWrapper, sql: str, params: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _of(connection: BaseDatabaseWrapper) -> Prepared:
    """What the connection as it is now has prepared."""
    of, prepared = getattr(connection, PREPARED, (None, None))
    if of is not connection.connection or prepared is None:
        connection.ensure_connection()
        prepared = Prepared()
        setattr(connection, PREPARED, (connection.connection, prepared))
    return prepared
