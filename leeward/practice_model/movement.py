"""Movement along one thread: toward the harm, away from it, or neither.

Read from the dated signs of the thread, faded ones too, since a way out is longer than any window;
explained, corrected, absent and undated findings are left out. Days are taken in order:

* Fewer than two days with a sign: `unknown`.
* A day with a sign of movement away: `away`.
* A day with a sign further along the way in than the day before: `in`; the same or less far:
  `steady` (a milder sign of harm is not in itself movement away).
* After `away`, one later day with a sign of harm changes nothing; the second (a setting of the
  model) makes it `in`. A circumstance never does. A new sign of movement away starts the wait
  again.
* A day with signs of harm and of movement away says neither, except that it keeps an `away`.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from leeward.practice_model.evidence import Finding
from leeward.practice_model.model import HARM, MOVEMENT_AWAY, Sign

IN = "in"
AWAY = "away"
STEADY = "steady"
UNKNOWN = "unknown"


@dataclass(slots=True)
class _Day:
    """The signs of one day, as far as movement asks."""

    away: bool = False
    harm: bool = False
    rank: int = -1

    def add(self, sign: Sign) -> None:
        """Take in one sign of the day."""
        if sign.role == MOVEMENT_AWAY:
            self.away = True
            return
        self.harm = self.harm or sign.role == HARM
        self.rank = max(self.rank, sign.rank)


@dataclass(slots=True)
class _Walk:
    """Where the days so far have led."""

    turn_after: int
    state: str = UNKNOWN
    before: _Day | None = None
    harm_days: int = 0

    def step(self, day: _Day) -> None:
        """Take one more day."""
        if day.away and day.harm:
            self.harm_days = 0
            return
        self.state = self._after(day)
        self.before = day

    def _after(self, day: _Day) -> str:
        if day.away:
            self.harm_days = 0
            return AWAY if self.before else self.state
        if self.state == AWAY:
            self.harm_days += day.harm
            return IN if self.harm_days >= self.turn_after else AWAY
        return self._compare(day)

    def _compare(self, day: _Day) -> str:
        if self.before is None:
            return self.state
        if self.before.away:
            return IN if day.harm else STEADY
        return IN if day.rank > self.before.rank else STEADY


def movement(
    findings: Iterable[tuple[Sign, Finding]], turn_after: int
) -> tuple[str, tuple[Finding, ...]]:
    """Return `in`, `away`, `steady` or `unknown` for a thread, and the findings it rests on.

    `findings` are the dated present findings of the thread's signs, in any order; `turn_after` is
    how many days with harm turn a movement away. It rests on those of the last two days.
    """
    days: dict[dt.date, _Day] = {}
    kept = list(findings)
    for sign, finding in kept:
        days.setdefault(finding.day, _Day()).add(sign)
    if len(days) < 2:
        return UNKNOWN, ()
    order = sorted(days)
    walk = _Walk(turn_after)
    for day in order:
        walk.step(days[day])
    last = order[-2:]
    because = tuple(finding for _, finding in kept if finding.day in last)
    return (STEADY if walk.state == UNKNOWN else walk.state), because
