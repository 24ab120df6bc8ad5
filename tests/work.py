"""How long something would take on a machine that does nothing else."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from os import sysconf
from pathlib import Path
from typing import TypeVar

from django.db import connection

Result = TypeVar("Result")
#: Work that is always the same, and the seconds that it usually takes the machine of docs/performance.md.
SAME = [{"number": number, "title": f"Title {number}", "tags": [str(number)] * 3} for number in range(3000)]
USUAL = 0.025


def timed(action: Callable[[], Result]) -> tuple[Result, float]:
    """What `action` answers, and the seconds that processors worked for it: in this thread, and in PostgreSQL.

    A clock on the wall tells as well what the machine did for others in the meantime. It is looked at where the
    database's process is on another machine.
    """
    on_the_wall, before = time.perf_counter(), _spent()
    result = action()
    after = _spent()
    if before is None or after is None:
        return result, time.perf_counter() - on_the_wall
    return result, after - before


def handicap() -> float:
    """How many times as long as usual this machine takes now for the same work; at least 1.

    Processors that others use as well, or their caches, take longer for the same instructions.
    """
    begun = time.thread_time()
    for _each in range(5):
        json.loads(json.dumps(SAME))
    return max(1.0, (time.thread_time() - begun) / USUAL)


def _spent() -> float | None:
    """Seconds of this thread and of its connection's process so far; None where that can't be told."""
    if connection.vendor != "postgresql" or connection.connection is None:
        return time.thread_time()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not stat.exists() or not stat.parent.joinpath("comm").read_text().startswith("postgres"):
        return None
    user, system = stat.read_text().rpartition(")")[2].split()[11:13]
    return time.thread_time() + (int(user) + int(system)) / sysconf("SC_CLK_TCK")
