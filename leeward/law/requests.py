"""The clock of a request about one's own file, and on what grounds a passage may be held back.

Days are days of the agency's own zone: the one on which a request was received is day 0.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from leeward.law.rules import Ground, RequestRule, builtin_rules


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a request stands on a day: `day` counts from the day it was received.

    `days_left` is below 0 once `due_on` is over without an answer, which counts as a refusal.
    """

    received_on: dt.date
    due_on: dt.date
    day: int
    days_left: int
    extended: bool
    soon: bool

    @property
    def past(self) -> bool:
        """Whether the last day is over: silence is a refusal."""
        return self.days_left < 0

    @property
    def days_late(self) -> int:
        """How many days it is over; 0 while it is not."""
        return max(0, -self.days_left)


class NoSuchExtension(ValueError):
    """A request is extended once, by a day or more and at most what the table allows."""


@cache
def rule(rule_id: str) -> RequestRule:
    """A row of requests.csv; KeyError for an id that is not there."""
    return {one.id: one for one in builtin_rules().requests}[rule_id]


@cache
def grounds() -> dict[str, Ground]:
    """The rows of separable.csv by id."""
    return {one.id: one for one in builtin_rules().separable}


def days_of(rule_id: str) -> int:
    """The days that a row names; KeyError for a row without any."""
    found = rule(rule_id).days
    if found is None:
        raise KeyError(rule_id)
    return found


def received_on(moment: dt.datetime, zone: str) -> dt.date:
    """The day that an aware moment is in a zone (an IANA name): day 0 of what came in then."""
    return moment.astimezone(ZoneInfo(zone)).date()


def clock(received: dt.date, as_of: dt.date, extended_by: int = 0) -> Clock:
    """The clock of a request on a day. Raises NoSuchExtension.

    Counted in whole days of the calendar, so that no change of the clocks moves it.
    """
    if not 0 <= extended_by <= days_of("extension"):
        raise NoSuchExtension(extended_by)
    due = received + dt.timedelta(days=days_of("answer") + extended_by)
    left = (due - as_of).days
    return Clock(
        received_on=received,
        due_on=due,
        day=(as_of - received).days,
        days_left=left,
        extended=extended_by > 0,
        soon=left <= days_of("answer") - days_of("remind"),
    )


def may_extend(found: Clock) -> bool:
    """Whether it may still be extended: once, and before its last day is over."""
    return not found.extended and not found.past


def soonest_shown(as_of: dt.date) -> dt.date:
    """What was received after this day is not to be shown on Home yet, extended or not."""
    return as_of - dt.timedelta(days=days_of("remind"))
