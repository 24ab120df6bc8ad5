"""Readers, voters and an editor who go on all the time, and what each of them was answered."""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

TITLE = "query Title($id: ID!) { page(id: $id) { title } }"
LIST = "query List($n: Int!) { articles(first: $n) { totalCount nodes { title urlPath } } }"
VOTE = "mutation Vote($input: CastVoteInput!) { castVote(input: $input) { receipt errors { code } } }"
TIMEOUT = 20


@dataclass
class Seen:
    """What one kind of client saw in one phase; times in seconds, `gap` the longest without a good answer."""

    good: int = 0
    failed: int = 0
    seconds: list[float] = field(default_factory=list)
    gap: float = 0.0
    last_good: float = field(default_factory=time.monotonic)
    errors: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, seconds: float, error: str) -> None:
        now = time.monotonic()
        if error:
            self.failed += 1
            self.errors[error] += 1
            return
        self.gap = max(self.gap, now - self.last_good)
        self.last_good = now
        self.good += 1
        self.seconds.append(seconds)

    def end(self) -> None:
        self.gap = max(self.gap, time.monotonic() - self.last_good)

    @property
    def p95(self) -> float:
        """Milliseconds; 0 without a good answer."""
        found = sorted(self.seconds)
        return found[int(len(found) * 0.95)] * 1000 if found else 0.0


class Client:
    """One HTTP client with a connection that stays open."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._connection: HTTPConnection | None = None

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Status and JSON; raises OSError or HTTPException where nothing is answered."""
        headers = {"Content-Type": "application/json", "User-Agent": "Mozilla/5.0 Firefox/140.0"}
        self._connection = self._connection or HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            self._connection.request(method, path, json.dumps(body) if body else None, headers)
            response = self._connection.getresponse()
            text = response.read()
            return response.status, json.loads(text) if text[:1] == b"{" else {}
        except BaseException:
            self._connection.close()
            self._connection = None
            raise

    def data(self, query: str, variables: dict[str, Any], *, by_get: bool = False) -> dict[str, Any]:
        """The data of an answer; raises ValueError with its status or the code of its error where there is none."""
        asked = {"query": query, "variables": variables}
        if by_get:
            path = "/graphql/?" + urlencode({"query": query, "variables": json.dumps(variables)})
            status, answer = self.ask("GET", path)
        else:
            status, answer = self.ask("POST", "/graphql/", asked)
        if status != 200 or answer.get("errors") or not answer.get("data"):
            codes = [each["extensions"].get("code", "?") for each in answer.get("errors", [])]
            raise ValueError(f"{status} {' '.join(codes)}".strip())
        return answer["data"]


class Load:
    """All clients, each in a thread; `phase` gives what they saw since the last call of it."""

    def __init__(
        self, *, edge: int, balancer: int, poll: tuple[int, int], publish: Callable[[str], int]
    ) -> None:
        self.edge, self.balancer, self.poll, self.publish = edge, balancer, poll, publish
        self.receipts: list[str] = []
        self.stale: list[str] = []
        self.compared = 0
        self._seen: dict[str, Seen] = defaultdict(Seen)
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._numbers = count(1)
        work = [self._read_kept, self._read_anew, self._read_anew, self._vote, self._vote, self._edit]
        self._threads = [threading.Thread(target=self._again, args=(each,), daemon=True) for each in work]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(60)

    def phase(self) -> dict[str, Seen]:
        """What each kind of client saw since the last phase."""
        with self._lock:
            found, self._seen = self._seen, defaultdict(Seen)
        for seen in found.values():
            seen.end()
        return found

    def _again(self, work: Callable[[dict[int, Client]], None]) -> None:
        clients: dict[int, Client] = {port: Client(port) for port in (self.edge, self.balancer)}
        while not self._over.is_set():
            work(clients)

    def _note(self, kind: str, action: Callable[[], Any], *, pause: float) -> Any:
        begun, error, found = time.monotonic(), "", None
        try:
            found = action()
        except (OSError, HTTPException) as failure:
            error = type(failure).__name__
        except ValueError as failure:
            error = str(failure)
        with self._lock:
            self._seen[kind].add(time.monotonic() - begun, error)
        self._over.wait(pause)
        return found

    def _read_kept(self, clients: dict[int, Client]) -> None:
        number = next(self._numbers) % 10 + 1
        self._note("edge", lambda: clients[self.edge].data(LIST, {"n": number}, by_get=True), pause=0.02)

    def _read_anew(self, clients: dict[int, Client]) -> None:
        # Of a hundred different ones few are kept since the last change.
        number = next(self._numbers) % 100 + 1
        self._note("reads", lambda: clients[self.balancer].data(LIST, {"n": number}), pause=0.02)

    def _vote(self, clients: dict[int, Client]) -> None:
        poll, option = self.poll
        vote = {"pollId": str(poll), "optionIds": [str(option)], "idempotencyKey": str(uuid4())}
        found = self._note("votes", lambda: clients[self.balancer].data(VOTE, {"input": vote}), pause=0.05)
        if found and found["castVote"]["receipt"]:
            self.receipts.append(found["castVote"]["receipt"])

    def _edit(self, clients: dict[int, Client]) -> None:
        """Publish a title; from then on no reader may be answered with another one."""
        title = f"Bài số {next(self._numbers)}"
        page = self._note("publishes", lambda: self.publish(title), pause=0)
        for port in (self.balancer, self.balancer) if page else ():
            found = self._note(
                "after a publish", lambda port=port: clients[port].data(TITLE, {"id": str(page)}), pause=0
            )
            if found:
                self.compared += 1
                if found["page"]["title"] != title:
                    self.stale.append(f"{found['page']['title']} after {title}")
        self._over.wait(0.3)
