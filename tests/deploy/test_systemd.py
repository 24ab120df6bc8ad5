"""The units in deploy/systemd: systemd understands them, and they give a break-in little to work with."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.servers import ROOT

UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
pytestmark = [
    pytest.mark.skipif(
        not shutil.which("systemd-analyze") and not os.environ.get("REQUIRE_ALL"),
        reason="it asks systemd-analyze",
    ),
    pytest.mark.one_database,
]
#: Of 10, which is a unit without any restriction; below 2 is what systemd calls OK.
WORST_EXPOSURE = 20


@pytest.fixture
def units(tmp_path: Path) -> list[str]:
    """The units, as if this checkout stood in /srv/cms."""
    for unit in UNITS:
        (tmp_path / unit.name).write_text(unit.read_text().replace("/srv/cms", str(ROOT)))
    return [str(tmp_path / unit.name) for unit in UNITS]


def test_systemd_understands_the_units(units: list[str]):
    result = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *units],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (result.returncode, result.stderr) == (0, "")


def test_the_units_are_hardened(units: list[str]):
    for unit in [each for each in units if each.endswith(".service")]:
        command = ["systemd-analyze", "security", "--offline=true", f"--threshold={WORST_EXPOSURE}", unit]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        assert result.returncode == 0, json.dumps(result.stdout.splitlines()[-3:])


@pytest.mark.parametrize("name", ["cms-web", "cms-worker"])
def test_what_ends_is_started_again_however_often_it_does(name: str):
    lines = (ROOT / "deploy" / "systemd" / f"{name}.service").read_text().splitlines()
    assert {"Restart=always", "StartLimitIntervalSec=0"} <= set(lines)
