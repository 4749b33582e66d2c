"""Signs and stages of one young person: the grid's facts, opinions, and the reading when due."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from leeward.access.actors import Actor
from leeward.core.agency_time import today
from leeward.observations.models import Observation, Opinion
from leeward.observations.queries import (
    current_model,
    may_see_reading,
    observations_of,
    opinions_of,
    parsed_record,
    standing_opinions,
)
from leeward.observations.rules import read_with_law
from leeward.people.models import YoungPerson
from leeward.practice_model.history import DatedFinding, sign_history


@dataclass(frozen=True)
class Behind:
    """One dated finding with the note behind it."""

    finding: DatedFinding
    observation: Observation


@dataclass(frozen=True)
class Signs:
    """The page of signs and stages. `reading` is None until this worker may see it; `law` never
    waits for that."""

    as_of: dt.date
    history: dict[str, tuple[DatedFinding, ...]]
    opinions: list[Opinion]
    standing: list[Opinion]
    reading: dict[str, Any] | None
    law: dict[str, Any]
    behind: dict[str, list[Behind]]
    has_own_opinion: bool


def signs_of(actor: Actor, person: YoungPerson, selected: tuple[str, str] | None = None) -> Signs:
    """Everything for the page, in a fixed number of queries."""
    model, day = current_model(), today()
    record = parsed_record(person, day)
    full = read_with_law(record, model)
    history = sign_history(record, model)
    opinions = opinions_of(person)
    behind: dict[str, list[Behind]] = {}
    if selected:
        rows = {str(row.pk): row for row in observations_of(person)}
        behind = {
            indicator.id: [
                Behind(each, rows[each.observation])
                for each in reversed(history.get(indicator.id, ()))
            ]
            for indicator in model.cells.get(selected, ())
        }
    return Signs(
        as_of=day,
        history=history,
        opinions=opinions,
        standing=standing_opinions(opinions),
        reading=full if may_see_reading(actor, person) else None,
        law={key: full[key] for key in ("urgency", "urgency_because", "prompts", "age")},
        behind=behind,
        has_own_opinion=any(each.recorded_by_id == actor.id for each in opinions),
    )


def history_as_of(person: YoungPerson, day: dt.date) -> dict[str, tuple[DatedFinding, ...]]:
    """The dated findings as they were known on a day: what a saved opinion's reading rests on."""
    return sign_history(parsed_record(person, day), current_model())
