"""The whole portal in processes of its own: CMS, worker and frontend, with the demonstration's content."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from tests import databases
from tests.servers import ROOT, free_port
from tests.waiting import wait_until

FRONTEND = ROOT / "frontend"
LOGIN, PASSWORD = "bientap", "khucongnghiep"
#: What the processes say; kept for who looks why something failed. Each process of pytest has a portal of its own.
LOGS = ROOT / "var" / "e2e" / os.environ.get("PYTEST_XDIST_WORKER", "")


@dataclass(frozen=True)
class Portal:
    """Where the portal is: two origins of two sites, as an operator may have them."""

    cms: str
    frontend: str
    #: A third origin, free, that the CMS answers as it does a frontend's.
    starter: str = ""


@contextmanager
def running_portal(folder: Path) -> Iterator[Portal]:
    """The portal, until the end of the block; what it stores is in `folder`."""
    frontend, starter = (f"http://localhost:{free_port()}" for _each in range(2))
    portal = Portal(f"http://127.0.0.1:{free_port()}", frontend, starter)
    LOGS.mkdir(parents=True, exist_ok=True)
    ours = _environment(portal, folder)
    with ThreadPoolExecutor() as pool:
        building = pool.submit(_build)
        made = databases.portal(lambda part: _prepare(_environment(portal, part)))
        shutil.copytree(made, folder, dirs_exist_ok=True)
        building.result()
    frontends = {**os.environ, "CMS_URL": portal.cms, "HOST": "127.0.0.1", "PORT": _port(portal.frontend)}
    with (
        _running("cms", ["scripts/web"], ours),
        _running("worker", [sys.executable, "manage.py", "db_worker", "--interval", "0.2"], ours),
        _running("frontend", ["npm", "run", "start"], frontends | {"TRUSTED_PROXY_HOPS": "1"}, FRONTEND),
    ):
        _wait(f"{portal.cms}/readyz")
        _wait(f"{portal.frontend}/")
        yield portal


#: How each server of examples/ is started; it listens on HOST and PORT.
SERVERS = {
    "nextjs": ["npm", "run", "start", "--", "--hostname", "127.0.0.1"],
    "astro": ["npm", "run", "start"],
    "static": ["npm", "run", "start"],
}
WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def examples_of_this_run() -> list[str]:
    """What of examples/ is tested: one, by the commit, since each takes half a minute and more; with STARTERS=all each."""
    names = [*SERVERS, "clients"]
    if os.environ.get("STARTERS") == "all":
        return names
    asked = ["git", "rev-parse", "HEAD"]
    commit = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout  # noqa: S603
    return [names[int(commit.strip() or "0", 16) % len(names)]]


@contextmanager
def running_starter(name: str, portal: Portal) -> Iterator[None]:
    """A server of examples/ at `portal.starter`, installed and built as its README says, until the end of the block."""
    environment = {
        **example_environment(portal),
        "CMS_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "HOST": "127.0.0.1",
        "PORT": _port(portal.starter),
        "NEXT_TELEMETRY_DISABLED": "1",
        "ASTRO_TELEMETRY_DISABLED": "1",
    }
    LOGS.mkdir(parents=True, exist_ok=True)
    folder = build_example(name, environment)
    with _running(name, SERVERS[name], environment, folder):
        _wait(f"{portal.starter}/")
        yield


def example_environment(portal: Portal) -> dict[str, str]:
    """What the commands of an example find: this portal's CMS, and the Node that the frontend has brought."""
    path = f"{FRONTEND / 'node_modules' / '.bin'}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "CMS_URL": portal.cms}


def build_example(name: str, environment: dict[str, str]) -> Path:
    """Install and build what is in the folder of examples/ that is answered. Fails with what npm says."""
    folder = ROOT / "examples" / name
    for command in ([] if _is_installed(folder) else [["npm", "ci"]]) + [["npm", "run", "build"]]:
        done = subprocess.run(  # noqa: S603 - our own commands
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}:\n{(done.stdout + done.stderr)[-4000:]}"
        assert "EBADENGINE" not in done.stderr
    return folder


def _is_installed(folder: Path) -> bool:
    """Whether npm has installed these packages since their lock was written."""
    installed, locked = folder / "node_modules" / ".package-lock.json", folder / "package-lock.json"
    return installed.exists() and installed.stat().st_mtime >= locked.stat().st_mtime


def _environment(portal: Portal, folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TEST_")}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "tests.portal_settings",
        "SECRET_KEY": "for-tests-only-" * 5,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": portal.cms,
        "FRONTEND_URL": portal.frontend,
        "CORS_ALLOWED_ORIGINS": portal.starter,
        "PORT": _port(portal.cms),
        "WEB_WORKERS": "2",
        "SECURE_SSL_REDIRECT": "0",
        "TRUSTED_PROXY_HOPS": "1",
        "LOG_LEVEL": "WARNING",
        "DATABASE_URL": f"sqlite:///{folder / 'cms.sqlite3'}",
        "REDIS_URL": "",
        "MEDIA_ROOT": str(folder / "media"),
        "DEMO_PASSWORD": PASSWORD,
        "POLL_PROOF_COST": "20",
    }


def _build() -> None:
    """Install and build what has changed. Raises RuntimeError with what the script says."""
    command = [ROOT / "scripts" / "frontend", "build"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"scripts/frontend build failed:\n{(done.stdout + done.stderr)[-4000:]}")


def _prepare(environment: dict[str, str]) -> None:
    environment = {**environment, "PORTAL_TASKS": "none"}
    for command in (["migrate"], ["load_demo", "--english"], ["reindex_search"]):
        subprocess.run(  # noqa: S603 - our own commands
            [sys.executable, "manage.py", *command, "--verbosity", "0"],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )


@contextmanager
def _running(
    name: str, command: list[str], environment: dict[str, str], folder: Path = ROOT
) -> Iterator[None]:
    with (LOGS / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own servers
            command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and those that it has started."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
            process.wait(timeout=15)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def _port(url: str) -> str:
    return str(urlsplit(url).port)


def _wait(url: str) -> None:
    asked = urlsplit(url)

    def is_up() -> bool:
        connection = HTTPConnection("127.0.0.1", asked.port or 80, timeout=30)
        connection.request("GET", asked.path, headers={"Host": asked.netloc})
        answer = connection.getresponse()
        if answer.status != 200:
            raise OSError(f"{answer.status} {answer.read()[:200]!r}")
        return True

    wait_until(is_up, what=f"{url} comes up; see {LOGS.relative_to(ROOT)}/")
