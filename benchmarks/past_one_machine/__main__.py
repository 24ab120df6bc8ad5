"""A portal past one machine, on one: set up, used, broken, and told in a table.

`python -m benchmarks.past_one_machine --moto PATH --s3 FOLDER [--seconds 8]`, where PATH is moto's `moto_server` and
FOLDER holds `pip install --target FOLDER --no-deps --require-hashes -r requirements-s3.lock`. Needs PostgreSQL, Redis,
nginx and Varnish from Debian's packages; as root also a disk is filled.

Readers -> Varnish -> nginx -> two web servers -> PostgreSQL (primary and streaming replica), Redis, a bucket of moto's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from benchmarks.past_one_machine import services
from benchmarks.past_one_machine.load import Load, Seen
from benchmarks.past_one_machine.services import Database, Process, free_port, wait_until

KINDS = ("edge", "reads", "votes", "publishes", "after a publish")
#: What the disk of the primary keeps for itself, so that there is an end to filling it.
BALLAST = "ballast"


class Portal:
    """All programs of it."""

    def __init__(self, folder: Path, arguments: Namespace) -> None:
        self.folder = folder
        names = ("edge", "balancer", "web_1", "web_2", "redis", "bucket", "first", "second")
        self.ports = {name: free_port() for name in names}
        self.first = Database(folder / "first", self.ports["first"])
        self.second = Database(folder / "second", self.ports["second"])
        hosts = (
            f"host=127.0.0.1,127.0.0.1&port={self.ports['first']},{self.ports['second']}&connect_timeout=2"
        )
        self.environment = {
            "DATABASE_URL": f"postgres://cms@/portal?{hosts}&target_session_attrs=read-write",
            "REPLICA_DATABASE_URL": f"postgres://cms@/portal?{hosts}&target_session_attrs=prefer-standby",
            "REDIS_URL": f"redis://127.0.0.1:{self.ports['redis']}/0",
            "VARNISH_URLS": f"http://127.0.0.1:{self.ports['edge']}",
            "SITE_URL": f"http://127.0.0.1:{self.ports['edge']}",
            "MEDIA_STORAGE": "s3",
            "MEDIA_S3_BUCKET": services.BUCKET,
            "MEDIA_S3_ENDPOINT": f"http://127.0.0.1:{self.ports['bucket']}",
            "MEDIA_S3_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "none",
            "AWS_SECRET_ACCESS_KEY": "none",
            "PYTHONPATH": arguments.s3,
            "DEMO_PASSWORD": "only-for-this-run-0123456789",
            # One client asks for all.
            **{f"RATE_LIMIT_{kind}": "off" for kind in ("READ", "VOTE", "BALLOT", "CROWD", "WRITE")},
        }
        webs = [self.ports["web_1"], self.ports["web_2"]]
        self.webs = [services.web(port, self.environment, folder / f"web-{port}.log") for port in webs]
        self.redis = services.redis(self.ports["redis"])
        self.bucket = services.bucket(arguments.moto, self.ports["bucket"])
        self.balancer = services.nginx(folder, self.ports["balancer"], webs)
        self.edge = services.varnish(folder, self.ports["edge"], self.ports["balancer"])
        self.worker = services.worker(self.environment, folder / "worker.log")

    def start(self) -> None:
        """Start everything, with the demonstration in it."""
        for program in (self.redis, self.bucket, self.edge):
            program.start()
        services.make_bucket(self.ports["bucket"])
        self.first.make()
        self.first.start()
        self.first.do("CREATE DATABASE portal")
        self.second.copy_from(self.first)
        self.second.start()
        _load_demo(self.environment)
        for program in (*self.webs, self.balancer, self.worker):
            program.start()
        for name in ("web_1", "web_2", "balancer", "edge"):
            self.wait_for(name)

    def wait_for(self, name: str) -> None:
        wait_until(
            lambda: services.answers(f"http://127.0.0.1:{self.ports[name]}/healthz"), f"{name} answers"
        )

    def end(self) -> None:
        for program in (self.worker, self.edge, self.balancer, *self.webs, self.redis, self.bucket):
            program.end()
        for database in (self.second, self.first):
            database.remove()

    def figure(self, name: str) -> float:
        """The sum of a figure over both web servers; 0 where one does not answer."""
        found = 0.0
        for port in (self.ports["web_1"], self.ports["web_2"]):
            try:
                with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as response:
                    lines = response.read().decode().splitlines()
            except OSError:
                continue
            found += sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name))
        return found

    def answers_by_replica(self) -> dict[str, float]:
        return {
            each: self.figure(f'cms_replica_answers_total{{outcome="{each}"}}')
            for each in ("used", "behind", "away")
        }


def _load_demo(environment: dict[str, str]) -> None:
    """The demonstration, by this process, which then is the editor's."""
    os.environ.update({**services.production(0), **environment})
    sys.path.insert(0, environment["PYTHONPATH"])
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_demo", verbosity=0)


