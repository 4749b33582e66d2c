"""Ages, always on the day of the event and never today's."""

import datetime as dt
from typing import Protocol

from leeward.law.rules import AgeRule, Rules, builtin_rules


class Span(Protocol):
    """A date known to be somewhere from `earliest` to `latest`."""

    @property
    def earliest(self) -> dt.date:
        """The earliest day it could be."""

    @property
    def latest(self) -> dt.date:
        """The latest day it could be."""


def youngest_age(born: Span | None, on: dt.date | None) -> int | None:
    """The youngest age, in whole years, someone could have been on a day; None when not known.

    A birthday on 29 February falls on 1 March in other years. A day before birth gives 0.
    """
    if born is None or on is None:
        return None
    last = born.latest
    return max(0, on.year - last.year - ((on.month, on.day) < (last.month, last.day)))


def age_rules(
    age: int | None, *, in_care: bool = False, rules: Rules | None = None
) -> tuple[AgeRule, ...]:
    """What holds at an age, in the table's order.

    An age that is not known counts as under 16: every rule for any age below 16 holds. Rules for
    young people in care are left out unless `in_care`.
    """
    ages = range(16) if age is None else (age,)
    return tuple(
        one
        for one in (rules or builtin_rules()).ages
        if (in_care or one.applies != "in_care") and any(one.ages.holds(each) for each in ages)
    )
