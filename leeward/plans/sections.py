"""What a plan is made of: `sections.csv`, and ways to talk it through: `ways.csv`. No Django."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

Part = Literal["plan", "safe"]
PARTS: tuple[Part, ...] = ("plan", "safe")
# A step says who does it and by when; all other sections are words alone.
STEP = "step"


@dataclass(frozen=True)
class Section:
    """One heading of a plan, in both languages.

    `address` names it where a browser's own list of pages may show it. `kept_for` is `asked` where
    nobody offers it: it is there for those who ask. `lines` is the room to write by hand that a
    printed copy leaves when nothing is written; 0 leaves the section out.
    """

    key: str
    part: Part
    address: str
    kept_for: str
    lines: int
    titles: tuple[str, str]
    hints: tuple[str, str]

    def title(self, language: str) -> str:
        """The heading, in `en` or `fr`."""
        return self.titles[language.startswith("fr")]

    def hint(self, language: str) -> str:
        """One line that helps to begin."""
        return self.hints[language.startswith("fr")]


@dataclass(frozen=True)
class Question:
    """One question of a guided conversation, and the section its answer is kept in."""

    section: Section
    words: tuple[str, str]

    def ask(self, language: str) -> str:
        """The question, in `en` or `fr`."""
        return self.words[language.startswith("fr")]


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("leeward.plans").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def sections() -> dict[str, Section]:
    """Every section by its key, in the order of the page."""
    found = {}
    for row in _rows("sections.csv"):
        part: Part = "safe" if row["part"] == "safe" else "plan"
        found[row["key"]] = Section(
            key=row["key"],
            part=part,
            address=row["address"],
            kept_for=row["kept_for"],
            lines=int(row["lines"]),
            titles=(row["title_en"], row["title_fr"]),
            hints=(row["hint_en"], row["hint_fr"]),
        )
    return found


@cache
def by_address() -> dict[str, Section]:
    """Every section by the name it has in an address."""
    return {each.address: each for each in sections().values()}


@cache
def ways() -> dict[str, tuple[Question, ...]]:
    """The guided conversations: `maps`, `path` (dream backwards) and `page` (one-page profile).

    MAPS and PATH: Pearpoint, O'Brien and Forest, person-centred planning. The questions are ours.
    """
    found: dict[str, tuple[Question, ...]] = {}
    for row in _rows("ways.csv"):
        asked = Question(sections()[row["section"]], (row["question_en"], row["question_fr"]))
        found[row["way"]] = (*found.get(row["way"], ()), asked)
    return found
