"""What a query that failed leaves: an error for those who asked for its rows, while the others get theirs."""

from __future__ import annotations

import sqlite3
from typing import Any

from django.db import InterfaceError, OperationalError

#: PostgreSQL's states (https://www.postgresql.org/docs/current/errcodes-appendix.html).
QUERY_CANCELED = "57014"
#: SQLite's result codes that are about a statement, and not about the file or about who else uses it.
OF_THE_STATEMENT = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH}


class Failure:
    """An exception in place of rows, or of what a load would have returned."""

    def __init__(self, error: Exception) -> None:
        self.error = error


def unwrap(result: Any) -> Any:
    """A result as it is; raises the exception of a Failure."""
    if isinstance(result, Failure):
        raise result.error
    return result


def sqlstate(error: BaseException | None) -> str:
    """PostgreSQL's five characters for what went wrong; empty for an error of something else."""
    return getattr(getattr(error, "__cause__", None), "pgcode", None) or ""


def is_timeout(error: BaseException | None) -> bool:
    """Whether the database gave a statement up because it took too long."""
    return sqlstate(error) == QUERY_CANCELED


def is_unreachable(error: BaseException | None) -> bool:
    """Whether an error says that the database can't answer now, whatever it is asked."""
    if not isinstance(error, OperationalError | InterfaceError) or is_timeout(error):
        return False
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    return code is None or code & 0xFF not in OF_THE_STATEMENT
