"""A strip: twelve months of one indicator, its marks at their true dates, none on another.

Marks closer than CLOSE px climb a level. Where more than three levels would be needed, marks that
look the same and stand that close are drawn as one bar from the first date to the last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from leeward.core.drawing import svg
from leeward.core.drawing.measure import wide
from leeward.observations.pictures.grid_input import (
    GridIndicator,
    GridInput,
    Mark,
    in_order,
    ink,
    say_mark,
    state,
)

CLOSE = 13.6  # px between marks on one level
GUTTER = 18.0  # px left of the year, for what is older
EDGE = 7.0  # px right of today, so that today's mark stands inside the strip
HALF = 11.0  # px above and below a strip's line
LEVELS = 3
YEAR = 365


Look = tuple[str, int, bool]  # state, ink, older than a year


@dataclass(frozen=True)
class Run:
    """Marks drawn as one shape from x0 to x1 (equal for a single mark)."""

    x0: float
    x1: float
    look: Look
    marks: tuple[Mark, ...]
    level: int = 0


@dataclass(frozen=True)
class Strip:
    """The runs of one indicator, and how far above its line they climb (px)."""

    indicator: GridIndicator
    runs: tuple[Run, ...]
    climb: float


def scale(x: float, width: float) -> tuple[float, float]:
    """Return where the year begins and ends in a strip at x of this width."""
    return x + GUTTER, x + width - EDGE


def at(on: date, grid: GridInput, x: float, width: float) -> float:
    """Return a day's true place in the strip; older than a year is the gutter."""
    begin, end = scale(x, width)
    age = max((grid.as_of - on).days, 0)
    if age > YEAR:
        return x + 6
    return end - age * (end - begin) / YEAR


def lay_out(indicator: GridIndicator, grid: GridInput, x: float, width: float) -> Strip:
    """Return the strip of an indicator that starts at x and is ``width`` px wide."""
    singles = [
        Run(place, place, _look(mark, indicator, grid), (mark,))
        for mark in in_order(indicator.marks)
        for place in (at(mark.on, grid, x, width),)
    ]
    runs = [run for crowd in _crowds(_joined(singles, 0.05)) for run in _levels(crowd)]
    # A foot under a mark needs more room than a bare one.
    step = 17.0 if indicator.lasting else CLOSE
    return Strip(indicator, tuple(runs), step * max((run.level for run in runs), default=0))


def _look(mark: Mark, indicator: GridIndicator, grid: GridInput) -> Look:
    # The gutter has no scale, so a bar must not lead out of it into the year.
    older = (grid.as_of - mark.on).days > YEAR
    return state(mark), ink(mark, indicator, grid), older


def _crowds(runs: Sequence[Run]) -> list[list[Run]]:
    """Return runs in groups that stand clear of one another."""
    crowds: list[list[Run]] = []
    edge = float("-inf")
    for run in sorted(runs, key=lambda item: (item.x0, item.look)):
        if run.x0 - edge < CLOSE and crowds:
            crowds[-1].append(run)
        else:
            crowds.append([run])
        edge = max(edge, run.x1)
    return crowds


def _levels(crowd: list[Run]) -> list[Run]:
    """Return the crowd with a level each; joined into bars when it would climb too high."""
    climbed = _climb(crowd)
    if max(run.level for run in climbed) < LEVELS:
        return climbed
    return _climb(sorted(_joined(crowd, CLOSE), key=lambda run: (run.x0, run.look)))


def _climb(runs: list[Run]) -> list[Run]:
    ends: list[float] = []
    climbed = []
    for run in runs:
        level = next((i for i, end in enumerate(ends) if run.x0 - end >= CLOSE), len(ends))
        ends[level : level + 1] = [run.x1]
        climbed.append(Run(run.x0, run.x1, run.look, run.marks, level))
    return climbed