def _poll() -> tuple[int, int]:
    from django.utils import timezone

    from polls.models import Poll, PollOption, ResultsVisibility

    now = timezone.now()
    poll = Poll(
        question="Votes",
        opens_at=now - timedelta(minutes=1),
        closes_at=now + timedelta(days=1),
        results_visibility=ResultsVisibility.ALWAYS,
        options=[PollOption(text=text, sort_order=order) for order, text in enumerate("AB")],
    )
    poll.save()
    return poll.pk, poll.options.order_by("pk").first().pk


def _pictures() -> str:
    """Reads an original and a picture that was made of one where readers do: moto forgets them when it ends."""
    from cms.media.models import Image, Rendition

    files = [model.objects.order_by("pk").first().file for model in (Image, Rendition)]
    sizes = [len(urlopen(file.url).read()) for file in files]
    return f"An original and a picture made of one, read from the bucket: {sizes} bytes."


def _publish(title: str) -> int:
    """Publish a title of the first article; its id. Raises ValueError with the kind of error where that fails."""
    from django.db import Error, close_old_connections

    from articles.models import ArticlePage

    close_old_connections()
    try:
        page = ArticlePage.objects.order_by("pk").first()
        page.title = title
        page.save_revision().publish()
    except Error as error:
        close_old_connections()
        raise ValueError(type(error).__name__) from error
    return int(page.pk)


class Run:
    """Phases of a load, and the table of them."""

    def __init__(self, portal: Portal, load: Load, arguments: Namespace) -> None:
        self.portal, self.load = portal, load
        self.seconds, self.only = arguments.seconds, arguments.only
        self.rows: list[str] = []

    def phase(
        self, name: str, breaks: Callable[[], Any], mends: Callable[[], Any], *, lasts: float = 0
    ) -> None:
        """Break something under load, let it be for a while, and mend it; what clients saw is a row of the table."""
        if self.only not in name:
            return
        self.load.phase()
        before = self.portal.answers_by_replica()
        breaks()
        time.sleep(lasts or self.seconds)
        seen = self.load.phase()
        after = self.portal.answers_by_replica()
        self.rows.append(_row(name, seen, {each: max(0, after[each] - before[each]) for each in after}))
        print(self.rows[-1], flush=True)
        mends()
        # What was broken is found again within the next seconds; that is the next phase's affair no more.
        time.sleep(6)


def _row(name: str, seen: dict[str, Seen], replica: dict[str, float]) -> str:
    cells = [name]
    for kind in KINDS:
        found = seen.get(kind, Seen())
        errors = ", ".join(f"{number}x {error}" for error, number in sorted(found.errors.items()))
        text = f"{found.good} / {found.failed}"
        cells.append(
            text + f", {found.p95:.0f} ms, gap {found.gap:.1f} s" + (f" ({errors})" if errors else "")
        )
    cells.append(" / ".join(f"{replica[each]:.0f}" for each in ("used", "behind", "away")))
    return "| " + " | ".join(cells) + " |"


