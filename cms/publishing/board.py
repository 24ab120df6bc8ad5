"""Telling all processes of one machine that content or figures have changed: some bytes of memory that they share.

The bytes are those of a file beside the database's, or in `var/`, that every process maps. Whoever changes content
writes others into it, after the commit; to look at them takes no system call. Bytes that are read while they are
written differ from any that are known, and then the database is asked: nothing has to be locked.
"""

from __future__ import annotations

import hashlib
import logging
import mmap
import os
import secrets
from collections.abc import Iterable
from functools import cache, lru_cache

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

logger = logging.getLogger(__name__)

LENGTH = 8
EMPTY = bytes(LENGTH)
#: Places for figures that move on their own. Two that have the same one only look as if both had moved.
PLACES = 4096
SIZE = LENGTH * (1 + PLACES)


def write() -> None:
    """Tell that content has changed."""
    if (shared := _shared(path_of_board())) is not None:
        shared[:LENGTH] = secrets.token_bytes(LENGTH)


def look() -> bytes | None:
    """What was written last; None where nobody knows."""
    shared = _shared(path_of_board())
    found = EMPTY if shared is None else shared[:LENGTH]
    return None if found == EMPTY else found


def mark(name: str) -> None:
    """Tell that figures of this name have moved."""
    if (shared := _shared(path_of_board())) is not None:
        place = _place(name)
        shared[place : place + LENGTH] = secrets.token_bytes(LENGTH)


def marks(names: Iterable[str]) -> dict[str, bytes] | None:
    """What was written last for each name; None where nobody knows."""
    if (shared := _shared(path_of_board())) is None:
        return None
    return {name: shared[(place := _place(name)) : place + LENGTH] for name in names}


@lru_cache(maxsize=PLACES)
def _place(name: str) -> int:
    number = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=LENGTH).digest())
    return LENGTH * (1 + number % PLACES)


def path_of_board() -> str:
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
            if os.fstat(file).st_size < SIZE:
                # It only ever grows: who has mapped bytes that are gone is killed when it looks at them.
                os.ftruncate(file, SIZE)
            return mmap.mmap(file, SIZE)
        finally:
            os.close(file)
    except OSError as error:
        logger.error("changes can't be announced by %s, the database is asked each time: %s", path, error)
        return None
