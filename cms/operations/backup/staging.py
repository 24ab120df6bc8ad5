"""A folder to write into until all is done: it goes with its run, and what a killed run has left goes with the next."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType


@contextmanager
def staging(parent: Path, prefix: str) -> Iterator[Path]:
    """A new folder in `parent`, deleted with the end of the block, also where the process is told to end (TERM).

    It holds a whole database that is not encrypted, which nobody would look for there.
    """
    _delete_leftovers(parent, prefix)
    before = signal.signal(signal.SIGTERM, _end)
    try:
        with TemporaryDirectory(dir=parent, prefix=prefix) as name, _opened(Path(name)) as folder:
            with suppress(OSError):  # where there are no locks, nothing that is found counts as left
                fcntl.flock(folder, fcntl.LOCK_SH)
            yield Path(name)
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


def _delete_leftovers(parent: Path, prefix: str) -> None:
    for each in parent.glob(prefix + "?" * 8):  # as TemporaryDirectory names them
        # A lock ends with its process, however that ends. Of a run that goes on this one is refused.
        with suppress(OSError), _opened(each) as folder:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(each)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield opened
    finally:
        os.close(opened)