def _phases(run: Run) -> None:
    portal = run.portal
    web, redis = portal.webs[0], portal.redis
    first, second = portal.first, portal.second

    def nothing() -> None:
        pass

    def restart(program: Process, name: str = "") -> Callable[[], None]:
        def again() -> None:
            program.start()
            if name:
                portal.wait_for(name)

        return again

    def replay(action: str) -> Callable[[], str]:
        return lambda: second.do(f"SELECT pg_wal_replay_{action}()")

    run.phase("nothing is broken", nothing, nothing)
    run.phase("the replica replays nothing", replay("pause"), replay("resume"))
    run.phase("the replica is stopped", lambda: second.stop("immediate"), second.start)
    run.phase("a web process is killed", web.kill, restart(web, "web_1"))
    run.phase("the web servers are restarted, one after the other", lambda: _roll(portal), nothing)
    run.phase("Redis is stopped", redis.kill, restart(redis))
    run.phase("the bucket is stopped", portal.bucket.kill, restart(portal.bucket))
    run.phase("the worker is killed", portal.worker.kill, restart(portal.worker))
    if first.is_on_disk_of_its_own:
        run.phase("the primary's disk is full", lambda: _fill(first), lambda: _free(first))
    run.phase("the primary is stopped, 15 s", lambda: first.stop("immediate"), first.start, lasts=15)
    run.phase(
        "the primary is lost, the replica promoted after 3 s",
        lambda: _promote(first, second),
        nothing,
        lasts=12,
    )
    run.phase("the former primary, as a replica", lambda: _rejoin(first, second), nothing)


def _roll(portal: Portal) -> None:
    """As an upgrade of two machines does it: the second is told to end when nginx asks the first again."""
    for name, web in zip(("web_1", "web_2"), portal.webs, strict=True):
        web.end()
        web.start()
        portal.wait_for(name)
        # It leaves one that did not answer alone for two seconds.
        time.sleep(5)


def _fill(database: Database) -> None:
    with (database.folder / BALLAST).open("wb") as file:
        try:
            while True:
                file.write(b"\0" * 65_536)
                file.flush()
        except OSError:
            pass


def _free(database: Database) -> None:
    (database.folder / BALLAST).unlink()
    time.sleep(2)
    try:
        database.do("SELECT 1")
    except subprocess.CalledProcessError:  # it gave up, and an operator starts it
        print("the primary had ended, and is started", flush=True)
        database.stop("immediate")
        database.start()


def _promote(first: Database, second: Database) -> None:
    first.stop("immediate")
    time.sleep(3)
    second.promote()


def _rejoin(first: Database, second: Database) -> None:
    first.copy_from(second)
    first.start()


def _check(load: Load) -> list[str]:
    """What was acknowledged is there, and seals hold."""
    from django.core.management import CommandError, call_command
    from django.db import close_old_connections

    from polls.models import Ballot

    close_old_connections()
    there = set(Ballot.objects.filter(receipt__in=load.receipts).values_list("receipt", flat=True))
    lost = len(set(load.receipts) - there)
    try:
        call_command("tend_polls", verbosity=0)
        call_command("verify_polls", verbosity=0)
        verified = "all polls verified"
    except (CommandError, SystemExit) as error:
        verified = f"verify_polls: {error}"
    return [
        f"{len(load.receipts)} votes acknowledged, {lost} of them lost; {verified}.",
        f"{load.compared} answers compared with what had just been published, {len(load.stale)} older: {load.stale[:3]}",
    ]


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--moto", required=True)
    parser.add_argument("--s3", required=True)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--only", default="", help="break only what has this in its name")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cms-machines-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        portal = Portal(folder, arguments)
        try:
            portal.start()
            load = Load(
                edge=portal.ports["edge"], balancer=portal.ports["balancer"], poll=_poll(), publish=_publish
            )
            print(_pictures(), flush=True)
            load.start()
            time.sleep(5)
            print("| what | " + " | ".join(KINDS) + " | replica used / behind / away |", flush=True)
            _phases(Run(portal, load, arguments))
            load.end()
            print("\n".join(_check(load)))
        finally:
            portal.end()


if __name__ == "__main__":
    main()
