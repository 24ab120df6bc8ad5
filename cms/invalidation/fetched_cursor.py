"""A cursor whose rows are read before the code that ran its statement asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Values = tuple[Any, ...]


class FetchedCursor:
    """Stands for a driver's cursor, and returns the rows that were already read from it."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self._rows: list[Values] | None = None
        self._rest: Iterator[Values] = iter(cursor)

    @classmethod
    def fetch(cls, wrapper: Any) -> list[dict[str, Any]]:
        """All rows that Django's CursorWrapper has to return, by the names of their columns."""
        if wrapper.description is None:
            return []
        if not isinstance(wrapper.cursor, cls):
            wrapper.cursor = cls(wrapper.cursor)
        fetched = wrapper.cursor
        if fetched._rows is None:
            fetched._rows = wrapper.fetchall()
            fetched._rest = iter(fetched._rows)
        names = [column[0] for column in wrapper.description]
        return [dict(zip(names, row, strict=True)) for row in fetched._rows]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def __iter__(self) -> Iterator[Values]:
        return self._rest

    def execute(self, *args: Any) -> Any:
        return self._executed(self._cursor.execute(*args))

    def executemany(self, *args: Any) -> Any:
        return self._executed(self._cursor.executemany(*args))

    def _executed(self, result: Any) -> Any:
        self._rows, self._rest = None, iter(self._cursor)
        return result

    def fetchone(self) -> Values | None:
        return next(self._rest, None)

    def fetchmany(self, size: int = 1) -> list[Values]:
        return [row for _number, row in zip(range(size), self._rest, strict=False)]

    def fetchall(self) -> list[Values]:
        return list(self._rest)
