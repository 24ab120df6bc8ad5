"""A load, and what happens to the servers in the middle of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Thread

from benchmarks.voters import Sent


def during(send_all: Callable[[], Sent], happens: Callable[[], None], *, begun: Callable[[], bool]) -> Sent:
    """What was sent while something happens that waits until it has `begun`."""
    found: list[Sent] = []
    sending = Thread(target=lambda: found.append(send_all()))
    sending.start()
    while sending.is_alive() and not begun():
        time.sleep(0.01)
    happens()
    sending.join()
    return found[0]
