"""Waiting for the database, which may start after we do."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, Error, connections

#: Seconds between two tries, and tries between two lines.
RETRY, TRIES_A_LINE = 1, 10


class WrongAddress(CommandError):
    """DATABASE_URL says what no database can answer, however long it is waited for."""


def wait_for_database(*, say: Callable[[str], object], is_wanted: Callable[[], bool] = lambda: True) -> None:
    """Return as soon as the database takes a connection; `say` is told meanwhile why it does not.

    Ends the process where it is no longer wanted, which is asked before each try. Raises WrongAddress.
    """
    tries = 0
    while is_wanted():
        try:
            return connections[DEFAULT_DB_ALIAS].ensure_connection()
        except Error as error:
            _refuse_what_stays_wrong(error)
            if tries % TRIES_A_LINE == 0:
                say(f"waits for the database: {_words(error)}")
        tries += 1
        time.sleep(RETRY)
    sys.exit(1)


def _refuse_what_stays_wrong(error: Error) -> None:
    database = connections[DEFAULT_DB_ALIAS]
    folder = Path(database.settings_dict["NAME"]).parent
    if database.vendor == "sqlite" and not folder.is_dir():
        raise WrongAddress(f"DATABASE_URL: there is no folder {folder}")
    # Of an option that libpq does not know, or a value, only its words say so.
    if str(error).startswith("invalid "):
        raise WrongAddress(f"DATABASE_URL: {_words(error)}")


def _words(error: Error) -> str:
    # The driver's words name host and port, and no password.
    return " ".join(str(error).split())
