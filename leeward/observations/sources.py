"""Where apps on higher floors hand news down, by registering in `AppConfig.ready()`.

Never by signals: what is registered is called in plain sight, in order, in the same transaction.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from leeward.access.actors import Actor
from leeward.observations.models import Observation
from leeward.people.models import YoungPerson


@dataclass(frozen=True)
class Entry:
    """One line of a timeline, from any app.

    `on` is the day it is placed at, `kind` what the filter chips choose by, `item` the row itself
    for the page to draw.
    """

    on: dt.date
    recorded_at: dt.datetime
    kind: str
    author_id: uuid.UUID | None
    author: str
    item: Any
    threads: frozenset[str] = field(default_factory=frozenset)


# Called in the transaction that records an observation, when it suggests harm to a child. The last
# argument is what was said of another child: it is kept out of this person's file.
DutyOpener = Callable[[Actor, YoungPerson, Observation, str], None]
# The answers given to duties that these observations of one agency opened, by observation id.
Answers = Callable[[uuid.UUID, Sequence[uuid.UUID]], dict[uuid.UUID, list[dict[str, Any]]]]
# Missing episodes as {"from": "2025-03-01", "to": None}.
Away = Callable[[YoungPerson], list[dict[str, str | None]]]
# Other apps' lines on the timeline.
Timeline = Callable[[YoungPerson], list[Entry]]

duty_openers: list[DutyOpener] = []
answers: list[Answers] = []
away: list[Away] = []
timelines: list[Timeline] = []


def register(
    *,
    duty_opener: DutyOpener | None = None,
    answer: Answers | None = None,
    away_from: Away | None = None,
    timeline: Timeline | None = None,
) -> None:
    """Add what is given; registering the same thing twice adds it once."""
    _add(duty_openers, duty_opener)
    _add(answers, answer)
    _add(away, away_from)
    _add(timelines, timeline)


def _add(to: list[Any], item: Any) -> None:
    if item is not None and item not in to:
        to.append(item)
