"""Steps away: the stretches in which somebody thought a young person was on the way out. Pure.

A step begins on the day a worker's opinion names a stage of movement away. It ends on the day a
later opinion names a stage of harm; where a missing episode began in between, the last of those is
the day they were pulled back. A missing episode alone ends nothing: one setback inside a longer
movement does not undo it (practice-model.md, "What a reading is", 6). Being pulled back is part of
leaving, so steps are numbered to encourage and never counted against anyone.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leeward.practice_model.model import HARM, MOVEMENT_AWAY


@dataclass(frozen=True)
class Step:
    """One stretch away; `until` is None while it goes on."""

    since: dt.date
    until: dt.date | None


def steps_away(
    named: Iterable[tuple[dt.date, str]], away: Sequence[tuple[dt.date, dt.date | None]]
) -> list[Step]:
    """The steps in order. `named` holds (day, role of the stage named), `away` missing episodes.

    Opinions of one day are taken together: while they differ between harm and movement away,
    nothing begins or ends.
    """
    days: dict[dt.date, set[str]] = {}
    for day, role in named:
        days.setdefault(day, set()).add(role)
    found: list[Step] = []
    since: dt.date | None = None
    for day in sorted(days):
        roles = days[day] & {HARM, MOVEMENT_AWAY}
        if roles == {MOVEMENT_AWAY} and since is None:
            since = day
        elif roles == {HARM} and since is not None:
            found.append(Step(since, _pulled_back(since, day, away)))
            since = None
    if since is not None:
        found.append(Step(since, None))
    return found


def _pulled_back(
    since: dt.date, named_on: dt.date, away: Sequence[tuple[dt.date, dt.date | None]]
) -> dt.date:
    """The day a step ended: the start of the last missing episode within it, else the opinion."""
    within = [start for start, _end in away if since < start <= named_on]
    return max(within, default=named_on)
