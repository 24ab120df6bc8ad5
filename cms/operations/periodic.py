"""Work that each server process does off the way of its requests, in a thread of its own."""

from __future__ import annotations

import logging
import time
from threading import Event, Lock, Thread, main_thread
from typing import Any

from django.db import Error, close_old_connections, connections

logger = logging.getLogger(__name__)
#: Seconds after which the thread looks whether its process ends.
LOOK = 0.25


class Background:
    """Work that is done soon after it is asked for, and else once in a while.

    The thread begins when `begin` is first called: connected to `request_started`, in the processes that answer
    requests and in no others. When its process ends in order, the work is done a last time.
    """

    def __init__(self, name: str, *, quiet: float) -> None:
        self.name = name
        self.quiet = quiet
        self._lock = Lock()
        self._thread: Thread | None = None
        self._wanted = Event()

    @property
    def every(self) -> float:
        """Seconds from `wake` to the work; 0 for no thread at all."""
        raise NotImplementedError

    def work(self) -> None:
        """What is to be done. An error of the database is logged; the next time comes."""
        raise NotImplementedError

    def begin(self, **_signal: Any) -> None:
        """Start the thread, where there is none and one is wanted."""
        if not self.every or (self._thread is not None and self._thread.is_alive()):
            return
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                # The process waits for its last work. A thread of the server's own would make it a daemon.
                self._thread = Thread(target=self._run, name=self.name, daemon=False)
                self._thread.start()

    def wake(self) -> None:
        """Say that there is something to do."""
        self._wanted.set()

    @property
    def is_wanted(self) -> bool:
        """Whether somebody has said so since the work was begun last."""
        return self._wanted.is_set()

    def _run(self) -> None:
        while main_thread().is_alive():
            self._wanted.clear()
            self._attempt()
            self._pause()
        self._attempt()
        connections.close_all()

    def _attempt(self) -> None:
        close_old_connections()
        try:
            self.work()
        except Error:
            logger.warning("%s: not done for now", self.name, exc_info=True)
            connections.close_all()

    def _pause(self) -> None:
        ends = time.monotonic() + self.quiet
        while main_thread().is_alive() and time.monotonic() < ends and not self._wanted.wait(LOOK):
            pass
        ends = time.monotonic() + self.every
        while main_thread().is_alive() and (left := ends - time.monotonic()) > 0:
            time.sleep(min(left, LOOK))
