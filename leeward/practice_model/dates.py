"""Dates as a record gives them: a day, a month or a year; and the days a person was missing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from leeward.core.partial_dates import bounds


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day somewhere from `earliest` to `latest`, both included. An unknown date is None."""

    earliest: dt.date
    latest: dt.date

    @classmethod
    def from_text(cls, text: str) -> "PartialDate":
        """Read `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; raise ValueError for anything else."""
        if len(text) == 10 and text[4] == text[7] == "-" and text.isascii():
            day = dt.date.fromisoformat(text)
            return cls(day, day)
        # Plain digits only: other scripts' digits and a trailing line break are typing errors.
        span = bounds(text) if text.isascii() and text == text.strip() else None
        if span is None:
            raise ValueError(text)
        return cls(*span)

    @classmethod
    def of_day(cls, day: dt.date) -> "PartialDate":
        """A date known to the day."""
        return cls(day, day)

    @property
    def is_day(self) -> bool:
        """Whether the very day is known."""
        return self.earliest == self.latest

    def __str__(self) -> str:
        text = self.earliest.isoformat()
        if self.is_day:
            return text
        return text[:7] if self.earliest.month == self.latest.month else text[:4]


class DaysMissing:
    """How many days a person was missing between two days; episodes may overlap.

    An episode from the 1st to the 11th is ten days. One still open runs to `as_of`; one that
    starts later than `as_of` is not known yet.
    """

    def __init__(self, episodes: Iterable[tuple[dt.date, dt.date | None]], as_of: dt.date) -> None:
        known = sorted(
            (start.toordinal(), min(end or as_of, as_of).toordinal())
            for start, end in episodes
            if start <= as_of
        )
        self._spans: list[list[int]] = []
        for start, end in known:
            if self._spans and start <= self._spans[-1][1]:
                self._spans[-1][1] = max(self._spans[-1][1], end)
            else:
                self._spans.append([start, end])

    def between(self, start: dt.date, end: dt.date) -> int:
        """Days missing from `start` to `end`."""
        first, last = start.toordinal(), end.toordinal()
        return sum(max(0, min(last, away[1]) - max(first, away[0])) for away in self._spans)
