"""The dated findings behind every sign: what a grid draws in its cells."""

import datetime as dt
from dataclasses import dataclass

from leeward.practice_model.evidence import Evidence, Finding
from leeward.practice_model.model import Model, Sign
from leeward.practice_model.record import Record


@dataclass(frozen=True, slots=True)
class DatedFinding:
    """One finding of one sign. `earliest` is None when the day is not known.

    `latest` is the latest day it could have been, which fading and order go by. `faded` is true
    for any finding of a kind that fades once it is old, whatever newer findings say.
    """

    indicator: str
    finding: str
    observation: str
    source: str
    earliest: dt.date | None
    latest: dt.date
    explained: bool
    corrected: bool
    faded: bool


def sign_history(record: Record, model: Model) -> dict[str, tuple[DatedFinding, ...]]:
    """Every recordable sign of the model, in its order, with its findings, oldest first.

    Explained and corrected findings are there, marked; what was recorded after `as_of` is not. A
    sign that nobody has looked for has an empty tuple.
    """
    evidence = Evidence(record, model)
    return {
        name: tuple(
            _dated(name, sign, one, evidence)
            for one in sorted(
                evidence.by_sign.get(name, ()), key=lambda one: (one.day, one.observation.id)
            )
        )
        for name, sign in model.signs.items()
        if sign.recordable
    }


def _dated(name: str, sign: Sign, one: Finding, evidence: Evidence) -> DatedFinding:
    on = one.observation.on
    return DatedFinding(
        indicator=name,
        finding=one.finding,
        observation=one.observation.id,
        source=one.observation.source,
        earliest=on.earliest if on else None,
        latest=one.day,
        explained=one.explained,
        corrected=one.corrected,
        faded=evidence.faded(sign, one.day),
    )
