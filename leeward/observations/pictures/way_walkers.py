"""Who walks alongside: level lines beside the road, the anchor nearest, names fanned out now."""

from collections.abc import Sequence
from dataclasses import dataclass

from leeward.core.drawing import svg
from leeward.core.drawing.measure import shorten, wide, wrap
from leeward.observations.pictures.axis import Axis
from leeward.observations.pictures.way_input import Companion, WayInput
from leeward.observations.pictures.way_labels import full_name

PITCH = 9.0  # px between lines
NEAREST = 15.0  # px from the road to the anchor's line
ENDED_PITCH = 22.0  # px between the lines of those who have moved on: room for a name
FAN = 25.0  # px from the end of the road to the names
NAME_ROOM = 212.0
LINE = 17.0


@dataclass(frozen=True)
class Past:
    """Someone who has moved on: their line, and their name over it."""

    person: Companion
    x0: float
    x1: float
    words: str
    words_x: float
    lane: int


def name(person: Companion, way: WayInput) -> str:
    """Return a companion's full name in the picture: when, who, and their part."""
    period = way.texts.period(person.start, person.end)
    return full_name(period, way.texts.kinds["companion"], [person.name, person.role])


def is_past(person: Companion, way: WayInput) -> bool:
    """Return whether someone has moved on by the day the way is drawn."""
    return person.end is not None and person.end <= way.as_of


def present(way: WayInput) -> list[Companion]:
    """Return those walking alongside now: the anchor, then whoever joined first."""
    here = [person for person in way.companions if not is_past(person, way)]
    return sorted(here, key=lambda person: (not person.first, person.start, person.name))


def past(way: WayInput) -> list[Companion]:
    """Return those who have moved on, by when they joined."""
    gone = [person for person in way.companions if is_past(person, way)]
    return sorted(gone, key=lambda person: (person.start, person.name))


