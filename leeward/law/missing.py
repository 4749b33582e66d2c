"""What is to be done, and by when, while a young person is missing and once they are back.

The times are settings of good practice, not of a statute (rules-ontario.md, Missing). Moments are
aware, and are added to as moments: an hour is an hour, also in the night when the clocks change.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from leeward.law.rules import MissingStep, Rules, builtin_rules

WAITING: Final = "waiting"
LATE: Final = "late"
IN_TIME: Final = "in_time"
DONE_LATE: Final = "done_late"
NOT_DONE: Final = "not_done"


@dataclass(frozen=True, slots=True)
class EpisodeFacts:
    """What decides which steps there are.

    `unknown`: nobody knows where they are (else they are away, and somebody does). `placed`: they
    live in a residence or a foster home. `community`: they or their family named one.
    """

    unknown: bool
    placed: bool
    community: bool


def steps_for(facts: EpisodeFacts, rules: Rules | None = None) -> tuple[MissingStep, ...]:
    """Whom to tell, in the table's order. The talk on return is not one of them."""
    holds = {
        "any": True,
        "unknown": facts.unknown,
        "placed": facts.placed,
        "community": facts.community,
        "return": False,
    }
    return tuple(one for one in (rules or builtin_rules()).missing_steps if holds[one.applies])


def return_talk(rules: Rules | None = None) -> MissingStep | None:
    """The row of the talk on return; None where an agency has switched it off."""
    rows = (rules or builtin_rules()).missing_steps
    return next((one for one in rows if one.applies == "return"), None)


def due_at(step: MissingStep, from_when: dt.datetime) -> dt.datetime:
    """When it is due, counted from when it was noticed, or from coming back; aware, in UTC."""
    return from_when.astimezone(dt.UTC) + dt.timedelta(minutes=step.within)


def standing(
    due: dt.datetime, now: dt.datetime, *, done_at: dt.datetime | None, excused: bool
) -> str:
    """How a step stands: `in_time`, `done_late`, `not_done` (with a reason), `late`, `waiting`.

    What was done stands as done, whatever was written before it. The very minute is in time.
    """
    if done_at is not None:
        return IN_TIME if done_at <= due else DONE_LATE
    if excused:
        return NOT_DONE
    return LATE if now > due else WAITING
