"""Votes under load: `DURABLE=1 scripts/services python -m benchmarks.votes`.

Needs TEST_DATABASE_URL, and takes TEST_REDIS_URL where it is there. Server processes take 20,000 votes from 64
connections, in rounds; each is then looked for in the database. On the same server, between the rounds, pgbench inserts
rows, one a transaction, from as many connections: rows of a ballot into a table with the columns, indexes and
constraints of the ballots', and rows of five columns with two indexes, about the least that could hold one. Then the
home query is asked, from what is kept, with and without 1,000 votes a minute in the poll that it shows.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import tempfile
import threading
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from itertools import cycle, pairwise
from statistics import median
from typing import Any
from uuid import uuid4

from benchmarks.systems import ROOT
from benchmarks.voters import CONNECTIONS, send
from benchmarks.workplace import build, pgbench, psql, running

#: A vote that asks for its receipt, and one as the portal's frontend sends it, which asks for the poll's figures, too.
VOTE = "mutation CastVote($input: CastVoteInput!) { castVote(input: $input) { receipt errors { code } } }"
VOTE_AND_POLL = (ROOT / "frontend" / "operations" / "poll.graphql").read_text()
HOME = (ROOT / "frontend" / "operations" / "home.graphql").read_text()
TABLES = (
    "CREATE TABLE plain_ballot (LIKE polls_ballot INCLUDING ALL)",
    "ALTER TABLE plain_ballot ADD FOREIGN KEY (poll_id) REFERENCES polls_poll DEFERRABLE INITIALLY DEFERRED",
    "CREATE TABLE least (id bigserial PRIMARY KEY, poll int, voter text, receipt text UNIQUE, at timestamptz)",
)
#: What pgbench inserts.
PLAIN = {
    "ballot": "INSERT INTO plain_ballot (poll_id, voter, retry_key, receipt, created_at, is_replaced, network, agent, "
    "proof) VALUES ({poll}, {digest} || {digest}, {digest} || {digest}, left({digest}, 19), now(), false, {digest}, "
    "{digest}, '');",
    "least row": "INSERT INTO least (poll, voter, receipt, at) VALUES ({poll}, {digest}, {digest}, now());",
}
DIGEST = "md5(random()::text)"
SPEED = re.compile(r"Requests/sec:\s+([\d.]+)")
SECONDS = 6
VOTES_A_MINUTE = 1000
ROUNDS = 5
HOME_THREADS = 4  # as `make serve` has them


def main() -> None:
    """Measure, print a table, and fail where a vote is lost or counted twice."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--votes", type=int, default=20_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=32)
    parser.add_argument("--only", choices=["votes", "home"])
    options = parser.parse_args()
    database = os.environ["TEST_DATABASE_URL"].rsplit("/", 1)[0]
    psql(f"{database}/postgres", "DROP DATABASE IF EXISTS votes", "CREATE DATABASE votes")
    os.environ["DATABASE_URL"] = f"{database}/votes"
    os.environ["POLLS_KEY"] = "for-benchmarks-only"
    os.environ["MEDIA_ROOT"] = tempfile.mkdtemp()
    build()
    psql(os.environ["DATABASE_URL"], *TABLES)
    if options.only != "home":
        for asked in (VOTE, VOTE_AND_POLL):
            print(json.dumps(_ratio(asked, options), indent=1), flush=True)
    if options.only == "votes":
        return
    for redis in filter(None, ["none", os.environ.get("TEST_REDIS_URL")]):
        with running(options.processes, HOME_THREADS, REDIS_URL="" if redis == "none" else redis) as ports:
            print(json.dumps({"Redis": redis != "none", **_home(ports)}, indent=1), flush=True)


def _ratio(asked: str, options: Namespace) -> dict[str, Any]:
    """Rounds of votes, and inserts by pgbench before and after each."""
    with running(options.processes, options.threads, REDIS_URL=os.environ.get("TEST_REDIS_URL", "")) as ports:
        figures, inserts = _votes(ports, asked, options.votes)
    ratios = {f"of inserts of a {name}": _share(figures["votes a second"], inserts[name]) for name in PLAIN}
    asks = "receipt and poll" if asked is VOTE_AND_POLL else "receipt"
    return {"each asks for": asks, **figures, "pgbench inserts a second": inserts, **ratios}


def _share(votes: list[int], inserts: list[float]) -> float:
    # How fast the machine is changes from minute to minute: each round goes by what was inserted around it.
    around = [(before + after) / 2 for before, after in pairwise(inserts)]
    return round(median(each / plain for each, plain in zip(votes, around, strict=True)), 3)


def _inserts(poll: int) -> dict[str, float]:
    return {
        name: pgbench(statement.format(poll=poll, digest=DIGEST), CONNECTIONS)
        for name, statement in PLAIN.items()
    }


