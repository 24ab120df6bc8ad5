"""Waiting for the database, which may start after we do."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from django.db import DEFAULT_DB_ALIAS, Error, connections

#: Seconds between two tries, and tries between two lines.
RETRY, TRIES_A_LINE = 1, 10


def wait_for_database(*, say: Callable[[str], object], is_wanted: Callable[[], bool] = lambda: True) -> None:
    """Return as soon as the database takes a connection; `say` is told meanwhile why it does not.

    Ends the process where it is no longer wanted, which is asked before each try.
    """
    tries = 0
    while is_wanted():
        try:
            return connections[DEFAULT_DB_ALIAS].ensure_connection()
        except Error as error:
            if tries % TRIES_A_LINE == 0:
                # The driver's words name host and port, and no password.
                say(f"waits for the database: {' '.join(str(error).split())}")
        tries += 1
        time.sleep(RETRY)
    sys.exit(1)
