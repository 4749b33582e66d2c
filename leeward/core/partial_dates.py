"""Dates as people know them: a day, a month, a year, or not known.

Kept as text (`2025-03-10`, `2025-03`, `2025`, or empty for unknown) because a missing day is a
fact to keep, not a gap to fill with the first of the month.
"""

import calendar
import datetime as dt
import re

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def bounds(text: str) -> tuple[dt.date, dt.date] | None:
    """The earliest and latest day `text` could mean; None when it is empty (unknown).

    Raises ValueError when `text` is not a day, a month or a year.
    """
    if not text:
        return None
    found = _SHAPE.fullmatch(text)
    if not found:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None or year < 1:
        raise ValueError(text)
    if month is None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    if day is None:
        last = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0
        return dt.date(year, month, 1), dt.date(year, month, last)
    return dt.date(year, month, day), dt.date(year, month, day)


def age_range(born: str, on: dt.date) -> tuple[int, int] | None:
    """The youngest and oldest age in whole years on a day; None when the birth date is unknown."""
    span = bounds(born)
    if span is None:
        return None
    earliest, latest = span
    return _age(latest, on), _age(earliest, on)


def _age(born: dt.date, on: dt.date) -> int:
    # A birthday on 29 February is kept on 1 March in other years, the later reading.
    return max(0, on.year - born.year - ((on.month, on.day) < (born.month, born.day)))
