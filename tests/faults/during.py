"""A load, and what happens to the servers in the middle of it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from benchmarks.voters import Sent
from tests.waiting import wait_until


def during(send_all: Callable[[], Sent], happens: Callable[[], None], *, begun: Callable[[], bool]) -> Sent:
    """What was sent while something happens that waits until it has `begun`."""
    found: list[Sent] = []
    sending = Thread(target=lambda: found.append(send_all()))
    sending.start()
    wait_until(lambda: begun() or not sending.is_alive(), what="the load has begun")
    happens()
    sending.join()
    return found[0]
