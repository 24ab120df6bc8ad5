"""Which tables a SQL statement writes to, and which rows of them where that can be told from its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

#: Rows of one statement up to which each gets tags of its own.
MAX_ROWS = 500
#: Characters of a statement up to which its parse is cached.
MAX_CACHED = 10_000

Row = dict[str, Any]

#: A statement with one of these writes. Not `FOR UPDATE`, nor `DO UPDATE` of an upsert.
WRITE = re.compile(
    r"\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|MERGE\s+INTO|DELETE\s+FROM|TRUNCATE"
    r"|(?<!FOR )(?<!KEY )(?<!DO )UPDATE)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"\w+")
LEADING_COMMENTS = re.compile(r"(?:\s+|--[^\n]*(?:\n|$)|/\*.*?\*/)*", re.DOTALL)
COMMENT = re.compile(r"--|/\*")
TABLE = r'(?:"?\w+"?\.)?"?(?P<table>\w+)"?'
INSERT = re.compile(
    rf"INSERT\s+(?:OR\s+IGNORE\s+)?INTO\s+{TABLE}\s*\((?P<columns>[^()]*)\)\s*(?P<values>VALUES|SELECT)\b",
    re.IGNORECASE,
)
UPDATE = re.compile(rf"UPDATE\s+{TABLE}\s+SET\b", re.IGNORECASE)
DELETE = re.compile(rf"DELETE\s+FROM\s+{TABLE}\s*(?=WHERE\b|RETURNING\b|$)", re.IGNORECASE)
#: These write to the table that they name first, and to no other.
HEAD = re.compile(
    rf"(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+(?:ONLY\s+)?{TABLE}",
    re.IGNORECASE,
)
#: Django's bulk insert on PostgreSQL: an array per column.
UNNEST = re.compile(r"\s*\* FROM UNNEST\((?P<arrays>(?:\(%s\)::[\w ]+\[\](?:, )?)+)\)")
TAIL = re.compile(r"\s*(?:ON CONFLICT DO NOTHING\s*)?(?:RETURNING\b.*)?", re.IGNORECASE | re.DOTALL)
TOKEN = re.compile(
    r"""'(?:[^']|'')*'|"[^"]*"|[()]|\b(?:WHERE|RETURNING|FROM|USING|ORDER|LIMIT|CURRENT)\b""", re.IGNORECASE
)


@dataclass(frozen=True)
class Write:
    """What the text of a statement that writes tells.

    `tables` are the names that it may write to, in lower case, among names that are no tables. `verb` is INSERT,
    UPDATE or DELETE where it writes to rows of one `table` that can be told, else empty. `begin` and `end` then limit
    its condition, or what follows the columns of an INSERT.
    """

    sql: str
    tables: frozenset[str]
    cascades: bool = False
    verb: str = ""
    table: str = ""
    columns: tuple[str, ...] = ()
    begin: int = 0
    end: int = 0

    def inserted(self, params: Any) -> list[Row] | None:
        """The rows of an INSERT, with the columns that it names; None where they can't be told."""
        if self.verb != "INSERT" or not isinstance(params, list | tuple):
            return None
        text, width = self.sql[self.begin :], len(self.columns)
        if found := UNNEST.match(text):
            arrays = list(params)[:width]
            is_whole = found["arrays"].count("%s") == width and len(params) >= width
            if not (is_whole and TAIL.fullmatch(text, found.end())):
                return None
            rows = list(zip(*arrays, strict=True))
        else:
            group = "(" + ", ".join(["%s"] * width) + ")"
            number = text.count(group)
            values = ", ".join([group] * number)
            text = text.lstrip()
            is_whole = text.startswith(values) and len(params) >= number * width
            if not (number and is_whole and TAIL.fullmatch(text, len(values))):
                return None
            rows = [tuple(params[at * width : (at + 1) * width]) for at in range(number)]
        return [dict(zip(self.columns, row, strict=True)) for row in rows]

    def affected(self, params: Any, connection: BaseDatabaseWrapper) -> list[Row] | None:
        """The rows that an UPDATE or DELETE is about, as they are now; None where they can't be told."""
        if self.verb not in {"UPDATE", "DELETE"} or not (params is None or isinstance(params, list | tuple)):
            return None
        condition = self.sql[self.begin : self.end]
        first = _places(self.sql[: self.begin])
        own: Sequence[Any] | None = params and params[first : first + _places(condition)]
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(self.table)
            cursor.execute(f"SELECT * FROM {table} WHERE {condition} LIMIT {MAX_ROWS + 1}", own)  # noqa: S608 - the statement's own condition
            rows = rows_of(cursor)
        return None if len(rows) > MAX_ROWS else rows


def write_of(sql: str) -> Write | None:
    """What a statement writes; None for one that only reads."""
    if sql.startswith("SELECT") and ";" not in sql:
        return None
    return _cached(sql) if len(sql) <= MAX_CACHED else _write_of(sql)


def rows_by_key(connection: BaseDatabaseWrapper, table: str, key: str, values: list[Any]) -> list[Row]:
    """The rows of a table with these primary keys, as they are now."""
    if not values:
        return []
    with connection.cursor() as cursor:
        quote = connection.ops.quote_name
        places = ", ".join(["%s"] * len(values))
        cursor.execute(f"SELECT * FROM {quote(table)} WHERE {quote(key)} IN ({places})", values)  # noqa: S608 - names are quoted
        return rows_of(cursor)


def rows_of(cursor: Any) -> list[Row]:
    """The rows that a cursor has, by the names of their columns."""
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def _write_of(sql: str) -> Write | None:
    found = WRITE.findall(sql)
    if not found:
        return None
    start = LEADING_COMMENTS.match(sql).end()  # type: ignore[union-attr]  # it matches nothing, too
    words = frozenset(word.lower() for word in WORD.findall(sql))
    head = HEAD.match(sql, start)
    if head is None or len(found) > 1 or ";" in sql[start:].rstrip("; \n"):
        cascades = "truncate" in words and "cascade" in words
        return Write(sql, words, cascades)
    table = head["table"].lower()
    coarse = Write(sql, frozenset([table]))
    if COMMENT.search(sql, start):
        return coarse
    if insert := INSERT.match(sql, start):
        columns = tuple(name.strip().strip('"') for name in insert["columns"].split(","))
        return Write(sql, coarse.tables, False, "INSERT", table, columns, insert.end(), len(sql))
    for verb, pattern in (("UPDATE", UPDATE), ("DELETE", DELETE)):
        if (match := pattern.match(sql, start)) and (limits := _condition(sql, match.end())):
            return Write(sql, coarse.tables, False, verb, table, (), *limits)
    return coarse


_cached = lru_cache(maxsize=1000)(_write_of)


def _places(sql: str) -> int:
    return sql.replace("%%", "").count("%s")


def _condition(sql: str, start: int) -> tuple[int, int] | None:
    """Where the statement's own WHERE begins and ends, not one within parentheses or a string; None where rows of
    other tables, or their order, matter to it."""
    depth, begin, end = 0, None, len(sql.rstrip("; \n"))
    for token in TOKEN.finditer(sql, start):
        text = token.group(0).upper()
        if text in "()":
            depth += 1 if text == "(" else -1
        elif depth or text[0] in "'\"":
            continue
        elif text == "WHERE":
            begin = token.end()
        elif text == "RETURNING":
            end = token.start()
        else:
            return None
    return (begin, end) if begin is not None and begin < end else None
