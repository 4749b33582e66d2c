"""The practice model in memory: frozen facts, in both languages, in the framework's order."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

VULNERABILITY: Final = "vulnerability"
HARM: Final = "harm"
MOVEMENT_AWAY: Final = "movement_away"
# The three lists that stay apart. A stage says which one it belongs to; no code names a stage.
ROLES: Final = (VULNERABILITY, HARM, MOVEMENT_AWAY)


@dataclass(frozen=True, slots=True)
class Text:
    """One wording in English and in French."""

    en: str
    fr: str

    def in_language(self, language: str) -> str:
        """Return the French for any French code (`fr`, `fr-ca`), otherwise the English."""
        return self.fr if language[:2] == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Entry:
    """One stated fact. `reviewed` is false until a practitioner has reviewed the French."""

    id: str
    text: Text
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Role:
    """One of the three lists that stay apart, with its heading."""

    id: str
    name: Text
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """What signs of a kind may do: fade, support which roles, be ticked at all."""

    id: str
    fades: bool
    supports: tuple[str, ...]
    recordable: bool
    name: Text
    meaning: Text
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the exploitation, never of the person."""

    id: str
    role: str
    name: Text
    meaning: Text
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """A strand of a life that signs follow from stage to stage."""

    id: str
    name: Text
    about: Text
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Indicator:
    """A sign. `source` is what the framework means; `working` is how a worker reads it.

    A sign without a thread is shown as a circumstance and never supports a stage.
    """

    id: str
    stage: str
    thread: str | None
    kind: str
    source: Text
    working: Text
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure the training gives, always shown with its label, never as a fact of our own."""

    id: str
    says: Text
    label: Text
    reviewed: bool


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A number to call, written the way each language writes it."""

    id: str
    name: Text
    number: Text
    when: Text
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Approach:
    """A way of practising, with its strategies. An `opt_in` approach is never a default."""

    id: str
    name: Text
    summary: Text
    opt_in: bool
    reviewed: bool
    points: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """How a reading is decided: days until a pattern fades, and how many threads make evidence."""

    fade_days: int
    threads_limited: int
    threads_some: int
    threads_strong: int
    sources_strong: int
    harm_days_to_turn: int


@dataclass(frozen=True, slots=True)
class Sign:
    """An indicator with what the reading asks of it looked up once.

    `speaks` is true when it has a thread and its kind may support its stage's role; a sign that
    does not speak is listed and nothing more. `rank` is the stage's place in the model's order.
    """

    indicator: Indicator
    role: str
    rank: int
    fades: bool
    recordable: bool
    speaks: bool


@dataclass(frozen=True)
class Model:
    """A version of the framework.

    Roles, kinds, stages, threads and indicators are found by id; every mapping and tuple keeps the
    order of the content files, which is the order they are shown in.
    """

    version: str
    name: Text
    place: Text
    reviewed: bool
    settings: ReadingSettings
    roles: Mapping[str, Role]
    kinds: Mapping[str, Kind]
    stages: Mapping[str, Stage]
    threads: Mapping[str, Thread]
    indicators: Mapping[str, Indicator]
    stage_notes: tuple[Entry, ...] = ()
    strategy: tuple[Entry, ...] = ()
    pillars: tuple[Entry, ...] = ()
    supports: tuple[Entry, ...] = ()
    linked_work: tuple[Entry, ...] = ()
    legal_help: tuple[Entry, ...] = ()
    figures: tuple[Figure, ...] = ()
    recruitment: tuple[Entry, ...] = ()
    needs: tuple[Entry, ...] = ()
    controls: tuple[Entry, ...] = ()
    hidden_because: tuple[Entry, ...] = ()
    circumstances: tuple[Entry, ...] = ()
    circumstance_notes: tuple[Entry, ...] = ()
    differences: tuple[Entry, ...] = ()
    trauma: tuple[Entry, ...] = ()
    trauma_signs: tuple[Entry, ...] = ()
    fundamentals: tuple[Entry, ...] = ()
    approaches: tuple[Approach, ...] = ()
    help_lines: tuple[HelpLine, ...] = ()

    @cached_property
    def signs(self) -> dict[str, Sign]:
        """Every indicator by id, with what the reading asks of it, in the model's order."""
        ranks = {stage.id: rank for rank, stage in enumerate(self.stages.values())}
        return {one.id: self._sign(one, ranks[one.stage]) for one in self.indicators.values()}

    @cached_property
    def cells(self) -> dict[tuple[str | None, str], tuple[Indicator, ...]]:
        """Recordable indicators by (thread, stage); the thread is None for circumstances."""
        found: dict[tuple[str | None, str], list[Indicator]] = {}
        for one in self.indicators.values():
            if self.kinds[one.kind].recordable:
                found.setdefault((one.thread, one.stage), []).append(one)
        return {cell: tuple(signs) for cell, signs in found.items()}

    def _sign(self, indicator: Indicator, rank: int) -> Sign:
        kind = self.kinds[indicator.kind]
        role = self.stages[indicator.stage].role
        return Sign(
            indicator=indicator,
            role=role,
            rank=rank,
            fades=kind.fades,
            recordable=kind.recordable,
            speaks=indicator.thread is not None and role in kind.supports,
        )
