"""A family laid out: symbols and names by generation, and the lines between them.

No words stand over words, and no line runs through any: lines leave a parent beside the name, run
level in the space between two generations, each in a lane of its own, and come down on a symbol.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leeward.core.drawing.measure import wide
from leeward.relationships.genogram.across import HALF, HALF_ME, Across, lay_across
from leeward.relationships.genogram.order import Rows, order_of
from leeward.relationships.genogram.units import Family, Person, Sort, Style, Unit, units_of
from leeward.relationships.picture.shapes import LINE, NAME, PART, Box, broken

LABEL, NAME_LINES, WORD_LINES = 106.0, 3, 3
# The column in which each row says which generation it is.
ROW, ROW_ROOM, ROW_LINES = "t13 w6", 92.0, 4
LEFT, RIGHT = 112.0, 16.0
# The space above a row: so much over and under its lanes.
OVER, UNDER, LANE = 14.0, 20.0, 9.0
# From the middle of a symbol down to the words, and from it to the lines of partners and parents.
DOWN, PARTNERS, STUB = 29.0, -8.0, 8.0

Point = tuple[float, float]


@dataclass(frozen=True)
class Spot:
    """Somebody with their place: the middle of the symbol, and the words with their box."""

    person: Person
    x: float
    y: float
    half: float
    lines: tuple[tuple[str, str], ...]
    box: Box


@dataclass(frozen=True)
class Stroke:
    """One line with all its ends as straight pieces, and where it is cut: level or upright."""

    unit: Unit
    pieces: tuple[tuple[Point, Point], ...]
    cuts: tuple[tuple[Point, bool], ...]

    @property
    def sort(self) -> Sort:
        """What it joins."""
        return self.unit.sort

    @property
    def style(self) -> Style:
        """How it is drawn."""
        return self.unit.style


@dataclass(frozen=True)
class Row:
    """One generation: from where to where, and its name over lines."""

    top: float
    bottom: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """A whole family laid out."""

    width: float
    height: float
    spots: tuple[Spot, ...]
    strokes: tuple[Stroke, ...]
    rows: tuple[Row, ...]


def lay_out(family: Family) -> Layout:
    """Place everybody once, in the row of their generation, and draw every line."""
    units = units_of(family.lines)
    people = {each.id: each for each in family.people}
    words = {each.id: _words(each) for each in family.people}
    widths = {each.id: _width(each, words[each.id]) for each in family.people}
    rows = order_of(family.people, units)
    across = lay_across(rows, units, widths)
    least = min(across.x[each] - widths[each] / 2 for each in people)
    _shift(across, LEFT - min([least, *across.leaves.values()]))
    lanes = _lanes(units, across, rows)
    at, bands = _down(rows, words, lanes, family.rows)
    row_of = {each: row for row, ids in rows.items() for each in ids}
    spots = tuple(
        _spot(each, across.x[each.id], at[each.generation].y, words[each.id], widths[each.id])
        for each in family.people
    )
    strokes = tuple(
        _stroke(nth, unit, across, at, row_of, lanes) for nth, unit in enumerate(units)
    )
    right = max(
        [*(spot.x + widths[spot.person.id] / 2 for spot in spots), *across.leaves.values()]
    )
    return Layout(right + RIGHT, bands[-1].bottom, spots, strokes, tuple(bands))


def _words(person: Person) -> tuple[tuple[str, str], ...]:
    lines = [(line, NAME) for line in broken(person.name, NAME, LABEL, NAME_LINES)]
    for words in person.words:
        lines += [(line, PART) for line in broken(words, PART, LABEL, WORD_LINES)]
    return tuple(lines)


def _half(person: Person) -> float:
    return HALF_ME if person.me else HALF


def _width(person: Person, words: Sequence[tuple[str, str]]) -> float:
    return max([2 * _half(person) + 4, *(wide(line, classes) + 2 for line, classes in words)])


def _shift(across: Across, by: float) -> None:
    across.x = {each: x + by for each, x in across.x.items()}
    across.leaves = {each: x + by for each, x in across.leaves.items()}
    across.reaches = {each: x + by for each, x in across.reaches.items()}


def _ends(nth: int, unit: Unit, across: Across) -> list[float]:
    found = [across.leaves[nth, each] for each in unit.above]
    return found + [across.reaches[nth, each] for each in unit.below]


def _lanes(units: Sequence[Unit], across: Across, rows: Rows) -> dict[int, tuple[int, int]]:
    """For each line that runs level above a row: the row, and the how-manieth lane it takes."""
    row_of = {each: row for row, ids in rows.items() for each in ids}
    spaces: dict[int, list[tuple[float, float, int]]] = {}
    for nth, unit in enumerate(units):
        if nth not in across.beside:
            ends = _ends(nth, unit, across)
            spaces.setdefault(row_of[unit.below[0]], []).append((min(ends), max(ends), nth))
    found = {}
    for row, runs in spaces.items():
        full: list[list[tuple[float, float]]] = []
        # The shortest first: what a long one spans comes to lie within it.
        for low, high, nth in sorted(runs, key=lambda run: (run[1] - run[0], run)):
            lane = next((lane for lane, those in enumerate(full) if _fits(low, high, those)), None)
            if lane is None:
                lane = len(full)
                full.append([])
            full[lane].append((low, high))
            found[nth] = row, lane
    return found


def _fits(low: float, high: float, those: Sequence[tuple[float, float]]) -> bool:
    return all(high + 6 < left or right + 6 < low for left, right in those)


@dataclass(frozen=True)
class _Level:
    """Heights of one row: the first lane above it, and the middle of its symbols."""

    lane: float
    y: float


def _down(
    rows: Rows,
    words: Mapping[str, Sequence[tuple[str, str]]],
    lanes: Mapping[int, tuple[int, int]],
    names: Mapping[int, str],
) -> tuple[dict[int, _Level], list[Row]]:
    found: dict[int, _Level] = {}
    bands = []
    y = 0.0
    for row, ids in rows.items():
        most = max((lane + 1 for where, lane in lanes.values() if where == row), default=0)
        top = y
        y += OVER + max(0, most - 1) * LANE + (UNDER if most else 0.0)
        middle = y + HALF_ME
        found[row] = _Level(top + OVER, middle)
        said = broken(names[row], ROW, ROW_ROOM, ROW_LINES)
        tall = max(sum(LINE[classes] for _line, classes in words[each]) for each in ids)
        y = max(middle + DOWN + tall, middle + 6 + 16.0 * len(said) / 2) + 8
        bands.append(Row(top, y, said))
    return found, bands


def _spot(
    person: Person, x: float, y: float, words: tuple[tuple[str, str], ...], width: float
) -> Spot:
    tall = sum(LINE[classes] for _line, classes in words)
    box = (x - width / 2, y + DOWN, x + width / 2, y + DOWN + tall)
    return Spot(person, x, y, _half(person), words, box)


def _stroke(
    nth: int,
    unit: Unit,
    across: Across,
    at: Mapping[int, _Level],
    row_of: Mapping[str, int],
    lanes: Mapping[int, tuple[int, int]],
) -> Stroke:
    if nth in across.beside:
        one, other = (across.x[each] for each in unit.below)
        y = at[row_of[unit.below[0]]].y + PARTNERS
        middle: Point = ((one + other) / 2, y)
        return Stroke(unit, (((one, y), (other, y)),), ((middle, True),) if unit.cut else ())
    row, lane = lanes[nth]
    level = at[row].lane + lane * LANE
    pieces: list[tuple[Point, Point]] = []
    cuts: list[tuple[Point, bool]] = []
    for each in unit.above:
        x, y = across.leaves[nth, each], at[row_of[each]].y + STUB
        pieces += [((across.x[each], y), (x, y)), ((x, y), (x, level))]
        if each in unit.cut:
            cuts.append(((x, at[row].lane - OVER / 2), False))
    for each in unit.below:
        x = across.reaches[nth, each]
        pieces.append(((x, level), (x, at[row].y)))
        if each in unit.cut:
            cuts.append(((x, at[row].y - HALF_ME - 6), False))
    ends = _ends(nth, unit, across)
    if max(ends) > min(ends):
        pieces.append(((min(ends), level), (max(ends), level)))
    return Stroke(unit, tuple(pieces), tuple(cuts))
