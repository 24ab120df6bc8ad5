"""Runs the suite on everything that this machine has to run it on, and says what it did not run.

SQLite always; PostgreSQL where TEST_DATABASE_URL names a server; Redis where TEST_REDIS_URL does (together with
PostgreSQL if both are there); the tests of the frontend itself where npm is, those in a browser where Chromium is. With
REQUIRE_ALL=1 a tier that was not run is a failure. Arguments go to pytest. docs/testing.md says what runs where.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVICES = {"PostgreSQL": "TEST_DATABASE_URL", "Redis": "TEST_REDIS_URL"}
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Tests of a module stay together, for what they share, until a process has nothing left to do.
SUITE = ["tests", "--ignore=tests/e2e", "--numprocesses=2", "--dist=worksteal"]
# The browser's tests that share a portal stay in one process. One that fails runs once more, and the summary says so.
IN_BROWSER = ["tests/e2e", "--numprocesses=2", "--dist=loadgroup", "--reruns=1", "--rerun-show-tracebacks"]
#: Whether tests ask each query with the answer cache off, cold and warm.
THREE_WAYS = "TEST_THREE_WAYS"


@dataclass(frozen=True)
class Tier:
    """One run of tests; the variables of SERVICES that are not in `variables` are hidden from it."""

    name: str
    command: list[str]
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        hidden = set(SERVICES.values())
        return {name: value for name, value in os.environ.items() if name not in hidden} | self.variables

    def run(self) -> bool:
        """Run it; whether it passed."""
        print(f"\n=== {self.name}", flush=True)
        return subprocess.run(self.command, cwd=ROOT, env=self.environment, check=False).returncode == 0


def pytest(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "pytest", "-q", *arguments, *sys.argv[1:]]


def tiers() -> tuple[list[Tier], list[str]]:
    """What can be run here, and what can't with the reason."""
    services = {name: variable for name, variable in SERVICES.items() if os.environ.get(variable)}
    missing: list[str] = []
    found = [Tier("SQLite", pytest(*SUITE), {THREE_WAYS: "0" if services else "1"})]
    if services:
        variables = {variable: os.environ[variable] for variable in services.values()}
        found.append(
            Tier(" and ".join(services), pytest(*SUITE, "--second-database"), {**variables, THREE_WAYS: "1"})
        )
    missing += [
        f"{name} ({variable} is not set)" for name, variable in SERVICES.items() if name not in services
    ]
    in_browser = list(IN_BROWSER)
    if shutil.which("npm"):
        found.append(Tier("frontend", ["scripts/frontend", "test"]))
    else:
        missing.append("frontend, and the portal in a browser (no npm on PATH)")
        in_browser.append("--ignore=tests/e2e/portal")
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser:
        found.append(Tier("browser", pytest(*in_browser), {"BROWSER": browser}))
    else:
        missing.append("browser (no Chromium on PATH)")
    return found, missing


def make_databases(tiers: list[Tier]) -> bool:
    """Make what the tests copy their databases from, of all tiers side by side; whether all were made.

    Each is work for one processor, and all processes of a tier would wait for its own.
    """
    print("\n=== databases", flush=True)
    making = [
        subprocess.Popen([sys.executable, "-m", "tests.databases"], cwd=ROOT, env=tier.environment)
        for tier in tiers
        if THREE_WAYS in tier.variables
    ]
    codes = [process.wait() for process in making]
    return not any(codes)


def main() -> int:
    found, missing = tiers()
    begun = time.monotonic()
    results = [("databases", make_databases(found), time.monotonic() - begun)]
    for tier in found:
        begun = time.monotonic()
        passed = tier.run()
        results.append((tier.name, passed, time.monotonic() - begun))
    print("\n=== summary")
    for name, passed, seconds in results:
        print(f"{'passed' if passed else 'FAILED'}   {name} ({seconds:.0f} s)")
    print(f"in all   {sum(seconds for _name, _passed, seconds in results):.0f} s")
    for name in missing:
        print(f"not run  {name}")
    refused = missing and os.environ.get("REQUIRE_ALL") == "1"
    if refused:
        print("REQUIRE_ALL=1: what was not run is a failure.")
    return 1 if refused or not all(passed for _name, passed, _seconds in results) else 0


if __name__ == "__main__":
    sys.exit(main())
