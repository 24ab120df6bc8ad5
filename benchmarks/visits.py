"""Visits under load: `DURABLE=1 scripts/services python -m benchmarks.visits`.

Needs TEST_DATABASE_URL, and takes TEST_REDIS_URL where it is there. Server processes take 50,000 page views from 64
connections; then the figures must say 50,000 more, no more and no less. On the same PostgreSQL, before and after,
pgbench inserts plain rows and adds to one row, one a transaction, from as many connections.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
import time
from argparse import ArgumentParser
from typing import Any

from benchmarks.systems import ROOT
from benchmarks.voters import CONNECTIONS, send
from benchmarks.workplace import build, pgbench, psql, running

VISIT = (ROOT / "frontend" / "operations" / "visit.graphql").read_text()
BODY = {"query": VISIT, "operationName": "RecordVisit", "variables": {"input": {"path": "/"}}}
TABLES = (
    "CREATE TABLE plain (id bigserial PRIMARY KEY, day date, digest text, at timestamptz)",
    "CREATE TABLE one (views bigint)",
    "INSERT INTO one VALUES (0)",
)
INSERT = "INSERT INTO plain (day, digest, at) VALUES (current_date, md5(random()::text), now());"
UPDATE = "UPDATE one SET views = views + 1;"
#: Seconds after which everything is in the figures.
SOON = 2.0


def main() -> None:
    """Measure, print the figures, and fail where a visit is lost or counted twice."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=50_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=8)
    options = parser.parse_args()
    server = os.environ["TEST_DATABASE_URL"].rsplit("/", 1)[0]
    psql(f"{server}/postgres", "DROP DATABASE IF EXISTS visits", "CREATE DATABASE visits")
    os.environ["DATABASE_URL"] = f"{server}/visits"
    os.environ["MEDIA_ROOT"] = tempfile.mkdtemp()
    build()
    psql(os.environ["DATABASE_URL"], *TABLES)
    _print("pgbench", _plain())
    with running(options.processes, options.threads, REDIS_URL=os.environ.get("TEST_REDIS_URL", "")) as ports:
        _print("visits", _visits(ports, options.visits))
    _print("pgbench", _plain())


def _print(name: str, figures: dict[str, Any]) -> None:
    print(json.dumps({name: figures}), flush=True)


def _plain() -> dict[str, float]:
    return {
        "inserts a second": pgbench(INSERT, CONNECTIONS),
        "updates of one row": pgbench(UPDATE, CONNECTIONS),
    }


def _visits(ports: list[int], visits: int) -> dict[str, Any]:
    from visits.models import PageView

    body = json.dumps(BODY).encode()
    asyncio.run(send(ports, [body] * 500))
    time.sleep(SOON)
    before = _counted()
    begun = time.perf_counter()
    sent = asyncio.run(send(ports, [body] * visits))
    seconds = time.perf_counter() - begun
    time.sleep(SOON)
    figures = {
        "visits sent": visits,
        "acknowledged": len(sent.answers),
        "in the figures": _counted() - before,
        "waiting": PageView.objects.count(),
        "failures": dict(sent.failures),
        "seconds": round(seconds, 2),
        "visits a second": round(visits / seconds),
    }
    if figures["in the figures"] != visits or sent.failures:
        raise RuntimeError(f"visits were lost or doubled: {figures}")
    return figures


def _counted() -> int:
    from django.db.models import Sum

    from visits.models import DailyVisits

    return DailyVisits.objects.aggregate(views=Sum("visits"))["views"] or 0


if __name__ == "__main__":
    main()
