"""Where the reading and the law meet: evidence from one, urgency and prompts from the other.

Pure: no database, no request. Neither floor below knows the other.
"""

from collections.abc import Iterator

from leeward.law.ages import youngest_age
from leeward.law.duties import (
    ANOTHER_CHILD,
    SELF,
    HarmFact,
    Prompt,
    prompts,
    urgency,
    urgency_rule,
    urgency_steps,
)
from leeward.law.rules import Rule
from leeward.practice_model.evidence import in_force
from leeward.practice_model.model import Model
from leeward.practice_model.reading import Reading, read_record
from leeward.practice_model.record import Observation, Record

_CHILDREN = {
    "self": (SELF,),
    "another_child": (ANOTHER_CHILD,),
    "both": (SELF, ANOTHER_CHILD),
}


def read_with_law(record: Record, model: Model) -> dict[str, object]:
    """Read a record and lay the law over it, in the shape `leeward read --json` prints.

    `age` is the youngest they could be on `as_of`, or None. Lists of observation ids run oldest
    first. Nothing in it rates the person.
    """
    return with_law(read_record(record, model), record)


def with_law(reading: Reading, record: Record) -> dict[str, object]:
    """The same, for a reading already made of that record."""
    facts = tuple(harm_facts(record))
    level, because = urgency(facts, record.as_of)
    found = reading.to_dict()
    return {
        "model": found.pop("model"),
        "as_of": found.pop("as_of"),
        "age": youngest_age(record.born, record.as_of),
        **found,
        "urgency": level,
        "urgency_because": list(because),
        "prompts": [_said(one) for one in prompts(facts, record.born, record.as_of)],
    }


def rules_of(record: Record) -> list[dict[str, object]]:
    """Every row of the law that applies to the harm noted, with its id and source: how soon, what
    to do at that, and the duties. What `leeward read --json --rules` adds."""
    facts = tuple(harm_facts(record))
    level, because = urgency(facts, record.as_of)
    notes = list(because)
    rows = [_row("urgency", urgency_rule(level), notes)]
    rows += [_row("urgency_steps", one, notes) for one in urgency_steps(level)]
    for one in prompts(facts, record.born, record.as_of):
        rows.append(_row("prompts", one, list(one.because)))
    return rows


def _row(table: str, one: Rule | Prompt, because: list[str]) -> dict[str, object]:
    return {
        "table": table,
        "id": one.id,
        "kind": one.kind,
        "source": one.source,
        "checked_on": one.checked_on.isoformat(),
        "because": because,
        "text": {"en": one.text.en, "fr": one.text.fr},
    }


def harm_facts(record: Record) -> Iterator[HarmFact]:
    """Every harm noted by `as_of`, one fact for each child it is about.

    Explained and corrected observations are here too: only a recorded answer ends a duty.
    """
    for one in record.observations:
        known = one.recorded is None or one.recorded <= record.as_of
        if known and one.harm != "none":
            for about in _CHILDREN[one.about]:
                yield HarmFact(
                    observation=one.id,
                    level=one.harm,
                    about=about,
                    earliest=one.on.earliest if one.on else None,
                    latest=one.latest_day(record.as_of),
                    answered=_answered(one, about, record),
                    other_child_age=one.other_child_age,
                )


def _answered(one: Observation, about: str, record: Record) -> bool:
    # "Not reported" without a reason is not an answer: the question stays open.
    return any(
        answer.about == about
        and in_force(answer.on, record.as_of)
        and (answer.outcome == "reported" or bool(answer.reasons.strip()))
        for answer in one.answered
    )


def _said(one: Prompt) -> dict[str, object]:
    return {
        "id": one.id,
        "because": list(one.because),
        "source": one.source,
        "text": {"en": one.text.en, "fr": one.text.fr},
    }