def _poll() -> tuple[int, list[int]]:
    from django.utils import timezone

    from polls.models import Poll, PollOption, ResultsVisibility

    now = timezone.now()
    poll = Poll(
        question="Votes",
        opens_at=now - timedelta(minutes=1),
        closes_at=now + timedelta(days=1),
        results_visibility=ResultsVisibility.ALWAYS,
        options=[PollOption(text=text, sort_order=order) for order, text in enumerate("ABCDE")],
    )
    poll.save()
    return poll.pk, [option.pk for option in poll.options.all()]


def _bodies(asked: str, votes: int) -> tuple[int, list[bytes]]:
    poll, options = _poll()
    values = [
        {"pollId": str(poll), "optionIds": [str(options[number % 5])], "idempotencyKey": str(uuid4())}
        for number in range(votes)
    ]
    body = {"query": asked, "operationName": "CastVote"}
    return poll, [json.dumps({**body, "variables": {"input": each}}).encode() for each in values]


def _votes(ports: list[int], asked: str, votes: int) -> tuple[dict[str, Any], dict[str, list[float]]]:
    from polls.integrity.verification import verify
    from polls.models import Ballot, Poll
    from polls.tally.tallies import tallies_by_poll

    asyncio.run(send(ports, _bodies(asked, 500)[1]))
    poll, bodies = _bodies(asked, votes)
    inserts = [_inserts(poll)]
    speeds, answers, given_up = [], [], 0
    for number in range(ROUNDS):
        begun = time.perf_counter()
        sent = asyncio.run(send(ports, bodies[number::ROUNDS]))
        speeds.append(round(len(bodies[number::ROUNDS]) / (time.perf_counter() - begun)))
        answers += [answer["data"]["castVote"] for answer in sent.answers.values()]
        given_up += sent.given_up
        inserts.append(_inserts(poll))
    receipts = {answer["receipt"] for answer in answers} - {None}
    time.sleep(5)
    stored = set(Ballot.objects.filter(poll=poll).values_list("receipt", flat=True))
    report = verify(Poll.objects.get(pk=poll))
    figures = {
        "votes sent": votes,
        "acknowledged": len(receipts),
        "in the database": len(stored),
        "in the tally": tallies_by_poll([poll])[poll].ballots,
        "not sealed after 5 s": report.waiting,
        "seals": report.seals,
        "votes a second": speeds,
    }
    if receipts != stored or len(stored) != votes or figures["in the tally"] != votes or report.findings:
        raise RuntimeError(
            f"votes were lost or doubled: {figures}, {report.findings[:3]}, {given_up} unanswered"
        )
    return figures, {name: [each[name] for each in inserts] for name in PLAIN}


def _home(ports: list[int]) -> dict[str, Any]:
    # By turns, so that what else the machine does falls on both.
    _poll, bodies = _bodies(VOTE_AND_POLL, ROUNDS * VOTES_A_MINUTE)
    waiting = iter(bodies)
    quiet, busy = [_asked(ports)], []
    for _round in range(ROUNDS):
        done = threading.Event()
        voters = threading.Thread(target=_trickle, args=(ports, waiting, done))
        voters.start()
        busy.append(_asked(ports))
        done.set()
        voters.join()
        quiet.append(_asked(ports))
    share = round(median(busy) / median(quiet), 2)
    return {"home a second": quiet, "with 1,000 votes a minute": busy, "share of the medians": share}


def _trickle(ports: list[int], bodies: Iterator[bytes], done: threading.Event) -> None:
    # As a frontend's server asks, over connections that it keeps.
    servers = cycle([HTTPConnection("127.0.0.1", port, timeout=30) for port in ports])
    due = time.monotonic()
    for server, body in zip(servers, bodies, strict=False):
        server.request("POST", "/graphql/", body, {"Content-Type": "application/json"})
        server.getresponse().read()
        # By the clock, so that a vote that takes long is made up for.
        due += 60 / VOTES_A_MINUTE
        if done.wait(max(0, due - time.monotonic())):
            return


def _asked(ports: list[int]) -> int:
    """Answers a second from all servers together."""
    with ThreadPoolExecutor(len(ports)) as threads:
        return round(sum(threads.map(_asked_of, ports)))


def _asked_of(port: int) -> float:
    body = json.dumps({"query": HOME, "operationName": "Home", "variables": {}})
    with tempfile.NamedTemporaryFile("w") as bodies:
        bodies.write(f"{body}\n")
        bodies.flush()
        script = str(ROOT / "benchmarks" / "requests.lua")
        command = ["wrk", "-t1", "-c16", f"-d{SECONDS}", "-s", script, f"http://127.0.0.1:{port}/graphql/"]
        environment = {**os.environ, "BODIES": bodies.name, "METHOD": "POST"}
        found = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return float(SPEED.search(found.stdout).group(1))


if __name__ == "__main__":
    main()
