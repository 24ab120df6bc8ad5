"""A new content type is one folder and its name: nothing else is touched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).parent.parent.parent
CHECKS = ROOT / "tests" / "example_type" / "check_notices.py"


def test_a_content_type_is_added_by_one_folder():
    variables = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))
    }
    variables["EXTRA_CONTENT_APPS"] = "tests.example_type.notices"
    options = ["-q", "-n", "0", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:cov"]
    run = subprocess.run(  # noqa: S603 - our own interpreter and file
        [sys.executable, "-m", "pytest", *options, str(CHECKS)],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "5 passed" in run.stdout