class Walkers:
    """The lines and names over the road. ``crossed``: the x of leaders that pass through."""

    def __init__(self, way: WayInput, axis: Axis, right: float, crossed: Sequence[float]) -> None:
        self.way, self.axis, self.right = way, axis, right
        self.here = present(way)
        self.fan = [_fan_lines(person) for person in self.here]
        self.gone = _lanes([self._past(person, crossed) for person in past(way)])
        lanes = max((line.lane for line in self.gone), default=-1) + 1
        self._past_base = NEAREST + PITCH * len(self.here) + 4
        reach = NEAREST + PITCH * (len(self.here) - 1) + 11 if self.here else NEAREST
        if lanes:
            reach = self._past_base + ENDED_PITCH * (lanes - 1) + 20
        self.lines_height = max(reach + 6, 40.0)
        fan = sum(LINE * len(lines) + 4 for lines in self.fan) + 12
        self.height = max(self.lines_height, fan) + 6
        self.name_above = 0.0

    def reserve(self, lines: int, road_lines: int) -> None:
        """Make room for the name of this row above the name of the road, both in lines."""
        if not self.way.companions:
            return
        half, low = 9.0 * lines, 9.0 * road_lines + 4
        self.height = max(self.height, low + 2 * half + 4)
        self.name_above = max(self.lines_height / 2, low + half)

    def _past(self, person: Companion, crossed: Sequence[float]) -> Past:
        x0 = self.axis.at(person.start)
        x1 = self.axis.at(person.end or self.way.as_of)
        until = self.way.texts.until(person.name, person.end or self.way.as_of)
        words = shorten(until, "t13 i2", 260)
        size = wide(words, "t13 i2")
        furthest = self.right - size
        tries = [x0 + 26, *(x + 6 for x in sorted(crossed) if x0 + 20 < x < x1)]
        clear = [
            x
            for x in tries
            if x <= furthest and not any(x - 4 < stop < x + size + 4 for stop in crossed)
        ]
        return Past(person, x0, x1, words, clear[0] if clear else min(x0 + 26, furthest), 0)

    def draw(self, level: float, lines: list[str], marks: list[str], words: list[str]) -> None:
        """Add the lines, dots and names beside a road at ``level`` to their layers."""
        low = level - 6
        for index, (person, rows) in enumerate(zip(self.here, self.fan, strict=True)):
            y = level - NEAREST - PITCH * index
            middle = low - LINE * len(rows) / 2
            self._line(person, y, lines)
            lines.append(self._curve(person, y, middle))
            words.append(_fan_words(rows, self.right + FAN, low, name(person, self.way)))
            low -= LINE * len(rows) + 4
        for gone in self.gone:
            y = level - self._past_base - ENDED_PITCH * gone.lane
            lines.append(self._joined(gone.person, gone.x0, gone.x1, y, "walk"))
            marks.append(svg.circle(gone.x1, y, 4, "walkend"))
            inner = svg.text(gone.words_x, y - 7, gone.words, "t13 i2 halo")
            words.append(svg.titled(name(gone.person, self.way), inner))

    def _line(self, person: Companion, y: float, lines: list[str]) -> None:
        classes = "walk walk--first" if person.first else "walk"
        lines.append(self._joined(person, self.axis.at(person.start), self.right, y, classes))

    def _curve(self, person: Companion, y: float, middle: float) -> str:
        n, x = svg.number, self.right
        classes = "walk walk--first" if person.first else "walk"
        return svg.path(
            f"M{n(x)} {n(y)}C{n(x + 12)} {n(y)} {n(x + 8)} {n(middle)} {n(x + 20)} {n(middle)}",
            classes,
        )

    def _joined(self, person: Companion, x0: float, x1: float, y: float, classes: str) -> str:
        """Return a line that curves in on its date, or comes in from the edge when it is older."""
        n = svg.number
        if person.start < self.way.begins:
            return svg.titled(name(person, self.way), svg.level(x0, x1, y, classes))
        bend = min(20.0, max(x1 - x0, 0))
        d = f"M{n(x0)} {n(y - 11)}c{n(bend / 2)} 0 {n(bend * 0.4)} 11 {n(bend)} 11H{n(x1)}"
        inner = svg.path(d, classes) + svg.circle(x0, y - 11, 3.5, "walkdot")
        return svg.titled(name(person, self.way), inner)


def _fan_lines(person: Companion) -> list[list[tuple[str, str]]]:
    """Return the lines of a name at now, each a list of (words, classes)."""
    both = wide(person.name, "t14 w6") + 8 + wide(person.role, "t13")
    if both <= NAME_ROOM:
        return [[(person.name, "t14 w6 ink"), (person.role, "t13 i2")]]
    names = wrap(person.name, "t14 w6", NAME_ROOM, lines=2)
    lines = [[(words, "t14 w6 ink")] for words in names]
    if person.role:
        lines.append([(shorten(person.role, "t13", NAME_ROOM), "t13 i2")])
    return lines


def _fan_words(rows: list[list[tuple[str, str]]], x: float, low: float, full: str) -> str:
    parts = []
    for index, row in enumerate(rows):
        at, y = x, low - LINE * (len(rows) - index) + 13
        for words, classes in row:
            if words:
                parts.append(svg.text(at, y, words, classes))
            at += wide(words, classes) + 8
    return svg.titled(full, "".join(parts))


def _lanes(lines: list[Past]) -> list[Past]:
    """Return the lines with the nearest lane in which neither they nor their names meet."""
    ends: list[float] = []
    placed = []
    for line in sorted(lines, key=lambda item: min(item.x0, item.words_x)):
        begin = min(line.x0, line.words_x)
        end = max(line.x1 + 5, line.words_x + wide(line.words, "t13 i2"))
        lane = next((i for i, edge in enumerate(ends) if begin - edge >= 16), len(ends))
        ends[lane : lane + 1] = [end]
        placed.append(Past(line.person, line.x0, line.x1, line.words, line.words_x, lane))
    return placed
