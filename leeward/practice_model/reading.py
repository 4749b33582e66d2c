"""A reading: the evidence of a record, arranged by thread and stage. A person names the stage."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from leeward.practice_model.evidence import Evidence, Finding, Standing, State, ids_in_order
from leeward.practice_model.model import (
    HARM,
    MOVEMENT_AWAY,
    VULNERABILITY,
    Model,
    ReadingSettings,
    Sign,
    Stage,
)
from leeward.practice_model.movement import movement
from leeward.practice_model.record import PRESENT, Opinion, Record

LIMITED = "limited"
SOME = "some"
STRONG = "strong"
_STRENGTH = {LIMITED: 1, SOME: 2, STRONG: 3}


@dataclass(frozen=True, slots=True)
class SupportedStage:
    """A stage the evidence supports, with what speaks for it, against it, and is not known.

    `evidence` describes the notes (`limited`, `some`, `strong`), never the person. `for_` and
    `against` are observation ids, oldest first; `threads` and `unknown` thread ids in model order.
    """

    stage: str
    evidence: str
    threads: tuple[str, ...]
    for_: tuple[str, ...]
    against: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThreadReading:
    """Where a thread stands: the stage of its latest current sign, and which way it moves."""

    thread: str
    stage: str | None
    movement: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenSign:
    """A sign with the last day it was seen and the notes that say so; faded ones keep both."""

    indicator: str
    role: str
    last_seen: dt.date
    observations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a record supports on a day. Lists of observation ids run oldest first."""

    model: str
    as_of: dt.date
    supported: tuple[SupportedStage, ...]
    vulnerability: tuple[str, ...]
    harm: tuple[str, ...]
    away_signs: tuple[str, ...]
    current: tuple[SeenSign, ...]
    faded: tuple[SeenSign, ...]
    faded_ids: tuple[str, ...]
    strengths: tuple[str, ...]
    threads: tuple[ThreadReading, ...]
    unknown_threads: tuple[str, ...]
    explained: tuple[str, ...]
    corrected: tuple[str, ...]
    opinions: tuple[Opinion, ...]

    @property
    def enough(self) -> bool:
        """Whether there is enough to name any stage."""
        return bool(self.supported)

    @property
    def last_known_harm(self) -> tuple[SeenSign, ...]:
        """Faded signs of harm: "nothing recent, last known ...", never "no concern"."""
        return tuple(one for one in self.faded if one.role == HARM)

    def to_dict(self) -> dict[str, object]:
        """The reading as JSON holds it, without what the law adds."""
        return {
            "model": self.model,
            "as_of": self.as_of.isoformat(),
            "enough": self.enough,
            "supported": [
                {
                    "stage": one.stage,
                    "evidence": one.evidence,
                    "threads": list(one.threads),
                    "for": list(one.for_),
                    "against": list(one.against),
                    "unknown": list(one.unknown),
                }
                for one in self.supported
            ],
            "vulnerability": list(self.vulnerability),
            "harm": list(self.harm),
            "away_signs": list(self.away_signs),
            "faded": list(self.faded_ids),
            "strengths": list(self.strengths),
            "threads": {
                one.thread: {
                    "stage": one.stage,
                    "movement": one.movement,
                    "because": list(one.because),
                }
                for one in self.threads
            },
            "unknown_threads": list(self.unknown_threads),
            "explained": list(self.explained),
            "opinions": [
                {
                    "on": str(one.on) if one.on else None,
                    "by": one.by,
                    "stage": one.stage,
                    "reasons": one.reasons,
                }
                for one in self.opinions
            ],
        }


def read_record(record: Record, model: Model) -> Reading:
    """Arrange a record's evidence. Pure, total, deterministic; the order of notes never matters.

    Time. Every finding is placed on the latest day it could have been: no later than the day it
    was recorded nor `as_of`; one whose day is not known is placed on the day it was recorded. What
    was recorded or explained after `as_of` is not read.

    Correction. A corrected observation says nothing more: its findings are left out, and those of
    the correction stand in their place. Correcting a correction does not bring the first one back.

    Current. A sign is taken by its latest day with a `present` or `absent` finding. It is current
    when on that day a present finding is not explained, and it has not faded. When one note says
    present and another says absent on the same day, present stands and the other speaks against.
    An explained finding keeps its day, so explaining a note can end support and never add any.
    What speaks for a current sign is every present finding since it was last found absent that is
    neither explained nor faded: seeing a sign again never takes away who saw it before.
    `unsure` is a question asked and moves nothing else.

    Fading. A sign of a kind that fades has faded when its latest day is more than `fade_days` ago,
    not counting days in a missing episode, open or past (overlapping ones once). Events and
    context do not fade. What faded is listed with its last day, and supports nothing.

    Support. A sign speaks when it has a thread and its kind may support its stage's role (context
    and events: vulnerability only). A stage is supported when current signs of it that speak stand
    in two or more threads; how many signs stand in a thread never matters, so nothing is counted
    up to a later stage. Two threads are `limited`, three `some`, four or more from two or more
    sources `strong` (four from one source stay `some`). Stages do not exclude one another. They
    are listed best supported first: by evidence, then number of threads, then the latest day, then
    the model's order. The set may be empty: not enough to name a stage.

    Against a stage: its signs last found absent (and not so long ago that it has faded), and in
    the threads that support it current signs the other way: movement away against harm or
    vulnerability, harm against movement away. Unknown: the threads nobody has asked about.

    Threads. A thread's stage is that of its latest current sign that speaks; a tie between stages
    on one day gives None. Movement, with setbacks, is decided in `movement`. A thread is unknown
    only when no finding ever mentions it, whatever became of the note.

    Nothing of the person is read: the birth date in the record is for the law alone.
    """
    evidence = Evidence(record, model)
    current = [one for one in evidence.standing if one.state is State.CURRENT]
    faded = [one for one in evidence.standing if one.state is State.FADED]
    unknown = tuple(name for name in model.threads if name not in evidence.asked)
    listed = {
        role: ids_in_order(_findings(one for one in current if one.sign.role == role))
        for role in (VULNERABILITY, HARM, MOVEMENT_AWAY)
    }
    days = {one.id: one.latest_day(record.as_of) for one in evidence.known}
    in_order = sorted(days, key=lambda name: (days[name], name))
    explained = {one.id for one in evidence.explained}
    return Reading(
        model=model.version,
        as_of=record.as_of,
        supported=_supported(evidence, current, model, unknown),
        vulnerability=listed[VULNERABILITY],
        harm=listed[HARM],
        away_signs=listed[MOVEMENT_AWAY],
        current=tuple(_seen(one) for one in current),
        faded=tuple(_seen(one) for one in faded),
        faded_ids=ids_in_order(_findings(faded)),
        strengths=record.strengths,
        threads=_threads(evidence, current, model),
        unknown_threads=unknown,
        explained=tuple(name for name in in_order if name in explained),
        corrected=tuple(name for name in in_order if name in evidence.corrected),
        opinions=tuple(sorted(record.opinions, key=_opinion_order)),
    )


