"""Where everybody stands in the circle (ADR 50). Deterministic; whoever comes later moves nobody.

Each tie in turn takes the place nearest to its own golden angle where its words meet no other
words, mark or line. Where words cannot be kept apart, the circle grows by a step.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leeward.core.drawing.measure import wide
from leeward.relationships.picture.shapes import (
    RING_NAME,
    Box,
    Circle,
    Label,
    Node,
    Shape,
    Sizes,
    label_of,
)

GOLDEN = 180 * (3 - math.sqrt(5))
# Degrees: how finely places are tried, how far apart lines had better be, and how much is kept
# free for the anchor on either side of twelve o'clock.
FINE, APART, FOR_ANCHOR = 4, 5.0, 8.0
MARK, ANCHOR_MARK, AWAY = 9.0, 15.0, 5.0
GAP = 3.0  # between two labels
TAG_HEIGHT = 20.0
CROSSED = 60.0  # what a line over words costs, in degrees turned
# So many more steps are tried where many lines meet words; to keep words off words, as many as it
# takes.
TRIES = 1
BREAKWATER, HALF_BREAKWATER = 0.68, 30.0


@dataclass(frozen=True)
class Spot:
    """A tie with its place: the mark's middle, the label and its box, where the line begins."""

    node: Node
    x: float
    y: float
    label: Label
    box: Box
    side: str
    start: tuple[float, float]
    end: tuple[float, float]


@dataclass(frozen=True)
class Layout:
    """A circle laid out: its shape, every spot in the order of the ties, and the ring names."""

    shape: Shape
    spots: tuple[Spot, ...]
    tags: dict[str, Box]


def lay_out(circle: Circle, sizes: Sizes) -> Layout:
    """Place every tie. Words never overlap words; lines are kept clear of words where they can."""
    step = sizes.step_for(len(circle.nodes))
    last = step + TRIES
    best: tuple[int, Layout] | None = None
    while best is None or (best[0] > len(circle.nodes) / 3 and step <= last):
        found = _at(circle, sizes.at(step))
        if found and (best is None or found[0] < best[0]):
            best = found
        step += 1
    return best[1]


def _at(circle: Circle, shape: Shape) -> tuple[int, Layout] | None:
    """How often a line meets words in the layout at one size, and it; None if words would meet."""
    tags = _tags(circle, shape)
    table = _Table(shape, tags)
    # The anchor has its place before anybody.
    turns = sorted(range(len(circle.nodes)), key=lambda nth: not circle.nodes[nth].anchor)
    spots: dict[int, Spot] = {}
    crossed = 0
    for nth in turns:
        found = table.place(circle.nodes[nth])
        if found is None:
            return None
        crossings, spots[nth] = found
        crossed += crossings
    return crossed, Layout(shape, tuple(spots[nth] for nth in range(len(spots))), tags)


def _tags(circle: Circle, shape: Shape) -> dict[str, Box]:
    x, y = shape.middle
    found = {}
    for ring, (_rx, ry) in shape.rings.items():
        half = wide(circle.texts.rings[ring], RING_NAME) / 2 + 9
        found[ring] = (x - half, y + ry - TAG_HEIGHT / 2, x + half, y + ry + TAG_HEIGHT / 2)
    return found


class _Table:
    """What is placed already, and whether one more has room."""

    def __init__(self, shape: Shape, tags: dict[str, Box]) -> None:
        self.shape = shape
        x, y = shape.middle
        me = shape.me + 6
        # Words and marks alike: nobody's words may meet any of these.
        self.held: list[Box] = [(x - me, y - me, x + me, y + me), *tags.values()]
        self.lines: list[tuple[float, float, float, float, float]] = []
        self.headings: list[float] = []

    def place(self, node: Node) -> tuple[int, Spot] | None:
        """The best place for one tie, taken from now on, and how many lines meet words for it."""
        label = label_of(node, self.shape.room)
        best: tuple[float, int, Spot] | None = None
        for turned, angle in _angles(node):
            if best and best[0] <= turned:
                break
            for liking, spot in self._sides(node, label, angle):
                most = best[0] - turned - liking if best else math.inf
                crossed = self._crossings(spot, most / CROSSED) if most > 0 else 0
                cost = turned + liking + CROSSED * crossed
                if best is None or cost < best[0]:
                    best = cost, crossed, spot
        if best is None:
            return None
        self._take(best[2])
        return best[1], best[2]

    def _sides(self, node: Node, label: Label, angle: float) -> Iterator[tuple[float, Spot]]:
        """Every side of the mark at which the label meets no other words or marks."""
        x, y = self.shape.middle
        rx, ry = self.shape.rings[node.ring]
        across, down = math.sin(math.radians(angle)), -math.cos(math.radians(angle))
        px, py = x + rx * across, y + ry * down
        mark = ANCHOR_MARK if node.anchor else MARK
        heading = math.degrees(math.atan2(px - x, y - py))
        if abs(heading) < FOR_ANCHOR and not node.anchor:
            return
        start, end = _line(node, self.shape, (px, py), mark)
        held = [(px - mark, py - mark, px + mark, py + mark)]
        if node.stands == "distance":
            held.append(_breakwater_box(start, end))
        if any(self._taken(each) for each in held):
            return
        for liking, side in _likings(across, down):
            box = _box(side, label, px, py, mark + AWAY)
            if self._inside(box) and not self._taken(_padded(box)) and not _meet(box, held[-1]):
                yield liking, Spot(node, px, py, label, box, side, start, end)

    def _taken(self, box: Box) -> bool:
        left, top, right, bottom = box
        for x0, y0, x1, y1 in self.held:
            if left < x1 and x0 < right and top < y1 and y0 < bottom:
                return True
        return False

    def _inside(self, box: Box) -> bool:
        return (
            box[0] >= 2
            and box[1] >= 2
            and box[2] <= self.shape.width - 2
            and box[3] <= self.shape.height - 2
        )

    def _crossings(self, spot: Spot, most: float) -> int:
        """How many lines meet words, marks or nearly each other, were this the place; counted up
        to `most`."""
        line = _as_line(spot)
        box = _padded(spot.box)
        heading = self._heading(spot)
        found = int(_cuts(line, box))
        found += sum(_between(heading, other) < APART for other in self.headings)
        for each in self.lines:
            if found >= most:
                return found
            found += _cuts(each, box)
        # The first is the young person's own mark, where every line begins.
        for held in self.held[1:]:
            if found >= most:
                return found
            found += _cuts(line, held)
        return found

    def _heading(self, spot: Spot) -> float:
        x, y = self.shape.middle
        return math.degrees(math.atan2(spot.x - x, y - spot.y))

    def _take(self, spot: Spot) -> None:
        mark = ANCHOR_MARK if spot.node.anchor else MARK
        self.held.append(spot.box)
        self.held.append((spot.x - mark, spot.y - mark, spot.x + mark, spot.y + mark))
        if spot.node.stands == "distance":
            self.held.append(_breakwater_box(spot.start, spot.end))
        self.lines.append(_as_line(spot))
        self.headings.append(self._heading(spot))


