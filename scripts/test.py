"""Runs the suite on every service that this machine has, and says what it could not run.

SQLite always; PostgreSQL where TEST_DATABASE_URL names one, with Redis where TEST_REDIS_URL does; the browser's tests
where Chromium is. With REQUIRE_ALL=1 a tier that was not run is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Tier:
    """A run of the suite: `missing` says why it can't be run here, if so."""

    name: str
    arguments: list[str]
    variables: dict[str, str]
    missing: str = ""

    def run(self) -> bool:
        """Run the tier; whether it passed."""
        print(f"\n=== {self.name}", flush=True)
        removed = {"TEST_DATABASE_URL", "TEST_REDIS_URL"} - set(self.variables)
        environment = {name: value for name, value in os.environ.items() if name not in removed}
        command = [sys.executable, "-m", "pytest", "-n", "2", "-q", *self.arguments]
        return subprocess.run(command, env={**environment, **self.variables}, check=False).returncode == 0


def tiers() -> list[Tier]:
    database, redis = os.environ.get("TEST_DATABASE_URL", ""), os.environ.get("TEST_REDIS_URL", "")
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), "")
    suite = [str(TESTS), "--ignore", str(TESTS / "e2e")]
    services = {"TEST_DATABASE_URL": database, "TEST_REDIS_URL": redis}
    missing = [name for name, value in services.items() if not value]
    return [
        Tier("SQLite", [*suite, "--cov", "--cov-report=term:skip-covered"], {}),
        Tier("PostgreSQL and Redis", suite, services, f"{' and '.join(missing)} not set" if missing else ""),
        Tier(
            "browser",
            [str(TESTS / "e2e"), "-n", "0"],
            {"BROWSER": browser},
            "" if browser else "no Chromium found",
        ),
    ]


def main() -> int:
    found = tiers()
    failed = [tier.name for tier in found if not tier.missing and not tier.run()]
    left_out = [tier for tier in found if tier.missing]
    print()
    for tier in left_out:
        print(f"not run: {tier.name} ({tier.missing})")
    for name in failed:
        print(f"failed: {name}")
    strict = os.environ.get("REQUIRE_ALL") == "1"
    if strict and left_out:
        print("REQUIRE_ALL=1: a tier that was not run is a failure")
    print(f"tiers passed: {len(found) - len(failed) - len(left_out)} of {len(found)}")
    return 1 if failed or (strict and left_out) else 0


if __name__ == "__main__":
    sys.exit(main())
