"""Who guesses words from one address waits longer and longer, and is never locked out.

A shelter has one address. So nothing is refused: the same answer comes, later, to whatever is
typed there, right or wrong; if it were only for words that nobody has, the wait would tell which
those are. What is counted stays in the memory of this process, under a hash that ends with it.
"""

import hashlib
import math
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from django.conf import settings

from leeward.entry import rules

# One miss is forgotten each so many seconds.
FORGOTTEN_AFTER = 60.0
# So many addresses are remembered; who was here longest ago makes room.
MOST_ADDRESSES = 10_000
# So many wait longer at once. A process has few threads, and waiting must not take the last.
WAIT_AT_ONCE = 2


class Misses:
    """How often what was typed at an address opened nothing, of late."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._key, self._lock = clock, secrets.token_bytes(32), Lock()
        self._found: dict[bytes, tuple[float, float]] = {}

    def count(self, address: str) -> None:
        """One more."""
        key = self._kept_as(address)
        with self._lock:
            self._found[key] = (self._of(key) + 1, self._clock())
            while len(self._found) > MOST_ADDRESSES:
                del self._found[min(self._found, key=lambda each: self._found[each][1])]

    def of(self, address: str) -> int:
        """How many there are now."""
        with self._lock:
            return math.ceil(self._of(self._kept_as(address)))

    def _of(self, key: bytes) -> float:
        misses, at = self._found.get(key, (0.0, 0.0))
        return max(0.0, misses - (self._clock() - at) / FORGOTTEN_AFTER)

    def _kept_as(self, address: str) -> bytes:
        return hashlib.blake2b(address.encode(), key=self._key, digest_size=16).digest()


MISSES = Misses()
_LONGER = BoundedSemaphore(WAIT_AT_ONCE)


@contextmanager
def slowed(address: str) -> Iterator[None]:
    """What happens within takes its least time, and longer where much was tried of late."""
    started = time.monotonic()
    longer = rules.longer_after(MISSES.of(address)) * settings.LEEWARD_ENTRY_SECONDS
    try:
        yield
    finally:
        _sleep(settings.LEEWARD_ENTRY_SECONDS - (time.monotonic() - started))
        if longer and _LONGER.acquire(blocking=False):
            try:
                _sleep(longer)
            finally:
                _LONGER.release()


def _sleep(seconds: float) -> None:
    time.sleep(max(0.0, seconds))
