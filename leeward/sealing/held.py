"""Opened keys kept in memory for a short while, so that a page opens each of them once."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Held(Generic[Key, Value]):
    """At most `most` values, none for longer than `seconds`; the least used goes first.

    What another process destroyed is gone from here within `seconds`, however often it is asked
    for: being used makes nothing younger.
    """

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic):
        self.most, self.seconds, self.clock = most, seconds, clock
        self._values: OrderedDict[Key, tuple[float, Value]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Value | None:
        """The value, or None when it is not held (any longer)."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            if self.clock() - found[0] >= self.seconds:
                del self._values[key]
                return None
            self._values.move_to_end(key)
            return found[1]

    def put(self, key: Key, value: Value) -> None:
        """Hold a value from now on."""
        with self._lock:
            self._values[key] = (self.clock(), value)
            self._values.move_to_end(key)
            while len(self._values) > self.most:
                self._values.popitem(last=False)

    def drop(self, key: Key) -> None:
        """Let one go, at once."""
        with self._lock:
            self._values.pop(key, None)

    def clear(self) -> None:
        """Let all go, at once."""
        with self._lock:
            self._values.clear()

    def __len__(self) -> int:
        return len(self._values)
