"""Periodic work of a server process, in a thread beside those that answer requests."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread, main_thread
from typing import Any

from django.db import Error, close_old_connections, connections

logger = logging.getLogger(__name__)
#: Seconds after which the thread checks whether its process ends.
POLL_SECONDS = 0.25


@contextmanager
def beside(run: Callable[[Event], None], *, name: str, grace: float) -> Iterator[None]:
    """Call `run` in a thread until the end of the block.

    It has `grace` seconds to end after the event that it is given is set.
    """
    ends = Event()
    thread = Thread(target=run, args=(ends,), name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ends.set()
        thread.join(timeout=grace)


class PeriodicWorker:
    """Works soon after `wake`, and else every `idle_seconds`.

    The thread begins when `begin` is first called. Connect that to `request_started`: processes that answer requests
    then have the thread, others don't. When the process ends in order, the work is done a last time.
    """

    def __init__(self, name: str, *, idle_seconds: float) -> None:
        self.name = name
        self.idle_seconds = idle_seconds
        self._lock = Lock()
        self._thread: Thread | None = None
        self._wanted = Event()

    @property
    def delay(self) -> float:
        """Seconds from `wake` to the work; 0 for no thread at all."""
        raise NotImplementedError

    def work(self) -> None:
        """Do the work. An error of the database is logged, and the work is tried again the next time."""
        raise NotImplementedError

    def begin(self, **_signal: Any) -> None:
        """Start the thread if there is none and `delay` is not 0."""
        if not self.delay or (self._thread is not None and self._thread.is_alive()):
            return
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                # The process waits for its last work. A thread of the server's own would make it a daemon.
                self._thread = Thread(target=self._run, name=self.name, daemon=False)
                self._thread.start()

    def wake(self) -> None:
        """Say that there is work to do."""
        self._wanted.set()

    @property
    def is_wanted(self) -> bool:
        """Whether `wake` was called since the work was begun last."""
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
        ends = time.monotonic() + self.idle_seconds
        while main_thread().is_alive() and time.monotonic() < ends and not self._wanted.wait(POLL_SECONDS):
            pass
        ends = time.monotonic() + self.delay
        while main_thread().is_alive() and (left := ends - time.monotonic()) > 0:
            time.sleep(min(left, POLL_SECONDS))
