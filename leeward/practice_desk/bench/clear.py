"""What a page would cost if its words lay in the clear: the time it spends in sealing, taken off.

Nothing is opened without `leeward.sealing`, so the time inside its functions is what sealing adds:
opening and sealing values, asking the keyring for keys, and making the tokens of a search. Left in
are the few more bytes a sealed value takes, and the rows of its search tokens.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import ModuleType
from typing import Any
from unittest import mock

from leeward.disclosures import queries as disclosures
from leeward.people import neighbours, opening, queries
from leeward.sealing import fields, keyring

# Every road from a page into sealing.
ROADS: tuple[tuple[ModuleType, str], ...] = (
    (fields, "seal"),
    (fields, "open_sealed"),
    (keyring, "warm"),
    (keyring, "make_key"),
    (queries, "token"),
    (opening, "token"),
    (neighbours, "token"),
    (disclosures, "token"),
)


class InSealing:
    """Nanoseconds spent in sealing since it was last asked."""

    def __init__(self) -> None:
        self._spent = 0
        self._inside = False

    def spent(self) -> int:
        """How long since last time; and start again."""
        spent, self._spent = self._spent, 0
        return spent

    @contextmanager
    def watched(self) -> Iterator["InSealing"]:
        """Watch every road while this lasts."""
        with ExitStack() as roads:
            for module, name in ROADS:
                timed = self._timed(getattr(module, name))
                roads.enter_context(mock.patch.object(module, name, timed))
            yield self

    def _timed(self, do: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            if self._inside:
                return do(*args, **kwargs)
            self._inside, start = True, time.perf_counter_ns()
            try:
                return do(*args, **kwargs)
            finally:
                self._spent += time.perf_counter_ns() - start
                self._inside = False

        return timed
