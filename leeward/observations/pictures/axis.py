"""Dates on an axis: where a day falls, and which months are worth a name."""

from dataclasses import dataclass
from datetime import date, timedelta

MONTH_STEPS = (1, 2, 3, 4, 6, 12, 24, 60, 120)
SHORTEST = 28  # days an axis spans at least, so that a first day is not stretched over the page


@dataclass(frozen=True)
class Axis:
    """A linear axis from ``first`` to ``last`` day, drawn from ``begin`` to ``end`` (px)."""

    first: date
    last: date
    begin: float
    end: float

    @classmethod
    def across(cls, first: date, last: date, begin: float, end: float) -> "Axis":
        """Return an axis that ends on ``last`` and spans at least SHORTEST days."""
        earliest = last - timedelta(days=SHORTEST)
        return cls(min(first, earliest), last, begin, end)

    @property
    def day(self) -> float:
        """Return the length of a day in px, below zero when the axis runs backward."""
        return (self.end - self.begin) / max((self.last - self.first).days, 1)

    def at(self, on: date) -> float:
        """Return where a day falls; days outside the axis fall on its nearest end."""
        held = min(max(on, self.first), self.last)
        return self.end - (self.last - held).days * self.day


def month_starts(first: date, last: date) -> list[date]:
    """Return the first day of every month after ``first`` (or on it) and up to ``last``."""
    year, month = first.year, first.month
    if first.day > 1:
        year, month = _next(year, month)
    found = []
    while (year, month) <= (last.year, last.month):
        found.append(date(year, month, 1))
        year, month = _next(year, month)
    return found


def _next(year: int, month: int) -> tuple[int, int]:
    return (year + 1, 1) if month == 12 else (year, month + 1)


def named_months(axis: Axis, room: float, *, steps: tuple[int, ...] = MONTH_STEPS) -> list[date]:
    """Return the month starts to name so that names stand at least ``room`` px apart."""
    months = month_starts(axis.first, axis.last)
    month = abs(axis.day) * 28
    step = next((size for size in steps if size * month >= room), steps[-1])
    return [on for on in months if (on.year * 12 + on.month - 1) % step == 0]
