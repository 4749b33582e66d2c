"""Where everybody of a family stands from left to right, and where lines leave and reach them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from leeward.relationships.genogram.order import Rows
from leeward.relationships.genogram.units import Unit

# Half a symbol, and half of the young person's own.
HALF, HALF_ME = 18.0, 23.0
# Between two neighbours: at least this; with room for lines that pass, so far from words, and so
# far from each other.
GAP, CLEAR, APART = 18.0, 8.0, 10.0
ROUNDS = 12
# A line that would turn aside by less than this comes straight down. Two come no nearer than this,
# or, where many come down on one, than the next.
SNAP, CLOSE = 11.0, (3.0, 2.0, 1.5)


@dataclass
class Across:
    """Middles of everybody, and for each line the x at which it leaves (or reaches) them.

    `leaves` is asked with (unit, parent), `reaches` with (unit, somebody below).
    """

    x: dict[str, float]
    leaves: dict[tuple[int, str], float] = field(default_factory=dict)
    reaches: dict[tuple[int, str], float] = field(default_factory=dict)
    # Partners who stand side by side are joined by a level line between them.
    beside: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class _Gutter:
    """The gap before the n-th of a row."""

    row: int
    nth: int


Leaving = tuple[int, str]  # a line, and the parent whom it leaves
Gutters = dict[_Gutter, list[tuple[Leaving, ...]]]


def lay_across(rows: Rows, units: Sequence[Unit], widths: Mapping[str, float]) -> Across:
    """Place everybody as near to those they are joined to as the order allows."""
    place = {each: _Gutter(row, nth) for row, ids in rows.items() for nth, each in enumerate(ids)}
    x = _settle(rows, units, widths, {}, {})
    gutters = _gutters(units, place, x)
    room = {gutter: 2 * CLEAR + APART * (len(those) - 1) for gutter, those in gutters.items()}
    shift = _shifts(gutters, place, widths)
    found = Across(_settle(rows, units, widths, room, shift))
    found.leaves = _leaves(gutters, found.x, shift)
    found.beside = {
        nth
        for nth, unit in enumerate(units)
        if unit.sort == "partners" and _side_by_side(place, unit.below)
    }
    _reach(found, units, rows)
    return found


def _side_by_side(place: Mapping[str, _Gutter], pair: Sequence[str]) -> bool:
    one, other = (place[each] for each in pair)
    return one.row == other.row and abs(one.nth - other.nth) == 1


def _gutters(
    units: Sequence[Unit], place: Mapping[str, _Gutter], x: Mapping[str, float]
) -> Gutters:
    """Through which gap each line leaves a parent: the one toward all whom the line joins. Two
    parents side by side share one line, unless the end of one of them is cut."""
    left: Gutters = {}
    both: Gutters = {}
    right: Gutters = {}
    for nth, unit in enumerate(units):
        if len(unit.above) == 2 and not unit.cut and _side_by_side(place, unit.above):
            one, other = sorted(unit.above, key=lambda each: place[each].nth)
            both.setdefault(place[other], []).append(((nth, one), (nth, other)))
            continue
        for each in unit.above:
            spot = place[each]
            others = [x[one] for one in unit.members if one != each]
            if _mean(others) >= x[each] - 1:
                left.setdefault(_Gutter(spot.row, spot.nth + 1), []).append(((nth, each),))
            else:
                right.setdefault(spot, []).append(((nth, each),))
    gaps = dict.fromkeys([*left, *both, *right])
    return {gap: [*left.get(gap, ()), *both.get(gap, ()), *right.get(gap, ())] for gap in gaps}


def _shifts(
    gutters: Gutters, place: Mapping[str, _Gutter], widths: Mapping[str, float]
) -> dict[Leaving, float]:
    """How far from the middle of a parent each line goes down; to the left it is below zero."""
    found = {}
    for gutter, those in gutters.items():
        for nth, shared in enumerate(those):
            for each in shared:
                half = widths[each[1]] / 2 + CLEAR
                if place[each[1]].nth < gutter.nth:
                    found[each] = half + APART * nth
                else:
                    found[each] = -(half + APART * (len(those) - 1 - nth))
    return found


def _leaves(
    gutters: Gutters, x: Mapping[str, float], shift: Mapping[Leaving, float]
) -> dict[Leaving, float]:
    found: dict[Leaving, float] = {}
    for those in gutters.values():
        for shared in those:
            ends = [x[each[1]] + shift[each] for each in shared]
            # What two share goes down midway between them, where nothing else does.
            middle = _mean([x[each[1]] for each in shared])
            at = ends[0] if len(shared) == 1 else max(ends[0], min(middle, ends[1]))
            found |= dict.fromkeys(shared, at)
    return found


def _settle(
    rows: Rows,
    units: Sequence[Unit],
    widths: Mapping[str, float],
    room: Mapping[_Gutter, float],
    shift: Mapping[Leaving, float],
) -> dict[str, float]:
    x: dict[str, float] = {}
    apart: dict[int, list[float]] = {}
    for row, ids in rows.items():
        steps, at = [0.0], 0.0
        for nth in range(1, len(ids)):
            gap = max(GAP, room.get(_Gutter(row, nth), 0.0))
            at += (widths[ids[nth - 1]] + widths[ids[nth]]) / 2 + gap
            steps.append(at)
        apart[row] = steps
        x |= {each: step - at / 2 for each, step in zip(ids, steps, strict=True)}
    for turn in range(ROUNDS):
        for row in sorted(rows, reverse=bool(turn % 2)):
            wish = _wishes(rows[row], units, x, shift)
            x |= _nearest(rows[row], wish, apart[row])
    return x


def _wishes(
    ids: Sequence[str],
    units: Sequence[Unit],
    x: Mapping[str, float],
    shift: Mapping[Leaving, float],
) -> dict[str, float]:
    """Where each would like to stand: under, over or beside the others of its lines."""
    wishes: dict[str, list[float]] = {each: [] for each in ids}
    for nth, unit in enumerate(units):
        exits = [x[each] + shift.get((nth, each), 0.0) for each in unit.above]
        below = [x[each] for each in unit.below]
        for each in unit.above:
            if each in wishes:
                wishes[each].append(_mean(below) - shift.get((nth, each), 0.0))
        for each in unit.below:
            if each in wishes:
                wishes[each].append(_mean(exits or below))
    return {each: _mean(found or [x[each]]) for each, found in wishes.items()}


def _mean(found: Iterable[float]) -> float:
    found = list(found)
    return sum(found) / len(found)


def _nearest(
    ids: Sequence[str], wish: Mapping[str, float], steps: Sequence[float]
) -> dict[str, float]:
    """The places nearest to the wishes that keep the order and the room between neighbours.

    Least squares under an order: neighbours who would pass each other are pooled, and share.
    """
    pools: list[list[float]] = []  # each is [sum, how many]
    for each, step in zip(ids, steps, strict=True):
        pools.append([wish[each] - step, 1.0])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, many = pools.pop()
            pools[-1][0] += total
            pools[-1][1] += many
    shared = [total / many for total, many in pools for _nth in range(int(many))]
    return {each: base + step for each, base, step in zip(ids, shared, steps, strict=True)}


def _reach(found: Across, units: Sequence[Unit], rows: Rows) -> None:
    """Where lines come down on each: side by side, in the order of where they come from."""
    row_of = {each: row for row, ids in rows.items() for each in ids}
    coming: dict[str, list[int]] = {}
    for nth, unit in enumerate(units):
        if nth not in found.beside:
            for each in unit.below:
                coming.setdefault(each, []).append(nth)
    # What goes down through the space above a row, and must not be met from below.
    passing: dict[int, list[float]] = {}
    for (nth, _parent), x in found.leaves.items():
        passing.setdefault(row_of[units[nth].below[0]], []).append(x)
    for each, those in coming.items():
        those.sort(key=lambda nth, each=each: (_from(found, units[nth], nth, each), nth))  # type: ignore[misc]
        taken = list(passing.get(row_of[each], []))
        for nth, wish in zip(those, _spread(found.x[each], len(those)), strict=True):
            own = [found.leaves[nth, parent] for parent in units[nth].above]
            others = [x for x in taken if x not in own]
            at = _free(_straight(wish, found.x[each], own), found.x[each], others)
            found.reaches[nth, each] = at
            taken.append(at)


def _straight(wish: float, middle: float, own: Sequence[float]) -> float:
    """The wish, or the line of a parent that is so near that one straight line reads better."""
    near = [x for x in own if abs(x - wish) < SNAP and abs(x - middle) < HALF - 5]
    return min(near, key=lambda x: abs(x - wish), default=wish)


def _from(found: Across, unit: Unit, nth: int, each: str) -> float:
    others = [found.leaves[nth, one] for one in unit.above]
    others += [found.x[one] for one in unit.below if one != each]
    return _mean(others or [found.x[each]])


def _spread(middle: float, many: int) -> list[float]:
    step = min(9.0, 2 * (HALF - 5) / max(1, many - 1))
    return [middle + (nth - (many - 1) / 2) * step for nth in range(many)]


def _free(wish: float, middle: float, others: Sequence[float]) -> float:
    """The place nearest to the wish where no line of others goes down."""
    tries = [wish + step / 2 for step in range(-80, 81)]
    tries = sorted(
        (at for at in tries if abs(at - middle) < HALF - 3), key=lambda at: abs(at - wish)
    )
    for close in CLOSE:
        for at in tries:
            if all(abs(at - each) >= close for each in others):
                return at
    return wish
