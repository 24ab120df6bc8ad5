"""Group commit: calls from several threads at the same moment are one journey to the database, and one commit.

The first caller goes at once. Callers that come meanwhile wait until it is done; then they go as one batch, led by one
of their threads. So no caller waits for others that may not come, and the more come, the less each of them costs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar, cast

Item = TypeVar("Item")
Result = TypeVar("Result")
MAX_BATCH = 64


def _locked() -> Lock:
    lock = Lock()
    lock.acquire()
    return lock


@dataclass
class _Call(Generic[Item, Result]):
    """One caller's item. Its gate opens when the item is done, or when its thread is to lead the next batch."""

    item: Item
    #: Opened once, by another thread; an Event would take twice as long to make, to wait for and to set.
    gate: Lock = field(default_factory=_locked)
    result: Result | None = None
    error: BaseException | None = None
    is_done: bool = False


class BatchingExecutor(Generic[Item, Result]):
    """Calls a function of many items with the items of threads that have one each."""

    def __init__(self, execute_all: Callable[[Sequence[Item]], Sequence[Result]]) -> None:
        self._execute_all = execute_all
        self._lock = Lock()
        self._is_busy = False
        self._waiting: list[_Call[Item, Result]] = []

    @property
    def waiting(self) -> int:
        """How many calls wait for the batch that is under way."""
        return len(self._waiting)

    def __call__(self, item: Item) -> Result:
        """The result of `execute_all` for this item. All callers of a batch get the exception that it raises."""
        call: _Call[Item, Result] = _Call(item)
        with self._lock:
            must_wait, self._is_busy = self._is_busy, True
            self._waiting.append(call)
        if must_wait:
            call.gate.acquire()
        if not call.is_done:
            self._lead()
        if call.error is not None:
            raise call.error
        return cast(Result, call.result)

    def _lead(self) -> None:
        with self._lock:
            # The leading call is the first of those that wait.
            calls, self._waiting = self._waiting[:MAX_BATCH], self._waiting[MAX_BATCH:]
        try:
            for call, result in zip(calls, self._execute_all([call.item for call in calls]), strict=True):
                call.result = result
        except BaseException as error:  # noqa: BLE001 - raised by each of them
            for call in calls:
                call.error = error
        finally:
            self._hand_over(calls)

    def _hand_over(self, calls: Sequence[_Call[Item, Result]]) -> None:
        # The next leader is released first: the others then finish while the database works for the next batch.
        with self._lock:
            self._is_busy = bool(self._waiting)
            if self._waiting:
                self._waiting[0].gate.release()
        for call in calls:
            call.is_done = True
            call.gate.release()