def _findings(standing: Iterable[Standing]) -> Iterable[Finding]:
    return (finding for one in standing for finding in one.findings)


def _seen(one: Standing) -> SeenSign:
    return SeenSign(one.sign.indicator.id, one.sign.role, one.day, ids_in_order(one.findings))


def _opinion_order(one: Opinion) -> tuple[dt.date, str, str, str]:
    return (one.on.latest if one.on else dt.date.min, one.by, one.stage or "", one.reasons)


def _supported(
    evidence: Evidence, current: list[Standing], model: Model, unknown: tuple[str, ...]
) -> tuple[SupportedStage, ...]:
    found = []
    for rank, stage in enumerate(model.stages.values()):
        signs = [one for one in current if one.sign.speaks and one.sign.rank == rank]
        threads = {one.sign.indicator.thread for one in signs}
        if len(threads) < model.settings.threads_limited:
            continue
        sources = {finding.observation.source for finding in _findings(signs)}
        supported = SupportedStage(
            stage=stage.id,
            evidence=_strength(len(threads), len(sources), model.settings),
            threads=tuple(name for name in model.threads if name in threads),
            for_=ids_in_order(_findings(signs)),
            against=ids_in_order(_against(stage, threads, evidence, current)),
            unknown=unknown,
        )
        latest = max(one.day for one in signs)
        order = (-_STRENGTH[supported.evidence], -len(threads), -latest.toordinal(), rank)
        found.append((order, supported))
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _strength(threads: int, sources: int, settings: ReadingSettings) -> str:
    if threads >= settings.threads_strong and sources >= settings.sources_strong:
        return STRONG
    return SOME if threads >= settings.threads_some else LIMITED


def _against(
    stage: Stage, threads: set[str | None], evidence: Evidence, current: list[Standing]
) -> Iterable[Finding]:
    for one in evidence.standing:
        if one.sign.speaks and one.sign.indicator.stage == stage.id:
            yield from one.against
    other_way = HARM if stage.role == MOVEMENT_AWAY else MOVEMENT_AWAY
    for one in current:
        if one.sign.speaks and one.sign.role == other_way and one.sign.indicator.thread in threads:
            yield from one.findings


def _threads(
    evidence: Evidence, current: list[Standing], model: Model
) -> tuple[ThreadReading, ...]:
    standing: dict[str, list[Standing]] = {name: [] for name in model.threads}
    for one in current:
        if one.sign.speaks and one.sign.indicator.thread:
            standing[one.sign.indicator.thread].append(one)
    moving: dict[str, list[tuple[Sign, Finding]]] = {name: [] for name in model.threads}
    for name, findings in evidence.by_sign.items():
        sign = model.signs[name]
        if sign.speaks and sign.indicator.thread:
            moving[sign.indicator.thread] += [(sign, one) for one in findings if _moves(one)]
    return tuple(
        _thread(name, standing[name], moving[name], model.settings.harm_days_to_turn)
        for name in model.threads
    )


def _moves(one: Finding) -> bool:
    return one.finding == PRESENT and one.dated and not one.explained and not one.corrected


def _thread(
    name: str, standing: list[Standing], moving: list[tuple[Sign, Finding]], turn_after: int
) -> ThreadReading:
    latest = max((one.day for one in standing), default=None)
    last = [one for one in standing if one.day == latest]
    stages = {one.sign.indicator.stage for one in last}
    way, because = movement(moving, turn_after)
    return ThreadReading(
        thread=name,
        stage=stages.pop() if len(stages) == 1 else None,
        movement=way,
        because=ids_in_order([*(one for one in _findings(last) if one.day == latest), *because]),
    )
