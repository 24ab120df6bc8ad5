"""Loads that go side by side.

A load is a generator: it yields the querysets that it needs, gets their rows, and returns what it made of them. All
loads that are under way take a step together, and what they need then is read at once (`sql/multi_query.py`). So the
number of statements of a request goes by the steps from its first object to its last, whatever hangs on each.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from types import GeneratorType
from typing import Any

from django.db.models import QuerySet

from cms.graphql.sql.compiled import BoundQuery
from cms.graphql.sql.failures import Failure, unwrap
from cms.graphql.sql.multi_query import bound_of

Query = QuerySet | BoundQuery
#: A queryset answers its rows, a list of querysets a list of rows for each, and None waits for others to take a step.
Wanted = Query | list[Query] | None
LoadGenerator = Generator[Wanted, Any, Any]


class BatchScheduler:
    """The loads of one request: `fetch` reads what they need, `read` is told of each queryset and its rows.

    A query that fails fails the load that asked for it; the others go on.
    """

    def __init__(
        self,
        fetch: Callable[[list[BoundQuery | Failure]], list[list[Any] | Failure]],
        read: Callable[[BoundQuery, list[Any]], None],
    ) -> None:
        self._fetch = fetch
        self._read = read
        self._waiting: list[tuple[LoadGenerator, Wanted, Callable[[Any], None]]] = []

    def start(self, load: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Begin a load; `done` gets what it returns, at once where it needs nothing, or a Failure."""
        try:
            work = load()
        except Exception as error:  # noqa: BLE001 - raised where its result is asked for
            done(Failure(error))
            return
        if isinstance(work, GeneratorType):
            self._step(work, lambda: work.send(None), done)
        else:
            done(work)

    def run(self) -> None:
        """Take steps until all loads have ended."""
        while self._waiting:
            waiting, self._waiting = self._waiting, []
            wanted_now = [each for _load, wanted, _done in waiting for each in _flat(wanted)]
            found = iter(self._fetched(list(map(bound_of, wanted_now))))
            for load, wanted, done in waiting:
                rows = [next(found) for _queryset in _flat(wanted)]
                self._step(load, partial(_resume, load, wanted, rows), done)

    def result(self, load: Callable[[], Any]) -> Any:
        """What a load returns; raises what it raises."""
        ended: list[Any] = []
        self.start(load, ended.append)
        self.run()
        return unwrap(ended[0])

    def _fetched(self, queries: list[BoundQuery | Failure]) -> list[list[Any] | Failure]:
        found = self._fetch(queries) if queries else []
        for query, rows in zip(queries, found, strict=True):
            if isinstance(query, BoundQuery) and not isinstance(rows, Failure):
                self._read(query, rows)
        return found

    def _step(self, load: LoadGenerator, step: Callable[[], Wanted], done: Callable[[Any], None]) -> None:
        try:
            wanted = step()
        except StopIteration as end:
            done(end.value)
        except Exception as error:  # noqa: BLE001 - raised where its result is asked for
            done(Failure(error))
        else:
            self._waiting.append((load, wanted, done))


def _resume(load: LoadGenerator, wanted: Wanted, rows: list[Any]) -> Wanted:
    """Give a load the rows that it wanted, or raise in it what kept one of its queries from being read."""
    if failure := next((each for each in rows if isinstance(each, Failure)), None):
        return load.throw(failure.error)
    return load.send(rows if isinstance(wanted, list) else next(iter(rows), None))


def gather(*loads: LoadGenerator) -> LoadGenerator:
    """A load that takes the steps of several at once and returns the list of what they return; it fails with any."""
    returned: list[Any] = [None] * len(loads)
    wanted: dict[int, Wanted] = {}

    def step(index: int, rows: Any) -> None:
        try:
            wanted[index] = loads[index].send(rows)
        except StopIteration as end:
            returned[index] = end.value

    for index in range(len(loads)):
        step(index, None)
    while wanted:
        current, wanted = wanted, {}
        asked = [each for one in current.values() for each in _flat(one)]
        found = iter((yield asked) if asked else (yield None) or ())
        for index, one in current.items():
            rows = [next(found) for _queryset in _flat(one)]
            step(index, rows if isinstance(one, list) else next(iter(rows), None))
    return returned


def memoize(kept: dict[Any, Any], key: Any, load: Callable[[], LoadGenerator]) -> LoadGenerator:
    """What `load` returns, kept under `key`; other loads that ask while it is under way wait for it.

    Where it fails, all of them raise its exception.
    """
    if key not in kept:
        kept[key] = PENDING
        try:
            kept[key] = yield from load()
        except Exception as error:  # noqa: BLE001 - raised below, for each that asks
            kept[key] = Failure(error)
    while kept[key] is PENDING:
        yield None
    return unwrap(kept[key])


PENDING = object()


def _flat(wanted: Wanted) -> list[Query]:
    if wanted is None:
        return []
    return wanted if isinstance(wanted, list) else [wanted]
