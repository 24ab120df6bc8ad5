"""What a hundred times as many articles cost: `python -m benchmarks.growth SMALL LARGE`, two databases' addresses.

Starts a server on each site, the answer cache off, and asks them in turn for the clients' list (or what --question
names), so that whatever disturbs the machine disturbs both. Prints how long the first request took, which counts, and
the medians of those that follow, with their ratio.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from contextlib import ExitStack
from http.client import HTTPConnection

from benchmarks.ours import questions
from benchmarks.systems import Question, System, granian, production

PORTS = (8061, 8062)
#: Requests after which PostgreSQL's prepared statements and ours are there.
WARM_UP = 30


def main() -> None:
    """Measure both sites and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("databases", nargs=2, metavar=("SMALL", "LARGE"))
    parser.add_argument("--question", default="list", choices=list(questions()))
    parser.add_argument("--requests", type=int, default=1000)
    options = parser.parse_args()
    asked = {options.question: questions()[options.question]}
    sites = [_site(port, url, asked) for port, url in zip(PORTS, options.databases, strict=True)]
    with ExitStack() as stack:
        for site in sites:
            stack.enter_context(site.running())
        readers = [Reader(site.port, asked[options.question]) for site in sites]
        first = [reader.milliseconds() for reader in readers]
        found: list[list[float]] = [[], []]
        for _each in range(options.requests):
            for reader, times in zip(readers, found, strict=True):
                times.append(reader.milliseconds())
    small, large = (statistics.median(times[WARM_UP:]) for times in found)
    print(f"{options.question}: the first request {first[0]:.0f} and {first[1]:.0f} ms")
    print(f"then {small:.2f} and {large:.2f} ms (medians), a ratio of {large / small:.2f}")


def _site(port: int, database: str, asked: dict[str, Question]) -> System:
    environment = {**production(port), "DATABASE_URL": database, "ACCELERATORS_OFF": "answer_cache"}
    return System(database, granian("cms.wsgi:application", port), port, asked, environment, ready="/healthz")


class Reader:
    """A client that keeps its connection to one server."""

    def __init__(self, port: int, question: Question) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self._question = question
        self._number = 0

    def milliseconds(self) -> float:
        """How long the next request takes; RuntimeError where its answer is not what it should be."""
        begun = time.perf_counter()
        self._ask()
        return (time.perf_counter() - begun) * 1000

    def cost(self) -> int:
        """What the server says that the next request costs, in points."""
        return json.loads(self._ask())["extensions"]["cost"]["requestedQueryCost"]

    def _ask(self) -> bytes:
        body = self._question.bodies[self._number % len(self._question.bodies)]
        self._number += 1
        self._connection.request(
            "POST", self._question.path, body.encode(), {"Content-Type": "application/json"}
        )
        answer = self._connection.getresponse().read()
        if not self._question.holds(answer):
            raise RuntimeError(f"not what was asked for: {answer[:300]!r}")
        return answer


if __name__ == "__main__":
    main()
