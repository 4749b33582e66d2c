"""How somebody is related to a young person, and the lines that follow. Pure: no Django.

`kin.csv` holds the words, `kin_lines.csv` who can be related through whom. Both are ours. The
signs are the usual ones of genograms (McGoldrick, Gerson and Petry, *Genograms: Assessment and
Treatment*, 4th edition, 2020): a man a square, a woman a circle, a diamond where it is not said.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

Symbol = Literal["woman", "man", "unsaid"]
Link = Literal["parent", "child", "sibling", "partner"]
GENERATIONS = (-2, -1, 0, 1)
# The young person, in a line.
ME = ""
# A bond that needs no other words: the line is a plain one.
PLAIN = ("", "birth")


@dataclass(frozen=True)
class Kin:
    """One way to be related: how many generations after the young person, and by what bond.

    `bond` is empty where the word alone does not say.
    """

    key: str
    generation: int
    group: str
    bond: str
    symbol: Symbol
    words: tuple[str, str]

    def word(self, language: str) -> str:
        """The word for it, in `en` or `fr`."""
        return self.words[language.startswith("fr")]


@dataclass(frozen=True)
class Lines:
    """What one group is to whom they are related through, and to the young person as well."""

    line: str
    me: str


@dataclass(frozen=True)
class Relative:
    """Somebody of the family: whose tie, how related, and through whose tie (or nobody's)."""

    id: str
    kin: Kin
    through: str = ""
    ended: bool = False


@dataclass(frozen=True)
class Line:
    """`one` is the parent, child, brother or sister, or partner of `other`.

    `ended` is the tie of the young person with `one`: only a line to them can be cut.
    """

    link: Link
    one: str
    other: str
    bond: str
    ended: bool = False


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("leeward.relationships").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def kin() -> dict[str, Kin]:
    """Every way to be related by its key, the eldest generation first."""
    found = {}
    for row in _rows("kin.csv"):
        symbols: dict[str, Symbol] = {"woman": "woman", "man": "man"}
        found[row["key"]] = Kin(
            key=row["key"],
            generation=int(row["generation"]),
            group=row["group"],
            bond=row["bond"],
            symbol=symbols.get(row["symbol"], "unsaid"),
            words=(row["en"], row["fr"]),
        )
    return found


@cache
def _lines() -> dict[tuple[str, str], Lines]:
    rows = _rows("kin_lines.csv")
    return {(row["group"], row["through"]): Lines(row["line"], row["me"]) for row in rows}


def may_be_through(one: Kin, other: Kin) -> bool:
    """Whether one of this kin can be related through somebody of the other kin."""
    return bool(other.group) and (one.group, other.group) in _lines()


def leads_back(through: Mapping[str, str], one: str, other: str) -> bool:
    """Whether `other` is `one`, or is related through `one`, by however many others.

    `through` says of each through whom they are related.
    """
    seen: set[str] = set()
    while other and other not in seen:
        if other == one:
            return True
        seen.add(other)
        other = through.get(other, "")
    return False


def lines_of(family: Iterable[Relative]) -> list[Line]:
    """The lines between these people and the young person, in the order in which they came.

    Whoever is related through somebody who is not here, or in a way that no longer fits, has the
    lines of their own word alone. Whoever has none stands in their generation without a line.
    """
    people = {each.id: each for each in family}
    found: list[Line] = []
    for each in people.values():
        other = people.get(each.through)
        if other and may_be_through(each.kin, other.kin):
            said = _lines()[each.kin.group, other.kin.group]
            found += _line(each, said.line, other.id)
            found += _line(each, said.me, ME)
        elif (each.kin.group, "") in _lines():
            found += _line(each, _lines()[each.kin.group, ""].line, ME)
    return [*found, *_same_parents(people, found)]


def _line(one: Relative, link: str, other: str) -> list[Line]:
    links: dict[str, Link] = {
        "parent": "parent",
        "child": "child",
        "sibling": "sibling",
        "partner": "partner",
    }
    if link not in links:
        return []
    bond = one.kin.bond
    if bond == "step" and other != ME:
        # A stepmother's daughter is her daughter: the step is toward the young person.
        bond = ""
    return [Line(links[link], one.id, other, bond, one.ended and other == ME)]


def _same_parents(people: Mapping[str, Relative], lines: list[Line]) -> list[Line]:
    """Who has the young person's own parents hangs on them; where none is here, on the young
    person."""
    same = [each for each in people.values() if _lines().get((each.kin.group, ""), NONE) == SAME]
    parents = [
        line.one
        for line in lines
        if line.link == "parent" and line.other == ME and line.bond in PLAIN
    ]
    found: list[Line] = []
    for each in same:
        found += [Line("child", each.id, parent, each.kin.bond, each.ended) for parent in parents]
        if not parents:
            found.append(Line("sibling", each.id, ME, each.kin.bond, each.ended))
    return found


NONE, SAME = Lines("", ""), Lines("same", "")
