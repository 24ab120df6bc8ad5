"""What threads want at the same moment is done together: one journey to the database, and one commit, for all of it.

Who comes first goes at once. Those that come meanwhile wait until that is done and go together, one of them leading; so
nobody waits for others that may or may not come, and the more come, the less each of them costs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar, cast

Asked = TypeVar("Asked")
Answered = TypeVar("Answered")
#: How many go together at most.
MOST = 64


def _shut() -> Lock:
    lock = Lock()
    lock.acquire()
    return lock


@dataclass
class _Turn(Generic[Asked, Answered]):
    """One caller's thing to do. Its gate opens when that is done, or when it is to lead."""

    asked: Asked
    #: Opened once, by another thread; an Event would take twice as long to make, to wait for and to set.
    gate: Lock = field(default_factory=_shut)
    answered: Answered | None = None
    error: BaseException | None = None
    is_done: bool = False


class Together(Generic[Asked, Answered]):
    """Calls of a function that takes many things at once, from threads that have one each."""

    def __init__(self, do_all: Callable[[Sequence[Asked]], Sequence[Answered]]) -> None:
        self._do_all = do_all
        self._lock = Lock()
        self._is_busy = False
        self._waiting: list[_Turn[Asked, Answered]] = []

    @property
    def waiting(self) -> int:
        """How many calls wait for those that are under way."""
        return len(self._waiting)

    def __call__(self, asked: Asked) -> Answered:
        """What `do_all` answers to this one; raises what it raises, as all that went with it do."""
        turn: _Turn[Asked, Answered] = _Turn(asked)
        with self._lock:
            must_wait, self._is_busy = self._is_busy, True
            self._waiting.append(turn)
        if must_wait:
            turn.gate.acquire()
        if not turn.is_done:
            self._lead()
        if turn.error is not None:
            raise turn.error
        return cast(Answered, turn.answered)

    def _lead(self) -> None:
        with self._lock:
            # Who leads is the first of those that wait.
            turns, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        try:
            for turn, answered in zip(turns, self._do_all([turn.asked for turn in turns]), strict=True):
                turn.answered = answered
        except BaseException as error:  # noqa: BLE001 - raised by each of them
            for turn in turns:
                turn.error = error
        finally:
            self._hand_over(turns)

    def _hand_over(self, turns: Sequence[_Turn[Asked, Answered]]) -> None:
        # Who leads next goes first: what the others do then is done while the database works for the next ones.
        with self._lock:
            self._is_busy = bool(self._waiting)
            if self._waiting:
                self._waiting[0].gate.release()
        for turn in turns:
            turn.is_done = True
            turn.gate.release()
