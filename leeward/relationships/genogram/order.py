"""Who stands beside whom in each generation. Deterministic: no chance, no clock.

Begins with each beside those they are joined to, then moves one at a time to wherever the lines
are shortest and lie least over each other, until no move helps or there were enough.
"""

from collections.abc import Sequence

from leeward.relationships.genogram.units import Person, Unit

Rows = dict[int, list[str]]
SWEEPS = 4
# So many places are tried: a family of forty is done well before, one of hundreds is no worse
# than it began.
TRIES = 5000
# What it costs, in places, to stand apart from a partner, and to have lines lie over each other.
PARTNERS, OVER = 3.0, 0.6


def order_of(people: Sequence[Person], units: Sequence[Unit]) -> Rows:
    """The ids of each generation from left to right; the eldest generation first."""
    rows: Rows = {}
    for each in people:
        rows.setdefault(each.generation, []).append(each.id)
    rows = dict(sorted(rows.items()))
    _by_neighbours(rows, units)
    joined = {each for unit in units for each in unit.members}
    for row in rows.values():
        # Whoever has no line stands at the end, and never between two who are joined.
        row.sort(key=lambda each: each not in joined)
    _improve(rows, _Cost(people, units))
    return rows


def _places(rows: Rows) -> dict[str, float]:
    return {
        each: nth - (len(row) - 1) / 2 for row in rows.values() for nth, each in enumerate(row)
    }


def _by_neighbours(rows: Rows, units: Sequence[Unit]) -> None:
    beside: dict[str, list[str]] = {}
    for unit in units:
        for each in unit.members:
            beside.setdefault(each, []).extend(one for one in unit.members if one != each)
    for sweep in range(SWEEPS):
        for generation in sorted(rows, reverse=bool(sweep % 2)):
            at = _places(rows)
            wish = {
                each: sum(at[one] for one in beside[each]) / len(beside[each])
                if each in beside
                else at[each]
                for each in rows[generation]
            }
            rows[generation].sort(key=lambda each, wish=wish: wish[each])  # type: ignore[misc]


class _Cost:
    """How well an order reads: the less, the better."""

    def __init__(self, people: Sequence[Person], units: Sequence[Unit]) -> None:
        self.units = units
        symbols = {each.id: each.symbol for each in people}
        generation = {each.id: each.generation for each in people}
        # Lines run in the space above those who are below.
        spaces: dict[int, list[int]] = {}
        for nth, unit in enumerate(units):
            spaces.setdefault(generation[unit.below[0]], []).append(nth)
        self.together = [
            (one, other)
            for space in spaces.values()
            for nth, one in enumerate(space)
            for other in space[nth + 1 :]
        ]
        # By custom a man stands to the left of his partner.
        self.couples = [
            (one, other)
            for unit in units
            for pair in (unit.above, unit.below if unit.sort == "partners" else ())
            if len(pair) == 2
            for one, other in (pair, pair[::-1])
            if symbols[one] == "man" and symbols[other] == "woman"
        ]

    def of(self, rows: Rows) -> float:
        """What this order costs."""
        at = _places(rows)
        ends = []
        cost = 0.0
        for unit in self.units:
            found = [at[each] for each in unit.members]
            low, high = min(found), max(found)
            ends.append((low, high))
            cost += (high - low) * (PARTNERS if unit.sort == "partners" else 1.0)
            if len(unit.above) > 1:
                parents = [at[each] for each in unit.above]
                cost += max(parents) - min(parents)
        for one, other in self.together:
            over = min(ends[one][1], ends[other][1]) - max(ends[one][0], ends[other][0])
            cost += max(0.0, over) * OVER
        return cost + sum(0.2 for man, woman in self.couples if at[man] > at[woman])


def _improve(rows: Rows, cost: _Cost) -> None:
    best, tries, better = cost.of(rows), 0, True
    while better and tries < TRIES:
        better = False
        for row in rows.values():
            for each in list(row):
                found, tried = _best_place(rows, row, each, cost, best)
                tries += tried
                better = better or found < best - 1e-9
                best = found


def _best_place(
    rows: Rows, row: list[str], each: str, cost: _Cost, best: float
) -> tuple[float, int]:
    """Move one of a row to its best place. What the order costs then, and how many were tried."""
    stood = row.index(each)
    place = stood
    row.pop(stood)
    for nth in range(len(row) + 1):
        row.insert(nth, each)
        found = cost.of(rows)
        row.pop(nth)
        if found < best - 1e-9:
            best, place = found, nth
    row.insert(place, each)
    return best, len(row)
