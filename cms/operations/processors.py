"""A processor for each web process, where there are as many of the ones as of the others.

A process of Python computes on one processor at a time. Where its threads take turns on several, each has to fetch what
the last one had at hand; on two processors that was a fifth of what a vote costs.
"""

from __future__ import annotations

import fcntl
import logging
import os
from contextlib import suppress
from pathlib import Path

logger = logging.getLogger(__name__)
#: Files that are locked as long as this process lives: the system unlocks them, however it ends.
_claims: list[int] = []


def keep_to_one(processes: int, folder: Path) -> int | None:
    """Keep this process to a processor that none of the others has claimed in `folder`; which one that is.

    None, and nothing changes, where the machine has more or fewer processors than there are processes, or they can't be
    chosen.
    """
    if not hasattr(os, "sched_setaffinity"):
        return None
    processors = sorted(os.sched_getaffinity(0))
    if processes < 2 or processes != len(processors):
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        chosen = next((each for each in processors if _claim(folder / str(each))), None)
        if chosen is not None:
            _keep_to(chosen)
    except OSError as error:
        # It is only slower: a container may forbid it.
        logger.warning("not kept to a processor (WEB_PIN=off asks for none): %s", error)
        return None
    return chosen


def _keep_to(processor: int) -> None:
    # The server has begun some threads already; those to come are kept to it as the one is that begins them.
    for thread in os.listdir("/proc/self/task"):
        with suppress(ProcessLookupError):
            os.sched_setaffinity(int(thread), {processor})
    logger.info("kept to processor %d", processor)


def _claim(path: Path) -> bool:
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o660)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        return False
    _claims.append(file)
    return True
