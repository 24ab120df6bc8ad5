"""A dictionary of bounded size, which several threads share."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class LRUCache(Generic[Key, Value]):
    """Keeps what was used last; what was used longest ago goes, where all of it is larger than `capacity()`.

    `size_of` a value is in the unit of the capacity: 1 where values are counted.
    """

    def __init__(
        self, capacity: Callable[[], int], size_of: Callable[[Value], int] = lambda value: 1
    ) -> None:
        self._capacity = capacity
        self._size_of = size_of
        self._values: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()
        #: Of all values together.
        self.size = 0

    def get(self, key: Key) -> Value | None:
        """The value of `key`, which has been used now; None where there is none."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key][0]

    def put(self, key: Key, value: Value) -> None:
        """Keep a value; at once gone, if it is larger than the capacity."""
        size = self._size_of(value)
        with self._lock:
            self._remove(key)
            self._values[key] = value, size
            self.size += size
            while self.size > self._capacity():
                self._remove(next(iter(self._values)))

    def discard(self, key: Key, value: Value) -> None:
        """Forget this value, unless another one has taken its place."""
        with self._lock:
            if key in self._values and self._values[key][0] is value:
                self._remove(key)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._values.clear()
            self.size = 0

    def _remove(self, key: Key) -> None:
        _value, size = self._values.pop(key, (None, 0))
        self.size -= size
