"""The programs of a portal on several machines, each started on this one: databases, caches, a bucket, web servers."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import Request, urlopen

from benchmarks.systems import ROOT, granian, production

NGINX = ROOT / "deploy" / "nginx" / "cms.conf"
VCL = ROOT / "deploy" / "varnish" / "default.vcl"
BUCKET = "portal-media"
PATIENCE = 60.0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(condition: Callable[[], object], what: str) -> None:
    """Look until a condition holds; raises RuntimeError after a minute."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if condition():
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError(f"not within {PATIENCE:.0f} s: {what}")


def answers(url: str) -> bool:
    """Whether an address answers 200."""
    with urlopen(url, timeout=5) as response:
        return response.status == 200


@dataclass
class Process:
    """A program in a process group of its own, which can be killed and started again."""

    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    log: Path = Path(os.devnull)
    running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the program; it may not answer yet."""
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """End it and its children at once, as a power cut does."""
        if self.running and self.running.poll() is None:
            os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()

    def end(self) -> None:
        """End it as an operator does, and by force where that takes too long."""
        if self.running and self.running.poll() is None:
            self.running.terminate()
            try:
                self.running.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()


@dataclass
class Database:
    """A PostgreSQL of Debian's packages; `is_on_disk_of_its_own` says whether its disk can be filled."""

    folder: Path
    port: int
    is_on_disk_of_its_own: bool = False

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c max_connections=100"
        self._run(
            "pg_ctl", "-D", str(self.data), "-w", "-l", str(self.folder / "log"), "-o", options, "start"
        )

    def stop(self, mode: str = "fast") -> None:
        """`immediate` is a power cut."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-m", mode, "stop", check=False)

    def promote(self) -> None:
        self._run("pg_ctl", "-D", str(self.data), "-w", "promote")

    def make(self) -> None:
        """A new primary, with room of 700 MB where we may mount a disk."""
        self._own_folder()
        if os.getuid() == 0:
            mounted = subprocess.run(
                ["mount", "-t", "tmpfs", "-o", "size=700m", "tmpfs", self.folder], check=False
            )
            self.is_on_disk_of_its_own = mounted.returncode == 0
            shutil.chown(self.folder, "postgres")
        self._run(
            *("initdb", "-D", str(self.data), "-U", "cms", "--auth=trust"),
            *("--encoding=UTF8", "--locale=C.UTF-8"),
        )
        with (self.data / "postgresql.conf").open("a") as file:
            file.write("max_wal_size = 128MB\nmin_wal_size = 32MB\nwal_keep_size = 128MB\n")

    def copy_from(self, primary: Database) -> None:
        """A streaming replica, by pg_basebackup."""
        self._own_folder()
        shutil.rmtree(self.data, ignore_errors=True)
        source = f"postgres://cms@127.0.0.1:{primary.port}/postgres"
        self._run("pg_basebackup", "-D", str(self.data), "-d", source, "-R", "-X", "stream", "-c", "fast")

    def do(self, statement: str, *, name: str = "postgres") -> str:
        """The first value that a statement answers, as psql writes it."""
        address = f"postgres://cms@127.0.0.1:{self.port}/{name}"
        found = subprocess.run(
            ["psql", address, "-Atqc", statement], capture_output=True, text=True, check=True
        )
        return found.stdout.strip()

    def remove(self) -> None:
        self.stop("immediate")
        if self.is_on_disk_of_its_own:
            subprocess.run(["umount", self.folder], check=False)

    def _own_folder(self) -> None:
        self.folder.mkdir(exist_ok=True)
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")

    def _run(self, program: str, *arguments: str, check: bool = True) -> None:
        [binary, *_older] = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)
        # PostgreSQL refuses to run as root.
        owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        command = [*owner, str(binary), *arguments]
        subprocess.run(
            command, check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder
        )


def nginx(folder: Path, port: int, webs: list[int]) -> Process:
    """deploy/nginx/cms.conf without TLS, before these servers."""
    text = NGINX.read_text().split("server {\n    listen 80;")[0]
    servers = "".join(f"    server 127.0.0.1:{web} max_fails=1 fail_timeout=2s;\n" for web in webs)
    text = re.sub(r"(    server 127\.0\.0\.1:8000 .*\n)+", servers, text, count=1)
    # Varnish, before it, purges by tags.
    text = re.sub(r" *(ssl_\w+|listen \[::\]|access_log|proxy_hide_header Cache-Tag).*\n", "", text)
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};").replace(
        "limit_conn clients 200;", ""
    )
    text = re.sub(r"location ~ \^/\(metrics\|readyz\)\$ \{\s+return 404;\s+\}", "", text)
    for name in ("body", "proxy", "fastcgi", "uwsgi", "scgi"):
        (folder / name).mkdir(exist_ok=True)
    paths = "".join(
        f"{name}_temp_path {folder}/{name.split('_')[-1]};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = folder / "nginx.conf"
    config.write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;\n"
        f"events {{}}\nhttp {{ access_log off;\n{paths}{text}}}\n"
    )
    return Process(["/usr/sbin/nginx", "-p", str(folder), "-c", str(config)], log=folder / "nginx.out")


def varnish(folder: Path, port: int, behind: int) -> Process:
    """deploy/varnish/default.vcl before nginx."""
    vcl = folder / "default.vcl"
    vcl.write_text(re.sub(r'\.port = "\d+"', f'.port = "{behind}"', VCL.read_text()))
    command = [
        "/usr/sbin/varnishd",
        "-F",
        "-n",
        str(folder / "varnish"),
        "-f",
        str(vcl),
        "-a",
        f"127.0.0.1:{port}",
    ]
    return Process([*command, "-s", "malloc,64m", "-p", "http_gzip_support=off", "-j", "none"])


def bucket(moto: str, port: int) -> Process:
    """moto's server, which speaks S3."""
    return Process([moto, "-H", "127.0.0.1", "-p", str(port)])


def make_bucket(port: int) -> None:
    """An empty bucket that opens what readers may have (docs/operations.md), once moto answers."""
    address = f"http://127.0.0.1:{port}"
    wait_until(lambda: answers(f"{address}/moto-api/"), "moto answers")
    public = [f"arn:aws:s3:::{BUCKET}/{folder}/*" for folder in ("images", "original_images")]
    statement = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": public}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]}).encode()
    for path, body in ((BUCKET, b""), (f"{BUCKET}?policy", policy)):
        headers = {"Content-Type": "application/json"}
        urlopen(Request(f"{address}/{path}", body, headers, method="PUT"), timeout=10).close()


def redis(port: int) -> Process:
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    return Process(command)


def web(port: int, environment: dict[str, str], log: Path) -> Process:
    """One of the web servers: a process of four threads."""
    return Process(granian("cms.wsgi:application", port), {**production(port), **environment}, log)


def worker(environment: dict[str, str], log: Path) -> Process:
    """A worker for tasks, which also starts what is due."""
    return Process([sys.executable, "manage.py", "worker"], {**production(0), **environment}, log)
