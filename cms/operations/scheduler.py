"""Starts what is due by the clock, beside the tasks of a worker; any number of workers may do so at once."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from contextlib import AbstractContextManager
from threading import Event

from django.core.management import CommandError, call_command
from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils import timezone

from cms.operations.clock import JOBS, Daily, Job, claim, give_back, record_run
from cms.operations.periodic import beside

logger = logging.getLogger(__name__)

#: Seconds between two looks at the clock.
TICK = 5
#: Seconds until the next try, where no process could be made for a daily command.
PAUSE = 300
#: Seconds that a command has to end when its worker does.
GRACE = 10


class Scheduler:
    """What one worker has started.

    A command that is due every minute runs here, since a process takes longer to start than to do its work. One that
    is due every day runs in a process of its own, one after the other: it may take half an hour.
    """

    def __init__(self) -> None:
        self._running: tuple[Job, subprocess.Popen[bytes]] | None = None
        self._pauses_until = 0.0

    def tick(self) -> None:
        """Start what is due, and note what has ended."""
        self._reap()
        for job in list(JOBS.values()):
            if not isinstance(job, Daily) and claim(job, timezone.now()):
                _run(job)
        if self._running is None and time.monotonic() >= self._pauses_until:
            self._start_a_long_one()

    def stop(self) -> None:
        """End what is under way: it is due again on the next day."""
        if self._running:
            _job, process = self._running
            process.terminate()
            try:
                process.wait(GRACE)
            except subprocess.TimeoutExpired:
                process.kill()

    def _start_a_long_one(self) -> None:
        found = (job for job in JOBS.values() if isinstance(job, Daily) and claim(job, timezone.now()))
        if (job := next(found, None)) is None:
            return
        try:
            command = [sys.executable, sys.argv[0], job.command]
            self._running = job, subprocess.Popen(command)  # noqa: S603 - by apps of ours
        except OSError as error:
            # No memory, or no process left: there may be some soon.
            self._pauses_until = time.monotonic() + PAUSE
            logger.error("%s, which is due by the clock, could not be started: %s", job.command, error)
            give_back(job)

    def _reap(self) -> None:
        if self._running is None or (code := self._running[1].poll()) is None:
            return
        job, self._running = self._running[0], None
        if code:
            logger.error("%s, which the clock had started, failed (%s)", job.command, code)
        else:
            record_run(job.command)


def _run(job: Job) -> None:
    try:
        call_command(job.command)
    except (DatabaseError, InterfaceError):
        raise
    except CommandError as error:
        # It has run, and says what it could not do: what can't be published keeps nothing else from it.
        logger.error("%s, which the clock had started: %s", job.command, error)
        record_run(job.command)
    except Exception:  # whatever a command does, the others are due all the same
        logger.exception("%s, which the clock had started, failed", job.command)
    else:
        record_run(job.command)


def scheduling() -> AbstractContextManager[None]:
    """Start what is due by the clock until the end of the block, in a thread."""
    return beside(_tick_until, name="scheduler", grace=GRACE + TICK)


def _tick_until(ends: Event) -> None:
    scheduler = Scheduler()
    while not ends.wait(TICK):
        try:
            close_old_connections()
            scheduler.tick()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("what is due by the clock waits for the database: %s", error)
            connections.close_all()
        except Exception:  # the worker lives on, and nobody would start this thread again
            logger.exception("what is due by the clock waits for the next look")
    scheduler.stop()
    connections.close_all()