def _angles(node: Node) -> Iterator[tuple[float, float]]:
    """How far turned from its own angle, and the angle: nearest first, all the way round."""
    own = 0.0 if node.anchor else 38 + node.turn * GOLDEN
    yield 0.0, own
    for turned in range(FINE, 181, FINE):
        yield float(turned), own + turned
        yield float(turned), own - turned


def _likings(across: float, down: float) -> Sequence[tuple[float, str]]:
    """The sides of a mark for its label, outward first, with what each costs in degrees."""
    level = "right" if across >= 0 else "left"
    other = "left" if across >= 0 else "right"
    upright = "above" if down < 0 else "below"
    inward = "below" if down < 0 else "above"
    if abs(across) >= 0.4:
        return (0, level), (6, upright), (14, inward), (30, other)
    return (0, upright), (4, level), (4, other), (30, inward)


def _box(side: str, label: Label, x: float, y: float, away: float) -> Box:
    half_wide, half_tall = label.width / 2, label.height / 2
    if side == "right":
        return x + away, y - half_tall, x + away + label.width, y + half_tall
    if side == "left":
        return x - away - label.width, y - half_tall, x - away, y + half_tall
    if side == "above":
        return x - half_wide, y - away - label.height, x + half_wide, y - away
    return x - half_wide, y + away, x + half_wide, y + away + label.height


def _padded(box: Box) -> Box:
    return box[0] - GAP, box[1] - GAP, box[2] + GAP, box[3] + GAP


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _between(one: float, other: float) -> float:
    """The angle between two headings, in degrees."""
    turned = abs(one - other) % 360
    return min(turned, 360 - turned)


def _line(
    node: Node, shape: Shape, to: tuple[float, float], mark: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """From the young person's edge to the mark's; from the breakwater on where they want
    distance."""
    x, y = shape.middle
    long = math.hypot(to[0] - x, to[1] - y)
    part = BREAKWATER if node.stands == "distance" else (shape.me + 2) / long
    until = 1 - mark / long
    return (
        (x + (to[0] - x) * part, y + (to[1] - y) * part),
        (x + (to[0] - x) * until, y + (to[1] - y) * until),
    )


# Half of how wide a line is drawn.
THICK = {"strong": 4.0, "thin": 2.5, "tense": 8.0, "ended": 3.0, "distance": 3.0}


def _as_line(spot: Spot) -> tuple[float, float, float, float, float]:
    thick = 7.0 if spot.node.anchor else THICK[spot.node.stands]
    return (*spot.start, *spot.end, thick)


def _breakwater_box(start: tuple[float, float], end: tuple[float, float]) -> Box:
    x, y = start
    long = math.hypot(end[0] - x, end[1] - y) or 1.0
    across = abs((end[1] - y) / long) * HALF_BREAKWATER + 6
    down = abs((end[0] - x) / long) * HALF_BREAKWATER + 6
    return x - across, y - down, x + across, y + down


def _cuts(line: tuple[float, float, float, float, float], box: Box) -> bool:
    """Whether a line, as thick as it is drawn, meets a box (Liang and Barsky)."""
    x0, y0, x1, y1, thick = line
    left, top, right, bottom = box[0] - thick, box[1] - thick, box[2] + thick, box[3] + thick
    if max(x0, x1) < left or min(x0, x1) > right or max(y0, y1) < top or min(y0, y1) > bottom:
        return False
    enter, leave = 0.0, 1.0
    for by, low, high in ((x1 - x0, left - x0, right - x0), (y1 - y0, top - y0, bottom - y0)):
        if by == 0:
            if low > 0 or high < 0:
                return False
            continue
        one, other = low / by, high / by
        enter, leave = max(enter, min(one, other)), min(leave, max(one, other))
    return enter < leave
