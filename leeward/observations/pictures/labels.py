"""Where labels stand so that none overlaps: rows along a level axis, one column along an upright.

Rows: labels start right of their leader. They are placed latest first, each in the nearest row; a
label must clear every later leader that reaches its own row or further out. When that takes too
many rows, labels whose marks lie close together are joined into one block that lists them.

Column: labels keep their order and move as little as possible (pool adjacent violators).
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

OFFSET = 8.0  # from a leader to its words
MOST_IN_ROW = 16  # no page has room for more in a row, so measuring them would be for nothing
GAP = 12.0  # between a label and the next leader, and between rows


@dataclass(frozen=True)
class Words:
    """One line of text inside a block: x and y from the block's top left corner, y a baseline."""

    x: float
    y: float
    words: str
    classes: str


@dataclass(frozen=True)
class Entry:
    """Lines that belong to one fact: what a link surrounds, and its full name."""

    lines: tuple[Words, ...]
    name: str
    href: str = ""


@dataclass(frozen=True)
class Block:
    """One or more entries that stand together as a label."""

    entries: tuple[Entry, ...]
    width: float
    height: float


@dataclass(frozen=True)
class Placed:
    """A block, the x of every mark it speaks for (rising), and its row; 0 is nearest the axis."""

    xs: tuple[float, ...]
    block: Block
    row: int

    @property
    def leader(self) -> float:
        """Return the x of the leader: that of the latest mark."""
        return self.xs[-1]


def rows(spans: Sequence[tuple[float, float]], *, gap: float = GAP) -> list[int]:
    """Return the row of each (leader x, label width), given in rising order of x.

    A label stands in the nearest row where it clears the leaders of all later labels in that row
    or further out.
    """
    clear: list[float] = []  # per row: the nearest later leader that reaches it
    placed: list[int] = []
    for x, width in reversed(spans):
        end = x + OFFSET + width + gap
        # Leaders that reach a further row also cross the nearer ones, so clear only ever rises.
        row = bisect_left(clear, end)
        placed.append(row)
        clear = [x] * (row + 1) + clear[row + 1 :]
    return placed[::-1]


def arrange(
    items: Sequence[tuple[float, T]],
    build: Callable[[tuple[T, ...]], Block],
    *,
    most_rows: int,
    gap: float = GAP,
) -> list[Placed]:
    """Return blocks for items given as (x, what), in rising order of x.

    ``build`` makes the block of one item, or of several joined. Items are joined only when the
    rows would otherwise be more than ``most_rows``, and first those whose marks nearly touch.
    """
    placed: list[Placed] = []
    for reach in (-1.0, 10.0, 20.0, 40.0, 80.0, 160.0, 320.0, float("inf")):
        groups = _near(items, reach)
        if reach != float("inf") and len(groups) > most_rows * MOST_IN_ROW:
            continue
        blocks = [build(tuple(what for _, what in group)) for group in groups]
        spots = rows(
            [(group[-1][0], block.width) for group, block in zip(groups, blocks, strict=True)],
            gap=gap,
        )
        if reach != float("inf") and max(spots, default=0) >= most_rows:
            continue
        placed = [
            Placed(tuple(x for x, _ in group), block, spot)
            for group, block, spot in zip(groups, blocks, spots, strict=True)
        ]
        break
    return placed


def _near(items: Sequence[tuple[float, T]], reach: float) -> list[list[tuple[float, T]]]:
    """Return runs of items closer than ``reach`` to their neighbour, each at most 6 reaches."""
    groups: list[list[tuple[float, T]]] = []
    for item in items:
        run = groups[-1] if groups else None
        if run and item[0] - run[-1][0] <= reach and item[0] - run[0][0] <= 6 * reach:
            run.append(item)
        else:
            groups.append([item])
    return groups


def row_tops(placed: Sequence[Placed], *, gap: float = GAP) -> list[float]:
    """Return how far from the axis each row begins, and as a last value how far all rows reach."""
    tall: dict[int, float] = {}
    for spot in placed:
        tall[spot.row] = max(tall.get(spot.row, 0.0), spot.block.height)
    tops = [0.0]
    for row in range(max(tall, default=-1) + 1):
        tops.append(tops[-1] + tall.get(row, 0.0) + gap)
    return tops


def column(wishes: Sequence[tuple[float, float]], *, gap: float, top: float) -> list[float]:
    """Return the top of each label, given (wished top, height) in the order they must keep.

    Least total squared movement that leaves ``gap`` px between labels and starts no higher than
    ``top``: isotonic regression by pooling adjacent violators.
    """
    before = [0.0]
    for _, height in wishes[:-1]:
        before.append(before[-1] + height + gap)
    pools: list[tuple[float, int]] = []  # (sum of wishes, members)
    for (wish, _), shift in zip(wishes, before, strict=False):
        total, members = wish - shift, 1
        while pools and pools[-1][0] * members > total * pools[-1][1]:
            last_total, last_members = pools.pop()
            total, members = total + last_total, members + last_members
        pools.append((total, members))
    level = [total / members for total, members in pools for _ in range(members)]
    return [max(value, top) + shift for value, shift in zip(level, before, strict=False)]
