"""What a genogram is drawn from: people, and the lines that join them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from leeward.relationships.kin import ME, PLAIN, Line, Symbol

Style = Literal["plain", "double", "dashed"]
Sort = Literal["parents", "siblings", "partners"]
STYLES: dict[str, Style] = {"adoption": "double", "fostering": "dashed", "step": "dashed"}


@dataclass(frozen=True)
class Person:
    """One of the family as the picture shows them: `words` stand beneath the name."""

    id: str
    name: str
    words: tuple[str, ...] = ()
    generation: int = 0
    symbol: Symbol = "unsaid"
    href: str = ""
    # All of it in one line: what is said to whoever points or listens.
    said: str = ""

    @property
    def me(self) -> bool:
        """Whether this is the young person."""
        return self.id == ME


@dataclass(frozen=True)
class Family:
    """A family to draw: the young person first, then in the order in which they came."""

    title: str
    people: tuple[Person, ...]
    lines: tuple[Line, ...]
    # What each row of the picture is called.
    rows: dict[int, str]


@dataclass(frozen=True)
class Unit:
    """One line with all its ends: parents and their children, siblings, or two partners.

    Siblings and partners are `below`, all in one generation. `cut` are those whose own end is cut.
    """

    sort: Sort
    above: tuple[str, ...]
    below: tuple[str, ...]
    style: Style
    cut: frozenset[str] = frozenset()

    @property
    def members(self) -> tuple[str, ...]:
        """Everybody it joins."""
        return self.above + self.below


@dataclass
class _Making:
    above: tuple[str, ...]
    below: list[str] = field(default_factory=list)
    cut: set[str] = field(default_factory=set)


def units_of(lines: Iterable[Line]) -> list[Unit]:
    """The lines, those that share their ends drawn as one. Bonds of another kind stay apart."""
    lines = list(lines)
    found = [*_of_parents(lines), *_of_siblings(lines)]
    pairs: dict[frozenset[str], Unit] = {}
    for line in lines:
        if line.link == "partner":
            cut = frozenset({line.one} if line.ended else ())
            pairs.setdefault(
                frozenset({line.one, line.other}),
                Unit("partners", (), (line.one, line.other), "plain", cut),
            )
    return [*found, *pairs.values()]


def _of_parents(lines: list[Line]) -> list[Unit]:
    parents: dict[tuple[str, str], dict[str, None]] = {}
    cut: dict[tuple[str, str], set[str]] = {}
    for line in lines:
        if line.link not in ("parent", "child"):
            continue
        upper, lower = line.one, line.other
        if line.link == "child":
            upper, lower = lower, upper
        key = lower, _bond(line)
        parents.setdefault(key, {})[upper] = None
        if line.ended:
            cut.setdefault(key, set()).add(line.one)
    made: dict[tuple[frozenset[str], str], _Making] = {}
    for (child, bond), those in parents.items():
        unit = made.setdefault((frozenset(those), bond), _Making(tuple(those)))
        unit.below.append(child)
        unit.cut |= cut.get((child, bond), set())
    return [
        Unit("parents", unit.above, tuple(unit.below), _style(bond), frozenset(unit.cut))
        for (_those, bond), unit in made.items()
    ]


def _of_siblings(lines: list[Line]) -> list[Unit]:
    made: dict[tuple[str, str], _Making] = {}
    for line in lines:
        if line.link != "sibling":
            continue
        unit = made.setdefault((line.other, _bond(line)), _Making((), [line.other]))
        unit.below.append(line.one)
        if line.ended:
            unit.cut.add(line.one)
    return [
        Unit("siblings", (), tuple(unit.below), _style(bond), frozenset(unit.cut))
        for (_hub, bond), unit in made.items()
    ]


def _bond(line: Line) -> str:
    return "" if line.bond in PLAIN else line.bond


def _style(bond: str) -> Style:
    return STYLES.get(bond, "dashed" if bond else "plain")
