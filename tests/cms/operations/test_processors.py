"""Web processes keep to a processor of their own where there are as many of both."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.servers import ROOT

TWO = sorted(os.sched_getaffinity(0))[:2]
pytestmark = pytest.mark.skipif(len(TWO) < 2, reason="it takes a machine with two processors")
#: Keeps to a processor, says which and where its threads may run, and lives on until its input ends.
PROGRAM = """
import json, os, sys, threading
from pathlib import Path
from cms.operations.processors import keep_to_one
gate = threading.Event()
threading.Thread(target=gate.wait, daemon=True).start()
chosen = keep_to_one(int(sys.argv[1]), Path(sys.argv[2]))
allowed = {each for thread in os.listdir("/proc/self/task") for each in os.sched_getaffinity(int(thread))}
print(json.dumps([chosen, sorted(allowed)]), flush=True)
sys.stdin.read()
"""


@contextmanager
def process(number: int, folder: Path, allowed: set[int]) -> Iterator[tuple[int | None, list[int]]]:
    """One of so many web processes on these processors: the one that it chose, and those that its threads run on."""
    command = [sys.executable, "-c", PROGRAM, str(number), str(folder)]
    started = subprocess.Popen(  # noqa: S603 - our own program
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        preexec_fn=lambda: os.sched_setaffinity(0, allowed),  # noqa: PLW1509 - it starts no threads
    )
    with started:
        chosen, threads = json.loads(started.stdout.readline())
        yield chosen, threads
        started.stdin.close()


def test_each_keeps_to_one_with_all_its_threads(tmp_path: Path):
    with process(2, tmp_path, set(TWO)) as first, process(2, tmp_path, set(TWO)) as second:
        assert first == (TWO[0], [TWO[0]])
        assert second == (TWO[1], [TWO[1]])


def test_one_that_begins_anew_takes_the_place_of_the_one_that_ended(tmp_path: Path):
    with process(2, tmp_path, set(TWO)) as second:
        assert second[0] == TWO[0]
        with process(2, tmp_path, set(TWO)) as ended:
            assert ended[0] == TWO[1]
        with process(2, tmp_path, set(TWO)) as again:
            assert again[0] == TWO[1]


def test_one_too_many_wanders(tmp_path: Path):
    with (
        process(2, tmp_path, set(TWO)),
        process(2, tmp_path, set(TWO)),
        process(2, tmp_path, set(TWO)) as third,
    ):
        assert third == (None, TWO)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_all_wander_where_the_numbers_differ(tmp_path: Path, number: int):
    with process(number, tmp_path, set(TWO)) as found:
        assert found == (None, TWO)
