"""Birthdays seen ahead: what becomes due at 13, 15, 16, 18 and 23. Pure."""

import datetime as dt
from dataclasses import dataclass

from leeward.law.ages import Span
from leeward.law.rules import Rules, Turning, builtin_rules


@dataclass(frozen=True, slots=True)
class Coming:
    """A birthday that comes, and what becomes due with it.

    `on` is the earliest day it could be, `latest` the last: the same where the birth date is
    known to the day. `if_in_care` are the rows that hold if they are in care, which is not known.
    """

    age: int
    on: dt.date
    latest: dt.date
    rows: tuple[Turning, ...]
    if_in_care: tuple[Turning, ...]

    @property
    def is_exact(self) -> bool:
        """Whether the day is known."""
        return self.on == self.latest


def birthday(born: dt.date, age: int) -> dt.date:
    """The day somebody born on a day turns an age; 1 March for 29 February in other years."""
    year = born.year + age
    if year > dt.MAXYEAR:
        return dt.date.max
    if (born.month, born.day) == (2, 29) and not _is_leap(year):
        return dt.date(year, 3, 1)
    return born.replace(year=year)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def coming(
    born: Span | None, as_of: dt.date, *, in_care: bool | None, rules: Rules | None = None
) -> tuple[Coming, ...] | None:
    """The birthdays to be seen on a day, the nearest first; None where no birth date is known,
    which is not the same as none coming.

    Counted from the earliest day they could have been born, and shown until the latest has come.
    `in_care` None is not known: rows for young people in care are given apart.
    """
    if born is None:
        return None
    found: dict[int, list[Turning]] = {}
    for row in (rules or builtin_rules()).turning:
        if row.applies == "in_care" and in_care is False:
            continue
        first, last = birthday(born.earliest, row.age), birthday(born.latest, row.age)
        if as_of <= last and (first - as_of).days <= row.ahead:
            found.setdefault(row.age, []).append(row)
    return tuple(_coming(born, age, rows, in_care) for age, rows in sorted(found.items()))


def _coming(born: Span, age: int, rows: list[Turning], in_care: bool | None) -> Coming:
    perhaps = [one for one in rows if one.applies == "in_care" and in_care is None]
    return Coming(
        age=age,
        on=birthday(born.earliest, age),
        latest=birthday(born.latest, age),
        rows=tuple(one for one in rows if one not in perhaps),
        if_in_care=tuple(perhaps),
    )
