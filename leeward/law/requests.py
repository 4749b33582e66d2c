"""The clock of a request about one's own file, and on what grounds a passage may be held back.

Days are days of the agency's own zone: the one on which a request was received is day 0.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from leeward.law.rules import Ground, RequestRule, Rules, builtin_rules


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a request stands on a day: `day` counts from the day it was received.

    `due_on` is the last day by the agency's own rules, which may be stricter than the law;
    `days_left` is below 0 once it is over. `law_until` is the last day by law: when that is over
    without an answer, silence is a refusal.
    """

    received_on: dt.date
    due_on: dt.date
    law_until: dt.date
    day: int
    days_left: int
    extended: bool
    soon: bool

    @property
    def past(self) -> bool:
        """Whether the last day is over, by the agency's own rules."""
        return self.days_left < 0

    @property
    def refused(self) -> bool:
        """Whether the law's last day is over: silence is a refusal."""
        return self.day > (self.law_until - self.received_on).days

    @property
    def answer_by(self) -> dt.date:
        """The next of the two last days that is not over; the law's when both are."""
        return self.law_until if self.past else self.due_on

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


def days_of(rule_id: str, rules: Rules | None = None) -> int:
    """The days that a row names, by the rules of an agency where they are given; KeyError for a
    row without any, and for one that is switched off."""
    rows = {one.id: one.days for one in (rules or builtin_rules()).requests}
    found = rows[rule_id]
    if found is None:
        raise KeyError(rule_id)
    return found


def _ahead(rules: Rules) -> int:
    """How many days before its end a request is due soon; below 0 where no day is named: then it
    is seen once it is late."""
    rows = {one.id: one.days for one in rules.requests}
    answer, remind = days_of("answer", rules), rows.get("remind")
    if remind is None:
        return -1
    # A day to remind on that is no longer before the end is as long before it as it was.
    return answer - remind if remind < answer else days_of("answer") - days_of("remind")


def received_on(moment: dt.datetime, zone: str) -> dt.date:
    """The day that an aware moment is in a zone (an IANA name): day 0 of what came in then."""
    return moment.astimezone(ZoneInfo(zone)).date()


def clock(
    received: dt.date, as_of: dt.date, extended_by: int = 0, rules: Rules | None = None
) -> Clock:
    """The clock of a request on a day, by the rules of its agency. Raises NoSuchExtension.

    Counted in whole days of the calendar, so that no change of the clocks moves it.
    """
    # What was given under the rules of then stands.
    if not 0 <= extended_by <= days_of("extension"):
        raise NoSuchExtension(extended_by)
    rules = rules or builtin_rules()
    due = received + dt.timedelta(days=days_of("answer", rules) + extended_by)
    left = (due - as_of).days
    return Clock(
        received_on=received,
        due_on=due,
        law_until=received + dt.timedelta(days=days_of("answer") + extended_by),
        day=(as_of - received).days,
        days_left=left,
        extended=extended_by > 0,
        soon=left <= _ahead(rules),
    )


def may_extend(found: Clock) -> bool:
    """Whether it may still be extended: once, and before the law's last day is over."""
    return not found.extended and not found.refused
