"""Waiting for what another process or thread does: the one place where tests sleep."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")

#: Seconds between two looks; what is waited for often shares this machine's processors.
LOOK = 0.02
#: Seconds until nobody believes any more that it comes. No test says how fast something is.
PATIENCE = 120.0


def wait_until(condition: Callable[[], Found], *, what: str, seconds: float = PATIENCE) -> Found:
    """Look until `condition` answers something true, and return that. `what` says it in words.

    Raises AssertionError after `seconds`. A condition that raises OSError, as a server does that has not started yet,
    is asked again.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            found = condition()
            last = repr(found)
        except OSError as error:
            found, last = None, repr(error)
        if found:
            return found
        if time.monotonic() >= deadline:
            raise AssertionError(f"not within {seconds} seconds: {what} ({last})")
        time.sleep(LOOK)
