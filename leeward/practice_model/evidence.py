"""Evidence: every finding of a record as it stands on the day it is read, sign by sign."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from leeward.practice_model.dates import DaysMissing, PartialDate
from leeward.practice_model.model import Model, Sign
from leeward.practice_model.record import ABSENT, PRESENT, UNSURE, Observation, Record


class Finding(NamedTuple):
    """One finding of one sign in one observation.

    `day` is the latest day it could have been; `dated` is false when neither the day nor the day
    of recording is known, and `day` is then only the day of the reading.
    """

    observation: Observation
    finding: str
    day: dt.date
    dated: bool
    explained: bool
    corrected: bool


class State(Enum):
    """How a sign stands: by its latest present or absent finding that was not corrected."""

    CURRENT = "current"
    FADED = "faded"
    EXPLAINED = "explained"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Standing:
    """How one sign stands, since which day, and the findings that make it so.

    `against` are the findings of that day that say the sign is not there, unless it is long ago.
    """

    sign: Sign
    state: State
    day: dt.date
    findings: tuple[Finding, ...]
    against: tuple[Finding, ...]


class Evidence:
    """A record read under a model on `as_of`; what was recorded later is not there.

    `by_sign` holds every finding of a sign, `standing` how each sign stands, in model order;
    `asked` the threads that any finding ever mentions, whatever became of the note.
    """

    def __init__(self, record: Record, model: Model) -> None:
        self.as_of = record.as_of
        self.missing = DaysMissing(record.away, record.as_of)
        self.fade_days = model.settings.fade_days
        self.known = tuple(
            one for one in record.observations if not _later(one.recorded, self.as_of)
        )
        self.corrected = frozenset(one.corrects for one in self.known if one.corrects)
        self.explained = tuple(one for one in self.known if _explanation_holds(one, self.as_of))
        self._faded: dict[dt.date, bool] = {}
        self.by_sign = self._by_sign()
        self.asked = frozenset(model.signs[name].indicator.thread for name in self.by_sign)
        self.standing = tuple(
            found
            for name, sign in model.signs.items()
            if name in self.by_sign and (found := self._standing(sign, self.by_sign[name]))
        )

    def faded(self, sign: Sign, day: dt.date) -> bool:
        """Whether a finding of that day is too old to count; days missing do not age it."""
        if not sign.fades:
            return False
        known = self._faded.get(day)
        if known is None:
            age = (self.as_of - day).days - self.missing.between(day, self.as_of)
            known = self._faded[day] = age > self.fade_days
        return known

    def _by_sign(self) -> dict[str, list[Finding]]:
        found: dict[str, list[Finding]] = {}
        holds = {one.id: one.explained for one in self.explained}
        for one in self.known:
            day = one.latest_day(self.as_of)
            dated = one.on is not None or one.recorded is not None
            why = holds.get(one.id)
            corrected = one.id in self.corrected
            for name, finding in one.findings:
                explained = why is not None and (why.indicators is None or name in why.indicators)
                found.setdefault(name, []).append(
                    Finding(one, finding, day, dated, explained, corrected)
                )
        return found

    def _standing(self, sign: Sign, findings: list[Finding]) -> Standing | None:
        valid = [one for one in findings if not one.corrected and one.finding != UNSURE]
        if not valid:
            return None
        day = max(one.day for one in valid)
        latest = [one for one in valid if one.day == day]
        present = tuple(one for one in latest if one.finding == PRESENT)
        speaking = tuple(one for one in present if not one.explained)
        faded = self.faded(sign, day)
        absent = tuple(one for one in latest if one.finding == ABSENT and not one.explained)
        state = _state(present, speaking, faded)
        if state is State.CURRENT:
            speaking = self._speaking(sign, valid, day)
        return Standing(
            sign=sign,
            state=state,
            day=day,
            findings=speaking or present or tuple(latest),
            against=() if faded else absent,
        )

    def _speaking(self, sign: Sign, valid: list[Finding], day: dt.date) -> tuple[Finding, ...]:
        """Every finding that speaks for a current sign: present, not explained, not faded, and
        later than the last day it was looked for and not there."""
        refuted = max((one.day for one in valid if one.finding == ABSENT), default=dt.date.min)
        return tuple(
            one
            for one in valid
            if one.finding == PRESENT
            and not one.explained
            and (one.day == day or (one.day > refuted and not self.faded(sign, one.day)))
        )


def in_force(on: PartialDate | None, as_of: dt.date) -> bool:
    """Whether something dated `on` had been said by `as_of`; an unknown date had."""
    return on is None or on.earliest <= as_of


def ids_in_order(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Observation ids, each once, oldest first, those of one day by id."""
    days = {one.observation.id: one.day for one in findings}
    return tuple(sorted(days, key=lambda name: (days[name], name)))


def _state(present: tuple[Finding, ...], speaking: tuple[Finding, ...], faded: bool) -> State:
    if not present:
        return State.ABSENT
    if not speaking:
        return State.EXPLAINED
    return State.FADED if faded else State.CURRENT


def _later(recorded: dt.date | None, as_of: dt.date) -> bool:
    return recorded is not None and recorded > as_of


def _explanation_holds(one: Observation, as_of: dt.date) -> bool:
    return one.explained is not None and in_force(one.explained.on, as_of)
