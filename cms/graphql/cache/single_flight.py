"""One request makes an answer; others that want the same wait for it.

A thread that waits answers nobody else. All threads of a process but two may wait for as long as it takes; who comes
after them waits only for an answer that is soon there, and is asked to come again otherwise. So health checks are
answered while a slow page is made, however many readers want it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from django.conf import settings

from cms.graphql.operation.refusals import unavailable

#: Seconds for which one request waits for another; after them it makes the answer itself.
LOCK_TIMEOUT = 10.0
#: Seconds that the making of an answer may have taken for a request that takes the last free thread to wait for it.
SOON = 0.25


class _Flight:
    """The making of one answer."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.begun_at = time.monotonic()
        self.requests = 0


class SingleFlight:
    """Lets one thread at a time make the answer of a key."""

    def __init__(self) -> None:
        self._flights: dict[bytes, _Flight] = {}
        self._waiting = 0
        self._lock = Lock()

    @contextmanager
    def turn(self, key: bytes) -> Iterator[bool]:
        """Take the turn to make the answer of `key`; tells whether it had to wait for another.

        Raises GraphQLHTTPError (503) where too many threads wait and the answer is not soon there.
        """
        with self._lock:
            flight = self._flights.setdefault(key, _Flight())
            flight.requests += 1
        try:
            is_first = flight.lock.acquire(blocking=False)
            is_mine = is_first or self._wait(flight)
            try:
                if is_mine:
                    flight.begun_at = time.monotonic()
                yield not is_first
            finally:
                if is_mine:
                    flight.lock.release()
        finally:
            with self._lock:
                flight.requests -= 1
                if not flight.requests:
                    del self._flights[key]

    def _wait(self, flight: _Flight) -> bool:
        with self._lock:
            may_stay = self._waiting < settings.CMS_WEB_THREADS - 2
            self._waiting += 1
        left = LOCK_TIMEOUT if may_stay else max(0.0, flight.begun_at + SOON - time.monotonic())
        try:
            is_mine = flight.lock.acquire(timeout=left)
        finally:
            with self._lock:
                self._waiting -= 1
        if not is_mine and not may_stay:
            raise unavailable(
                "Many wait for this answer, which is being made; please send the request again."
            )
        return is_mine
