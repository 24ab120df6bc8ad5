"""What a statement that writes does to a table: which rows it is about, as they are before it and after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

#: Rows that one statement may be about for it to be told which ones.
MOST = 500

WRITE = re.compile(
    r'\s*(INSERT|UPDATE|DELETE|TRUNCATE)(?:\s+OR\s+\w+)?(?:\s+INTO|\s+FROM|\s+TABLE)?\s+"?(\w+)"?',
    re.IGNORECASE,
)
INSERT = re.compile(r"\s*INSERT[^(]*\(([^)]*)\)\s*VALUES\s*(.*)", re.IGNORECASE | re.DOTALL)
UNNEST = re.compile(r"\s*INSERT[^(]*\(([^)]*)\)\s*SELECT \* FROM UNNEST\((.*)", re.IGNORECASE | re.DOTALL)
TOKEN = re.compile(r"""'(?:[^']|'')*'|"[^"]*"|[()]|\bWHERE\b|\bRETURNING\b""", re.IGNORECASE)

Row = dict[str, Any]


@dataclass(frozen=True)
class Write:
    """A statement that writes to `table`; `verb` is INSERT, UPDATE, DELETE or TRUNCATE."""

    verb: str
    table: str
    sql: str
    params: Sequence[Any] | None
    many: bool

    @classmethod
    def of(cls, sql: str, params: Any, many: bool) -> Write | None:
        found = WRITE.match(sql)
        return cls(found.group(1).upper(), found.group(2), sql, params, many) if found else None

    def inserted(self) -> list[Row] | None:
        """The rows of an INSERT, with the columns that it names; None where they can't be told."""
        if self.many or not self.params:
            return None
        if found := UNNEST.match(self.sql):
            names = _names(found.group(1))
            columns = list(self.params)[: len(names)]
            if len(columns) < len(names) or not all(isinstance(column, list) for column in columns):
                return None
            return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=False)]
        found = INSERT.match(self.sql)
        return _rows(_names(found.group(1)), found.group(2), list(self.params)) if found else None

    def affected(self, connection: BaseDatabaseWrapper) -> list[Row] | None:
        """The rows that an UPDATE or DELETE is about, as they are now; None where they can't be told."""
        condition = _condition(self.sql)
        if condition is None or self.many or self.verb not in {"UPDATE", "DELETE"}:
            return None
        places = condition.replace("%%", "").count("%s")
        params = None if self.params is None else list(self.params)[len(self.params) - places :]
        with connection.cursor() as cursor:
            quoted = connection.ops.quote_name(self.table)
            cursor.execute(f"SELECT * FROM {quoted} WHERE {condition} LIMIT {MOST + 1}", params)  # noqa: S608 - the statement's own condition
            rows = _dictionaries(cursor)
        return None if len(rows) > MOST else rows


def rows_by_key(connection: BaseDatabaseWrapper, table: str, key: str, values: list[Any]) -> list[Row]:
    """The rows of a table with these primary keys, as they are now."""
    if not values:
        return []
    with connection.cursor() as cursor:
        quote = connection.ops.quote_name
        places = ", ".join(["%s"] * len(values))
        cursor.execute(f"SELECT * FROM {quote(table)} WHERE {quote(key)} IN ({places})", values)  # noqa: S608 - names are quoted
        return _dictionaries(cursor)


def _dictionaries(cursor: Any) -> list[Row]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def _names(columns: str) -> list[str]:
    return [name.strip().strip('"') for name in columns.split(",")]


def _rows(names: list[str], values: str, params: list[Any]) -> list[Row] | None:
    group = "(" + ", ".join(["%s"] * len(names)) + ")"
    number = values.count(group)
    if not number or not values.startswith(", ".join([group] * number)) or len(params) < number * len(names):
        return None
    width = len(names)
    return [dict(zip(names, params[at * width : (at + 1) * width], strict=True)) for at in range(number)]


def _condition(sql: str) -> str | None:
    """What stands behind the statement's own WHERE, not one within parentheses or a string."""
    depth, begin, end = 0, None, len(sql)
    for token in TOKEN.finditer(sql):
        text = token.group(0)
        if text in "()":
            depth += 1 if text == "(" else -1
        elif depth == 0 and text.upper() == "WHERE":
            begin = token.end()
        elif depth == 0 and text.upper() == "RETURNING":
            end = token.start()
    return sql[begin:end].strip() if begin is not None and begin < end else None
