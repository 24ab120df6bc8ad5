"""`scripts/web` before it serves: it waits for the database, and ends where a setting or the database is the wrong one."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest

from tests.servers import ROOT, environment, free_port, health
from tests.waiting import wait_until

pytestmark = [pytest.mark.usefixtures("tree"), pytest.mark.one_database]


def started(port: int, log: Path, **variables: str) -> subprocess.Popen[bytes]:
    given = environment(port) | {"PORT": str(port), "WEB_WORKERS": "1", **variables}
    with log.open("wb") as said:
        return subprocess.Popen(["scripts/web"], cwd=ROOT, env=given, stderr=said, stdout=said)


def test_it_waits_for_a_database_that_is_away_and_says_so(tmp_path: Path):
    log, folder, port = tmp_path / "log", tmp_path / "later", free_port()
    process = started(port, log, DATABASE_URL=f"sqlite:///{folder / 'cms.sqlite3'}")
    try:
        wait_until(lambda: "waits for the database: " in log.read_text(), what="it says what it waits for")
        assert "Traceback" not in log.read_text()
        folder.mkdir()
        wait_until(lambda: health(port) == 200, what="it serves")
    finally:
        process.terminate()
    assert process.wait(60) == 0


def test_told_to_end_while_it_waits_it_ends(tmp_path: Path):
    log = tmp_path / "log"
    process = started(free_port(), log, DATABASE_URL=f"sqlite:///{tmp_path / 'never' / 'cms.sqlite3'}")
    wait_until(lambda: "waits for the database: " in log.read_text(), what="it says what it waits for")
    (waiting,) = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    process.terminate()
    assert process.wait(60) == -signal.SIGTERM
    wait_until(
        lambda: not Path(f"/proc/{waiting}/exe").exists(), what="what waited for the database ends, too"
    )


@pytest.mark.parametrize(
    ("variable", "value", "reason"),
    [
        ("WEB_THREADS", "many", "settings.production: WEB_THREADS is"),
        ("PORT", "99999", "settings.production: PORT is"),
        ("WEB_HOSTS", "127.0.0.1", "settings.production: WEB_HOSTS is no setting"),
    ],
)
def test_a_wrong_setting_ends_it_with_its_name(tmp_path: Path, variable: str, value: str, reason: str):
    log = tmp_path / "log"
    process = started(free_port(), log, **{variable: value})
    assert process.wait(60) == 1
    assert reason in log.read_text()
    assert "Traceback" not in log.read_text()
