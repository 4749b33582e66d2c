"""What the circle is drawn from, how large it is, and the lines of each label."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from leeward.core.drawing.measure import shorten, wide
from leeward.core.drawing.svg import clean

NAME, PART, RING_NAME = "t14 w6", "t13", "t13 w6"
LINE = {NAME: 17.0, PART: 16.0}
MOST_NAME_LINES, MOST_PART_LINES = 3, 2
# From a baseline up to where its line begins.
ASCENT = 13.0

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Node:
    """One tie as the picture shows it; `part` is said beneath the name.

    `turn` is the how-manieth tie it is of all there ever were, so that it keeps its place when
    somebody else goes.
    """

    id: str
    turn: int
    name: str
    part: str
    kind: str
    ring: str
    stands: str
    anchor: bool = False
    href: str = ""


@dataclass(frozen=True)
class Texts:
    """The words of the picture, in the language of the page."""

    title: str
    rings: dict[str, str]
    # A tie in full: what is said to whoever points or listens.
    say: Callable[[Node], str]


@dataclass(frozen=True)
class Circle:
    """A circle to draw: who it is of, and the ties in the order in which they came."""

    me: str
    nodes: tuple[Node, ...]
    texts: Texts


@dataclass(frozen=True)
class Shape:
    """How large a circle is: half axes of each ring, room for a label, the middle's radius."""

    rings: dict[str, tuple[float, float]]
    beside: float
    above: float
    room: float
    me: float

    @property
    def width(self) -> float:
        """Of the whole picture."""
        return 2 * (self.rings["macro"][0] + self.beside)

    @property
    def height(self) -> float:
        """Of the whole picture."""
        return 2 * (self.rings["macro"][1] + self.above)

    @property
    def middle(self) -> tuple[float, float]:
        """Where the young person stands."""
        return self.width / 2, self.height / 2


# A crowded circle grows by steps: the fewer steps, the fewer times the picture is laid out anew.
STEP = 1.12


@dataclass(frozen=True)
class Sizes:
    """A circle in every size: as it is at first, and for how many ties each step has room."""

    first: Shape
    roomy: tuple[int, ...]
    wider: bool

    def at(self, step: int) -> Shape:
        """Grown by so many steps."""
        by = STEP**step
        along = by if self.wider else 1.0
        rings = {ring: (rx * along, ry * by) for ring, (rx, ry) in self.first.rings.items()}
        return replace(self.first, rings=rings)

    def step_for(self, ties: int) -> int:
        """The first step to try for so many ties."""
        steps = (step for step, most in enumerate(self.roomy) if ties <= most)
        return next(steps, len(self.roomy) + max(0, ties - 40) // 6)


# For wide screens and paper; and for phones, where it is never wider, only taller.
WIDE = Sizes(
    Shape(
        {"micro": (150, 126), "meso": (252, 222), "macro": (334, 316)},
        beside=88,
        above=46,
        room=126,
        me=46,
    ),
    roomy=(14, 18, 24, 30, 40),
    wider=True,
)
TALL = Sizes(
    Shape(
        {"micro": (84, 146), "meso": (136, 258), "macro": (166, 368)},
        beside=21,
        above=50,
        room=84,
        me=36,
    ),
    roomy=(12, 14, 18, 20, 24, 28, 32, 40),
    wider=False,
)
# For a sheet of US Letter: it fills the sheet, so a crowded circle has smaller letters there, and
# grows as little as it can.
PAPER = Sizes(
    Shape(
        {"micro": (120, 142), "meso": (170, 200), "macro": (223, 263)},
        beside=40,
        above=42,
        room=125,
        me=32,
    ),
    roomy=(12, 18, 26, 33, 40),
    wider=True,
)


@dataclass(frozen=True)
class Label:
    """The lines of a label, each with its classes, and how large they are together."""

    lines: tuple[tuple[str, str], ...]
    width: float
    height: float


def label_of(node: Node, room: float) -> Label:
    """The name and the part, broken over lines that fit the room."""
    lines = [
        *((line, NAME) for line in broken(node.name, NAME, room, MOST_NAME_LINES)),
        *((line, PART) for line in broken(node.part, PART, room, MOST_PART_LINES)),
    ]
    return Label(
        tuple(lines),
        max((wide(line, classes) for line, classes in lines), default=0.0),
        sum(LINE[classes] for _line, classes in lines),
    )


def broken(words: str, classes: str, room: float, lines: int) -> tuple[str, ...]:
    """Words over at most `lines` lines of `room` px. Lines break at spaces and after hyphens; a
    piece too wide for a line goes on in the next, and what is left over ends in an ellipsis."""
    done: list[str] = []
    pending = "".join(_pieces(clean(words), classes, room))
    while pending:
        if len(done) == lines - 1:
            return (*done, shorten(pending.replace(BREAK, ""), classes, room))
        line = ""
        for piece in _SPLIT.findall(pending):
            if line and wide((line + piece).rstrip(f" {BREAK}"), classes) > room:
                break
            line += piece
        pending = pending[len(line) :].lstrip(" ")
        done.append(line.replace(BREAK, "").rstrip(" "))
    return tuple(done)


# Where a line may end inside a word. It is measured as no letter, and never drawn.
BREAK = "\u200b"
_SPLIT = re.compile(f"[^ {BREAK}]*[ {BREAK}]|[^ {BREAK}]+")


def _pieces(words: str, classes: str, room: float) -> Iterator[str]:
    """The words with a break after each hyphen, and wherever a piece would be too wide for a
    line; a letter keeps its marks."""
    for piece in _PIECE.findall(words.replace(BREAK, "")):
        filled = ""
        for letter in piece:
            wider = wide(filled + letter, classes) > room
            if wider and filled and letter != " " and not unicodedata.combining(letter):
                yield filled + BREAK
                filled = ""
            filled += letter
        yield filled + (BREAK if piece.endswith("-") else "")


_PIECE = re.compile(r"[^ -]*[ -]|[^ -]+")
