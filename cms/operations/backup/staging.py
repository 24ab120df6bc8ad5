"""A folder to write into until all is done: it goes with its run, and what a killed run has left goes with the next."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

#: The file that says what the folder is, and that its run locks: a lock ends with its process, however that ends.
LOCK = ".staging"


@contextmanager
def staging(parent: Path, prefix: str) -> Iterator[Path]:
    """A new folder in `parent`, deleted with the end of the block, also where the process is told to end (TERM).

    It holds a whole database that is not encrypted, which nobody would look for there.
    """
    before = signal.signal(signal.SIGTERM, _end)
    try:
        with ExitStack() as stack:
            with _opened(parent) as held:
                _lock(held, fcntl.LOCK_EX)  # another run would take for left what has no lock yet
                _delete_leftovers(parent, prefix)
                folder = Path(stack.enter_context(TemporaryDirectory(dir=parent, prefix=prefix)))
                (folder / LOCK).touch()
                _lock(stack.enter_context(_opened(folder / LOCK)), fcntl.LOCK_SH)
            yield folder
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


def _delete_leftovers(parent: Path, prefix: str) -> None:
    for lock in parent.glob(f"{prefix}*/{LOCK}"):
        with suppress(FileNotFoundError), _opened(lock) as held:  # that of a run which has just ended
            if _lock(held, fcntl.LOCK_EX | fcntl.LOCK_NB):
                shutil.rmtree(lock.parent, ignore_errors=True)


def _lock(opened: int, how: int) -> bool:
    """Whether it could be locked: not where another run goes on, nor where there are no locks (NFS)."""
    try:
        fcntl.flock(opened, how)
    except OSError:
        return False
    return True


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    opened = os.open(path, os.O_RDONLY)
    try:
        yield opened
    finally:
        os.close(opened)
