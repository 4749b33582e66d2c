"""Who may decide that something about a young person is shared, by age on the day they decide.

Nothing here says that somebody consented: only whether their decision may be recorded.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from leeward.law.ages import Span, youngest_age
from leeward.law.rules import Authority, ConsentRule, Rules, builtin_rules

OWN: Final = "own"
PARENT: Final = "parent"
SOCIETY: Final = "society"
DECIDERS: Final = (OWN, PARENT, SOCIETY)
# A parent's custody: theirs alone; shared, and both decided; shared, and one did; none, or not
# known.
CUSTODY: Final = ("alone", "both", "one_of_two", "none")
SIXTEEN: Final = 16


@dataclass(frozen=True, slots=True)
class Deciding:
    """Who decided, on which day, and what is known of them and the young person.

    `capable` is presumed. `own_decided`: the young person has decided the same thing themselves.
    `counselling`: it is about counselling they chose alone. `implicated` is `no`, `yes` or
    `unsure`: anything but no counts. `custody` is one of `CUSTODY`, of a parent.
    """

    decider: str
    on: dt.date
    born: Span | None
    capable: bool = True
    own_decided: bool = False
    counselling: bool = False
    implicated: str = "unsure"
    custody: str = "none"


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a decision may be recorded as theirs, and the rows that say so."""

    may: bool
    because: tuple[ConsentRule, ...]


def oldest_age(born: Span | None, on: dt.date) -> int | None:
    """The oldest age, in whole years, somebody could have been on a day; None when not known."""
    return None if born is None else youngest_age(_Day(born.earliest), on)


def who_may_decide(asked: Deciding, rules: Rules | None = None) -> Finding:
    """What the table says of one decision. One row that forbids wins over any that allows.

    A row for an age holds if they could have been that age: whoever may be 16 decides alone.
    """
    held = [each for each in (rules or builtin_rules()).consents if _holds(each, asked)]
    forbid = tuple(each for each in held if each.does == "forbid")
    may = tuple(each for each in held if each.does == "may")
    return Finding(bool(may) and not forbid, forbid or may)


def latest_end(asked: Deciding) -> dt.date | None:
    """The last day a decision may hold; None for as long as it says.

    What somebody else decided ends the day before the young person could turn 16: from then on
    they decide themselves (`own-from-16`).
    """
    if asked.decider == OWN or asked.born is None:
        return None
    born = asked.born.earliest
    try:
        turns = born.replace(year=born.year + SIXTEEN)
    except ValueError:
        # As in `youngest_age`: a birthday on 29 February falls on 1 March in other years.
        turns = dt.date(born.year + SIXTEEN, 3, 1)
    return turns - dt.timedelta(days=1)


def authorities(use: str, agency_kind: str, rules: Rules | None = None) -> tuple[Authority, ...]:
    """Under what something may be given to, or kept by, an agency of this kind."""
    societies = ("society", "indigenous_agency")
    kind = "society" if agency_kind in societies else agency_kind
    return tuple(
        each
        for each in (rules or builtin_rules()).authorities
        if each.use == use and each.to in ("any", kind)
    )


def authority(of: str, rules: Rules | None = None) -> Authority:
    """One of them. Raises KeyError."""
    return {each.id: each for each in (rules or builtin_rules()).authorities}[of]


@dataclass(frozen=True, slots=True)
class _Day:
    """A date known to the day."""

    day: dt.date

    @property
    def earliest(self) -> dt.date:
        return self.day

    @property
    def latest(self) -> dt.date:
        return self.day


def _holds(rule: ConsentRule, asked: Deciding) -> bool:
    theirs = rule.decider == asked.decider or (rule.decider == "others" and asked.decider != OWN)
    return theirs and _of_age(rule, asked) and _when(rule.when, asked)


def _of_age(rule: ConsentRule, asked: Deciding) -> bool:
    youngest, oldest = youngest_age(asked.born, asked.on), oldest_age(asked.born, asked.on)
    if youngest is None or oldest is None:
        return rule.ages.first is None
    if rule.does == "forbid":
        return any(rule.ages.holds(each) for each in range(youngest, oldest + 1))
    return rule.ages.holds(oldest)


def _when(when: str, asked: Deciding) -> bool:
    parent = asked.decider == PARENT
    return {
        "always": True,
        "not_capable": not asked.capable,
        "own_decided": asked.own_decided,
        "age_not_sure": _may_be_sixteen_unknown(asked),
        "counselling": asked.counselling,
        "implicated": parent and asked.implicated != "no",
        "custody_shared": parent and asked.custody == "one_of_two",
        "no_custody": parent and asked.custody == "none",
    }[when]


def _may_be_sixteen_unknown(asked: Deciding) -> bool:
    youngest, oldest = youngest_age(asked.born, asked.on), oldest_age(asked.born, asked.on)
    if youngest is None or oldest is None:
        return True
    return youngest < SIXTEEN <= oldest
