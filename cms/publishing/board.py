"""Telling all processes of one machine that content has changed: a few bytes of memory that they share.

The bytes are those of a file beside the database's, or in `var/`, that every process maps. Whoever changes content
writes others into it, after the commit; to look at them takes no system call. Bytes that are read while they are
written differ from any that are known, and then the database is asked: nothing has to be locked.
"""

from __future__ import annotations

import logging
import mmap
import os
import secrets
from functools import cache

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

logger = logging.getLogger(__name__)

LENGTH = 8
EMPTY = bytes(LENGTH)


def write() -> None:
    """Tell that content has changed."""
    if (shared := _shared(_path())) is not None:
        shared[:] = secrets.token_bytes(LENGTH)


def look() -> bytes | None:
    """What was written last; None where nobody knows."""
    shared = _shared(_path())
    found = EMPTY if shared is None else shared[:]
    return None if found == EMPTY else found


def _path() -> str:
    # Not by the thread's connection: each kept answer asks.
    database = connections.settings[DEFAULT_DB_ALIAS]
    path = f"{database['NAME']}-changes"
    return path if database["ENGINE"].endswith("sqlite3") else f"{settings.VAR}/{path}"


@cache
def _shared(path: str) -> mmap.mmap | None:
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o660)
        try:
            if os.fstat(file).st_size < LENGTH:
                # It only ever grows: who has mapped bytes that are gone is killed when it looks at them.
                os.ftruncate(file, LENGTH)
            return mmap.mmap(file, LENGTH)
        finally:
            os.close(file)
    except OSError as error:
        logger.error("changes can't be announced by %s, the database is asked each time: %s", path, error)
        return None
