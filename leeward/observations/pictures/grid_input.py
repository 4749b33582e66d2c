"""What the grid is drawn from, and what it says in words. Plain data: no model, no clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Finding = Literal["present", "absent", "unsure"]
Place = tuple[str, str]  # thread id, stage id


@dataclass(frozen=True)
class GridStage:
    """A column. ``group`` is the heading it stands under; neighbours with one heading join."""

    id: str
    name: str
    group: str


@dataclass(frozen=True)
class GridThread:
    """A row."""

    id: str
    name: str


@dataclass(frozen=True)
class Mark:
    """One dated finding.

    ``faded`` is the reading's own verdict: True once a pattern no longer speaks, False while it
    does (days in an open missing episode do not count, so a mark older than the fade window may
    still speak), None to go by age alone. ``observation`` is the id of the note behind it.
    """

    on: date
    finding: Finding
    explained: bool
    faded: bool | None
    observation: str


@dataclass(frozen=True)
class GridIndicator:
    """A sign in a cell. ``lasting``: an event or a circumstance, which never fades."""

    id: str
    wording: str
    lasting: bool
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class GridTexts:
    """Every word in the grid, already translated.

    ``findings`` has present, absent, unsure and explained, each in a word or two. ``lasting`` says
    "an event or circumstance"; ``bar`` says "on several days close together". ``month_year``
    names a month short enough for 60 px ("Nov 2024"). ``day`` writes a day in full.
    """

    title: str
    no_sign: str
    nobody_asked: str
    ask_next: str
    not_asked: str
    band: str
    faded: str
    lasting: str
    bar: str
    findings: Mapping[str, str]
    month_year: Callable[[date], str]
    day: Callable[[date], str]


@dataclass(frozen=True)
class GridInput:
    """One young person's grid on one day.

    A thread is unasked when it is not in ``asked_threads`` and none of its cells has a mark. A
    (thread, stage) without an entry in ``cells`` has no sign in the framework. Marks dated after
    ``as_of`` are drawn at its edge.
    """

    as_of: date
    stages: tuple[GridStage, ...]
    threads: tuple[GridThread, ...]
    cells: Mapping[Place, tuple[GridIndicator, ...]] = field(hash=False)
    asked_threads: frozenset[str]
    fade_days: int
    texts: GridTexts = field(hash=False)
    cell_href: Callable[[str, str], str]
    selected: Place | None = None
    ask_href: Callable[[str], str] | None = None

    def cell(self, thread: GridThread, stage: GridStage) -> tuple[GridIndicator, ...]:
        """Return the indicators of a cell, in model order."""
        return tuple(self.cells.get((thread.id, stage.id), ()))

    def unasked(self, thread: GridThread) -> bool:
        """Return whether nobody has asked about a thread."""
        return thread.id not in self.asked_threads and not any(
            indicator.marks for stage in self.stages for indicator in self.cell(thread, stage)
        )


def ink(mark: Mark, indicator: GridIndicator, grid: GridInput) -> int:
    """Return 0 for full ink, 1 for soft, 2 for faint.

    Full to half the fade window (45 days of 90), soft to its end, then faint. What lasts never
    fades; what still speaks is never faint.
    """
    if indicator.lasting:
        return 0
    age = (grid.as_of - mark.on).days
    faded = age > grid.fade_days if mark.faded is None else mark.faded
    if faded:
        return 2
    return 0 if age <= grid.fade_days // 2 else 1


def state(mark: Mark) -> str:
    """Return what a mark shows: its finding, or "explained" when it no longer speaks."""
    return "explained" if mark.explained else mark.finding


def in_order(marks: tuple[Mark, ...]) -> list[Mark]:
    """Return marks by date; on one day, in the order they were given."""
    return sorted(marks, key=lambda mark: mark.on)


def say_mark(mark: Mark, indicator: GridIndicator, grid: GridInput) -> str:
    """Return a mark in words: "seen 2025-03-10", with a note when it has faded."""
    said = f"{grid.texts.findings[state(mark)]} {grid.texts.day(mark.on)}"
    return f"{said}, {grid.texts.faded}" if ink(mark, indicator, grid) == 2 else said


def say_indicator(indicator: GridIndicator, grid: GridInput) -> str:
    """Return all that is known of an indicator, oldest first; "not asked" when nothing is."""
    said = [say_mark(mark, indicator, grid) for mark in in_order(indicator.marks)]
    return "; ".join(dict.fromkeys(said)) or grid.texts.not_asked


def say_wording(indicator: GridIndicator, grid: GridInput) -> str:
    """Return the wording, with a note when it is an event or a circumstance."""
    return (
        f"{indicator.wording} ({grid.texts.lasting})" if indicator.lasting else indicator.wording
    )


def cell_name(thread: GridThread, stage: GridStage, grid: GridInput) -> str:
    """Return the accessible name of a cell: thread, stage, each wording with its dates."""
    said = ". ".join(
        f"{say_wording(indicator, grid)}: {say_indicator(indicator, grid)}"
        for indicator in grid.cell(thread, stage)
    )
    return f"{thread.name}, {stage.name}. {said}"
