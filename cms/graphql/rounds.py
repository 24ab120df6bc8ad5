"""Loads that go side by side.

A load is a generator: it yields the querysets that it needs, gets their rows, and returns what it made of them. All
loads that are under way take a step together, and what they need then is read at once (`fetching.py`). So the number
of statements of a request is the number of steps from its first object to its last, whatever hangs on each.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from types import GeneratorType
from typing import Any

from django.db.models import QuerySet

from cms.graphql.statements import Bound

Query = QuerySet | Bound
#: A queryset answers its rows, a list of querysets a list of rows for each, and None waits for others to take a step.
Wanted = Query | list[Query] | None
Load = Generator[Wanted, Any, Any]


class Failure:
    """An exception in place of what a load would have returned."""

    def __init__(self, error: Exception) -> None:
        self.error = error


class Rounds:
    """The loads of one request: `fetch` reads what they need, `read` is told of each queryset and its rows."""

    def __init__(
        self,
        fetch: Callable[[list[Query]], list[list[Any]]],
        read: Callable[[Query, list[Any]], None],
    ) -> None:
        self._fetch = fetch
        self._read = read
        self._waiting: list[tuple[Load, Wanted, Callable[[Any], None]]] = []

    def start(self, load: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Begin a load; `done` gets what it returns, at once where it needs nothing, or a Failure."""
        try:
            work = load()
        except Exception as error:  # noqa: BLE001 - raised where its result is asked for
            done(Failure(error))
            return
        if isinstance(work, GeneratorType):
            self._step(work, None, done)
        else:
            done(work)

    def run(self) -> None:
        """Take steps until all loads have ended."""
        while self._waiting:
            waiting, self._waiting = self._waiting, []
            found = iter(self._fetched([each for _load, wanted, _done in waiting for each in _flat(wanted)]))
            for load, wanted, done in waiting:
                rows = [next(found) for _queryset in _flat(wanted)]
                self._step(load, rows if isinstance(wanted, list) else next(iter(rows), None), done)

    def result(self, load: Callable[[], Any]) -> Any:
        """What a load returns; raises what it raises."""
        ended: list[Any] = []
        self.start(load, ended.append)
        self.run()
        return opened(ended[0])

    def _fetched(self, querysets: list[Query]) -> list[list[Any]]:
        found = self._fetch(querysets) if querysets else []
        for queryset, rows in zip(querysets, found, strict=True):
            self._read(queryset, rows)
        return found

    def _step(self, load: Load, rows: Any, done: Callable[[Any], None]) -> None:
        try:
            wanted = load.send(rows)
        except StopIteration as end:
            done(end.value)
        except Exception as error:  # noqa: BLE001 - raised where its result is asked for
            done(Failure(error))
        else:
            self._waiting.append((load, wanted, done))


def opened(result: Any) -> Any:
    """What a load returned; raises what it raised."""
    if isinstance(result, Failure):
        raise result.error
    return result


def together(*loads: Load) -> Load:
    """A load that takes the steps of several at once and returns the list of what they return."""
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


def once(kept: dict[Any, Any], key: Any, load: Callable[[], Load]) -> Load:
    """What `load` returns, kept under `key`: who comes while it is under way waits for it."""
    if key not in kept:
        kept[key] = UNDER_WAY
        try:
            kept[key] = yield from load()
        except Exception:
            del kept[key]
            raise
    while kept.get(key) is UNDER_WAY:
        yield None
    return kept[key]


UNDER_WAY = object()


def _flat(wanted: Wanted) -> list[Query]:
    if wanted is None:
        return []
    return wanted if isinstance(wanted, list) else [wanted]