def _joined(runs: Sequence[Run], reach: float) -> list[Run]:
    """Return the runs with neighbours of one look closer than ``reach`` px made one."""
    last: dict[Look, int] = {}
    joined: list[Run] = []
    for run in runs:
        index = last.get(run.look)
        if index is not None and run.x0 - joined[index].x1 < reach:
            before = joined[index]
            joined[index] = Run(
                before.x0, max(before.x1, run.x1), run.look, before.marks + run.marks
            )
        else:
            last[run.look] = len(joined)
            joined.append(run)
    return joined


def draw(strip: Strip, grid: GridInput, x: float, base: float, width: float) -> str:
    """Return the strip's picture with its line at ``base``."""
    if not strip.indicator.marks:
        return _not_asked(grid, x, base, width)
    begin, _ = scale(x, width)
    lit = at(grid.as_of - timedelta(days=grid.fade_days), grid, x, width)
    right = x + width
    parts = [
        svg.rect(lit, base - HALF - strip.climb, right - lit, 2 * HALF + strip.climb, "lit"),
        svg.level(begin, right, base, "base"),
    ]
    if any(run.x0 < begin for run in strip.runs):
        parts.append(svg.level(x, begin - 3, base, "base base--before"))
    step = 17.0 if strip.indicator.lasting else CLOSE
    parts += [_run(run, strip.indicator, grid, base - step * run.level) for run in strip.runs]
    return "".join(parts)


def _not_asked(grid: GridInput, x: float, base: float, width: float) -> str:
    words = grid.texts.not_asked
    room = width - GUTTER - wide(words, "t13") - 10
    return svg.level(x + GUTTER, x + GUTTER + max(room, 0), base, "dots") + svg.text(
        x + width, base + 4, words, "t13 i2", anchor="end"
    )


def _run(run: Run, indicator: GridIndicator, grid: GridInput, y: float) -> str:
    foot = ""
    if indicator.lasting:
        foot = svg.level(run.x0 - 6, run.x1 + 6, y + 8.5, "mk-line")
    said = dict.fromkeys(say_mark(mark, indicator, grid) for mark in run.marks)
    return svg.titled(
        "; ".join(said),
        shape(run.look[0], run.x0, y, run.x1 - run.x0) + foot,
        f"mk f{run.look[1]}",
    )


def shape(kind: str, x: float, y: float, long: float = 0) -> str:
    """Return the shape of a state centred at x, y: a mark, or a bar ``long`` px long."""
    return _SHAPES[kind](x, y, long)


def _seen(x: float, y: float, long: float) -> str:
    if not long:
        return svg.circle(x, y, 5.5, "mk-fill")
    return svg.rect(x - 5.5, y - 5.5, long + 11, 11, "mk-fill", radius=5.5)


def _absent(x: float, y: float, long: float) -> str:
    if not long:
        return svg.circle(x, y, 4.6, "mk-open")
    return svg.rect(x - 4.6, y - 4.6, long + 9.2, 9.2, "mk-open", radius=4.6)


def _unsure(x: float, y: float, long: float) -> str:
    n = svg.number
    half = f"M{n(x + long / 2)} {n(y - 4.8)}H{n(x)}a4.8 4.8 0 0 0 0 9.6H{n(x + long / 2)}z"
    if not long:
        return svg.circle(x, y, 4.8, "mk-open") + svg.path(half, "mk-half")
    outline = svg.rect(x - 4.8, y - 4.8, long + 9.6, 9.6, "mk-open", radius=4.8)
    return outline + svg.path(half, "mk-half")


def _explained(x: float, y: float, long: float) -> str:
    n = svg.number
    return svg.rect(x - 4.8, y - 4.8, long + 9.6, 9.6, "mk-open") + svg.path(
        f"M{n(x - 4.8)} {n(y + 4.8)}L{n(x + long + 4.8)} {n(y - 4.8)}", "mk-line"
    )


_SHAPES = {"present": _seen, "absent": _absent, "unsure": _unsure, "explained": _explained}
