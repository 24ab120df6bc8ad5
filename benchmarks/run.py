"""Measures all systems side by side, in one run: `make bench`, or `python -m benchmarks.run --quick`.

Needs the site that `benchmarks.build` makes in the database of DATABASE_URL, and wrk. Each system runs alone, pinned to
one core; the load and the database have the other. A round goes over all systems before the next one begins, and the
median of the rounds counts.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import ours, report
from benchmarks.peers import systems as peers
from benchmarks.systems import ROOT, Question, System

SCRIPT = ROOT / "benchmarks" / "requests.lua"
RESULTS = ROOT / "benchmarks" / "results"
CONNECTIONS = 16
#: Seconds of load before what is measured.
WARM_UP, LONG_WARM_UP = 2, 15
SPEED = re.compile(r"Requests/sec:\s+([\d.]+)")
LATENCY = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s)", re.MULTILINE)
BAD = re.compile(r"Non-2xx or 3xx responses: (\d+)")
MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


def main() -> None:
    """Run the rounds, and write the table, the figures and the plot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=6, help="of load for each question in each round")
    parser.add_argument("--only", action="append", help="only systems whose names begin so")
    parser.add_argument("--layers", action="store_true", help="ours, cold, without each of its accelerators")
    options = parser.parse_args()
    rounds, seconds = (1, 2) if options.quick else (options.rounds, options.seconds)
    every = ours.layers() if options.layers else [*ours.systems(), *peers()]
    systems = [each for each in every if _is_wanted(each, options.only)]
    _pin_others()
    measured: dict[str, dict[str, list[dict[str, float]]]] = {each.name: {} for each in systems}
    memory: dict[str, list[int]] = {}
    for number in range(rounds):
        for system in systems:
            print(f"round {number + 1} of {rounds}: {system.name}", flush=True)
            with system.running() as process:
                system.check()
                before = _memory(process.pid)
                for place, (name, question) in enumerate(system.questions.items()):
                    found = _load(system, question, seconds, is_first=place == 0)
                    measured[system.name].setdefault(name, []).append(found)
                memory.setdefault(system.name, []).extend([before, _memory(process.pid)])
    result = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "rounds": rounds,
        "seconds": seconds,
        "memory_mb": {name: [min(found), max(found)] for name, found in memory.items()},
        "statements": _statements(),
        "figures": {
            system: {name: _median(found) for name, found in questions.items()}
            for system, questions in measured.items()
        },
    }
    report.write(result, RESULTS)


def _is_wanted(system: System, only: list[str] | None) -> bool:
    return not only or any(system.name.startswith(name) for name in only)


def _pin_others() -> None:
    # This process, the load that it starts, and PostgreSQL with all that it starts from now on.
    others = set(range(os.cpu_count() or 1)) - {0} or {0}
    os.sched_setaffinity(0, others)
    found = subprocess.run(
        ["pgrep", "-x", "postgres|redis-server"], capture_output=True, text=True, check=False
    )
    for pid in found.stdout.split():
        os.sched_setaffinity(int(pid), others)


def _load(system: System, question: Question, seconds: int, *, is_first: bool) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        bodies = Path(folder) / "bodies"
        bodies.write_text("".join(f"{body}\n" for body in question.bodies))
        environment = {**os.environ, "BODIES": str(bodies), "METHOD": question.method}
        url = f"http://127.0.0.1:{system.port}{question.path}"

        def run(length: int) -> str:
            command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{length}", "--latency", "-s", str(SCRIPT), url]
            return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

        # Node compiles what runs long, and a question that asks for many things fills its caches one by one.
        run(LONG_WARM_UP if is_first or len(question.bodies) > 1 else WARM_UP)
        output = run(seconds)
    if bad := BAD.search(output):
        raise RuntimeError(f"{system.name}: {bad.group(1)} answers were errors")
    speed = SPEED.search(output)
    found = {"per_second": float(speed.group(1)) if speed else 0.0}
    for percent, value, unit in LATENCY.findall(output):
        found[f"p{percent}_ms"] = round(float(value) * MILLISECONDS[unit], 2)
    return found


def _median(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(statistics.median(each[name] for each in rounds), 2) for name in rounds[0]}


def _memory(pid: int) -> int:
    """Megabytes of a process and its children that are its own: resident, without what is shared with files."""
    found = 0
    children = subprocess.run(
        ["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False
    ).stdout.split()
    for each in [str(pid), *children]:
        status = Path(f"/proc/{each}/status")
        if status.exists() and (line := re.search(r"VmRSS:\s+(\d+)", status.read_text())):
            found = max(found, int(line.group(1)) // 1024)
    return found


def _statements() -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.statements"]
    return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    main()
