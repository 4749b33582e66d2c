"""The path under each invented life: stretches of the stages, with returns. Nobody sees it; the
notes are drawn from it, and what a reading finds in the notes may well differ."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from leeward.practice_desk.invented.chance import Chance
from leeward.practice_desk.invented.content import rows

LONGEST = 3 * 365
# A stretch in which nothing of the kind is happening.
QUIET = "-"


@dataclass(frozen=True, slots=True)
class Habits:
    """What a stretch of a stage is like. Days, or times in a hundred."""

    least: int
    most: int
    note_every: int
    hopeful: int
    harm: int
    missing_every: int
    missing_longest: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one day to another, both included; `stage` is a stage id or QUIET."""

    stage: str
    since: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True)
class Life:
    """From the day a file was opened to the last day anything is told of."""

    opened: dt.date
    last: dt.date
    stretches: tuple[Stretch, ...]
    missing: tuple[tuple[dt.date, dt.date | None], ...]

    def stage_on(self, day: dt.date) -> str:
        """The stage of that day."""
        for stretch in reversed(self.stretches):
            if stretch.since <= day:
                return stretch.stage
        return self.stretches[0].stage

    def missing_on(self, day: dt.date) -> bool:
        """Whether nobody knew that day where they were."""
        return any(
            since <= day and (until is None or day < until) for since, until in self.missing
        )


@cache
def habits(stage: str) -> Habits:
    """What stretches of this stage are like."""
    row = next(row for row in rows("stretches") if row["stage"] == stage)
    return Habits(**{key: int(value) for key, value in row.items() if key != "stage"})


@cache
def _turns(stage: str) -> Sequence[tuple[str, int]]:
    return [(row["then"], int(row["weight"])) for row in rows("turns") if row["stage"] == stage]


def live(chance: Chance, last: dt.date, *, missing_now: bool = False, at_least: int = 1) -> Life:
    """Draw one life that ends on `last`, `at_least` so many days long."""
    days = max(at_least, chance.between(1, 9) if chance.happens(5) else _length(chance))
    opened = last - dt.timedelta(days=days)
    stretches = _stretches(chance, opened, last)
    return Life(opened, last, stretches, _missing(chance, stretches, last, missing_now))


def _length(chance: Chance) -> int:
    # Many files are a year old, few are three.
    return 20 + int((LONGEST - 20) * chance.draw.random() ** 1.6)


def _stretches(chance: Chance, opened: dt.date, last: dt.date) -> tuple[Stretch, ...]:
    found = []
    stage = chance.weighted(_turns(""))
    since = opened
    while since <= last:
        shape = habits(stage)
        length = chance.between(shape.least, shape.most)
        then = chance.weighted(_turns(stage)) if _turns(stage) else stage
        until = last if then == stage else since + dt.timedelta(days=length)
        found.append(Stretch(stage, since, min(until, last)))
        stage, since = then, until + dt.timedelta(days=1)
    return tuple(found)


def _missing(
    chance: Chance, stretches: Sequence[Stretch], last: dt.date, missing_now: bool
) -> tuple[tuple[dt.date, dt.date | None], ...]:
    found: list[tuple[dt.date, dt.date | None]] = []
    for stretch in stretches:
        shape = habits(stretch.stage)
        if not shape.missing_every:
            continue
        day = stretch.since + dt.timedelta(days=chance.gap(shape.missing_every))
        while day < stretch.until:
            end = day + dt.timedelta(days=chance.between(1, shape.missing_longest))
            # A few are missing on the last day; nobody's episode ends in the days to come.
            found.append((day, end if end <= last else None))
            if end > last:
                return tuple(found)
            day = end + dt.timedelta(days=chance.gap(shape.missing_every))
    if missing_now:
        start = last - dt.timedelta(days=2)
        found = [one for one in found if one[1] and one[1] < start]
        found.append((max(start, stretches[0].since), None))
    return tuple(found)
