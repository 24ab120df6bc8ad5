"""`scripts/web`: it waits for the database, ends where a setting or the database is the wrong one, and reloads its code."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.servers import ROOT, children, environment, free_port, health
from tests.waiting import wait_until

pytestmark = [pytest.mark.usefixtures("tree"), pytest.mark.one_database]


def started(port: int, log: Path, *, code: Path = ROOT, **variables: str) -> subprocess.Popen[bytes]:
    given = environment(port) | {"PORT": str(port), "WEB_WORKERS": "1", **variables}
    # Under nohup HUP would be ignored.
    command = ["env", "--default-signal=HUP", "scripts/web"]
    with log.open("wb") as said:
        return subprocess.Popen(command, cwd=code, env=given, stderr=said, stdout=said)


def copy_of_the_code(folder: Path) -> None:
    """What a server needs of the project, with its environment."""
    packages = [each.parent.name for each in ROOT.glob("*/__init__.py")]
    for name in {*packages, "locale", "scripts"} - {"benchmarks", "tests"}:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "frontend/persisted-operations.json"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")


def answer(port: int) -> dict[str, str]:
    asked = HTTPConnection("127.0.0.1", port, timeout=60)
    asked.request("GET", "/healthz")
    return json.loads(asked.getresponse().read())


def test_it_waits_for_a_database_that_is_away_and_says_so(tmp_path: Path):
    log, database, port = tmp_path / "log", tmp_path / "cms.sqlite3", free_port()
    database.mkdir()
    process = started(port, log, DATABASE_URL=f"sqlite:///{database}")
    try:
        wait_until(lambda: "waits for the database: " in log.read_text(), what="it says what it waits for")
        assert "Traceback" not in log.read_text()
        database.rmdir()
        wait_until(lambda: health(port) == 200, what="it serves")
    finally:
        process.terminate()
    assert process.wait(60) == 0


def test_told_to_end_while_it_waits_it_ends(tmp_path: Path):
    log = tmp_path / "log"
    process = started(free_port(), log, DATABASE_URL=f"sqlite:///{tmp_path}")
    wait_until(lambda: "waits for the database: " in log.read_text(), what="it says what it waits for")
    [waiting] = children(process)
    process.terminate()
    assert process.wait(60) == -signal.SIGTERM
    wait_until(
        lambda: not Path(f"/proc/{waiting}/exe").exists(), what="what waited for the database ends, too"
    )


def test_a_reload_loads_the_code_as_it_is_then(tmp_path: Path):
    code, port = tmp_path / "code", free_port()
    copy_of_the_code(code)
    process = started(port, tmp_path / "log", code=code)
    try:
        wait_until(lambda: answer(port) == {"status": "ok"}, what="it serves")
        view = code / "cms" / "operations" / "views.py"
        view.write_text(view.read_text().replace('{"status": "ok"}', '{"status": "ok", "version": "next"}'))
        process.send_signal(signal.SIGHUP)
        wait_until(lambda: answer(port).get("version") == "next", what="the next version answers")
    finally:
        process.terminate()
    assert process.wait(60) == 0


@pytest.mark.parametrize(
    ("variable", "value", "reason"),
    [
        ("WEB_THREADS", "many", "settings.production: WEB_THREADS is"),
        ("PORT", "99999", "settings.production: PORT is"),
        ("DATABASE_URL", "sqlite:////no/such/cms.sqlite3", "DATABASE_URL: there is no folder /no/such"),
        ("DATABASE_URL", "postgres://a@127.0.0.1/a?sslmode=maybe", "DATABASE_URL: invalid sslmode value"),
        ("DATABASE_URL", "postgres://a@127.0.0.1/a?bogus=1", "DATABASE_URL: invalid dsn: invalid connection"),
        ("WEB_HOSTS", "127.0.0.1", "settings.production: WEB_HOSTS is no setting"),
    ],
)
def test_a_wrong_setting_ends_it_with_its_name(tmp_path: Path, variable: str, value: str, reason: str):
    log = tmp_path / "log"
    process = started(free_port(), log, **{variable: value})
    assert process.wait(60) == 1
    assert reason in log.read_text()
    assert "Traceback" not in log.read_text()
