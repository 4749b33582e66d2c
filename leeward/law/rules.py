"""The rule tables in memory: each row with its source, the day it was checked, both languages.

A `statute` row cannot be switched off, delayed or loosened by an agency. A `practice` row may be.
"""

import csv
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

_TABLES = Path(__file__).parent / "tables"
_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_OPTIONAL = frozenset({"from_age", "to_age", "setting", "default"})
STATUTE: Final = "statute"
PRACTICE: Final = "practice"


@dataclass(frozen=True, slots=True)
class Words:
    """One wording in English and in French."""

    en: str
    fr: str

    def in_language(self, language: str) -> str:
        """Return the French for any French code (`fr`, `fr-ca`), otherwise the English."""
        return self.fr if language[:2] == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Ages:
    """Whole years from `first` to `last`, both included; None is without limit."""

    first: int | None
    last: int | None

    def holds(self, age: int) -> bool:
        """Whether an age is in the band."""
        return (self.first or 0) <= age and (self.last is None or age <= self.last)


@dataclass(frozen=True, slots=True)
class Rule:
    """What every row carries."""

    id: str
    kind: str
    source: str
    checked_on: dt.date
    text: Words


@dataclass(frozen=True, slots=True)
class PromptRule(Rule):
    """When a note of harm asks for something: about whom, how near, at what age on that day."""

    about: str
    harm: str
    ages: Ages
    unknown_age: bool


@dataclass(frozen=True, slots=True)
class AgeRule(Rule):
    """What holds at an age: `does` is `prompt` (said and shown) or `forbid` (blocked)."""

    band: str
    ages: Ages
    applies: str
    does: str
    setting: str
    default: str


@dataclass(frozen=True, slots=True)
class AgencyKind(Rule):
    """How a duty is worded in an agency of this kind: `in_house` (a society) or `elsewhere`."""

    route: str
    name: Words


@dataclass(frozen=True, slots=True)
class Rules:
    """Every table, in its own order."""

    prompts: tuple[PromptRule, ...]
    urgency: tuple[Rule, ...]
    ages: tuple[AgeRule, ...]
    agency_kinds: tuple[AgencyKind, ...]


class RulesFaults(Exception):
    """The tables are wrong; `faults` says where and how, every one of them."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


@dataclass(slots=True)
class _Row:
    """One row, its place, and the list that faults are added to."""

    place: str
    cells: dict[str, str]
    faults: list[str] = field(repr=False)

    def fault(self, column: str, message: str) -> None:
        self.faults.append(f"{self.place}: {column}: {message}")

    def one_of(self, column: str, *choices: str) -> str:
        value = self.cells[column]
        if value not in choices:
            self.fault(column, f"unknown {value!r}: one of {', '.join(choices)}")
        return value

    def words(self, prefix: str = "") -> Words:
        return Words(self.cells[f"{prefix}en"], self.cells[f"{prefix}fr"])

    def ages(self) -> Ages:
        found = Ages(self._age("from_age"), self._age("to_age"))
        if found.last is not None and found.last < (found.first or 0):
            self.fault("to_age", "is below from_age")
        return found

    def _age(self, column: str) -> int | None:
        text = self.cells[column]
        if text and not (text.isascii() and text.isdigit()):
            self.fault(column, "must be a whole number or empty")
            return None
        return int(text) if text else None

    def rule(self) -> tuple[str, str, str, dt.date, Words]:
        """The cells every row has, checked."""
        for column, value in self.cells.items():
            if not value and column not in _OPTIONAL:
                self.fault(column, "missing French wording" if column == "fr" else "missing")
        if not _ID.fullmatch(self.cells["id"]):
            self.fault("id", "must be a lower-case id")
        kind = self.one_of("kind", STATUTE, PRACTICE)
        return self.cells["id"], kind, self.cells["source"], self._checked_on(), self.words()

    def _checked_on(self) -> dt.date:
        try:
            return dt.date.fromisoformat(self.cells["checked_on"])
        except ValueError:
            self.fault("checked_on", "must be YYYY-MM-DD")
            return dt.date.min


def _prompt(row: _Row) -> PromptRule:
    return PromptRule(
        *row.rule(),
        about=row.one_of("about", "self", "another_child", "any"),
        harm=row.one_of("harm", "any", "now"),
        ages=row.ages(),
        unknown_age=row.one_of("unknown_age", "yes", "no") == "yes",
    )


def _urgency(row: _Row) -> Rule:
    return Rule(*row.rule())


def _age(row: _Row) -> AgeRule:
    return AgeRule(
        *row.rule(),
        band=row.cells["band"],
        ages=row.ages(),
        applies=row.one_of("applies", "any", "information", "in_care"),
        does=row.one_of("does", "prompt", "forbid"),
        setting=row.cells["setting"],
        default=row.cells["default"],
    )


def _agency_kind(row: _Row) -> AgencyKind:
    return AgencyKind(
        *row.rule(), route=row.one_of("route", "in_house", "elsewhere"), name=row.words("name_")
    )


_COMMON = "id kind source checked_on en fr"
_COLUMNS: dict[str, frozenset[str]] = {
    "prompts": frozenset(f"{_COMMON} about harm from_age to_age unknown_age".split()),
    "urgency": frozenset(_COMMON.split()),
    "ages": frozenset(f"{_COMMON} band from_age to_age applies does setting default".split()),
    "agency_kinds": frozenset(f"{_COMMON} route name_en name_fr".split()),
}
_READ: dict[str, Callable[[_Row], Rule]] = {
    "prompts": _prompt,
    "urgency": _urgency,
    "ages": _age,
    "agency_kinds": _agency_kind,
}


@cache
def builtin_rules() -> Rules:
    """The rules shipped with Leeward."""
    return load_rules(_TABLES)


def load_rules(folder: Path) -> Rules:
    """Load every table of a folder; raise RulesFaults with every fault of every table."""
    faults: list[str] = []
    tables = {name: tuple(_table(folder, name, faults)) for name in _READ}
    if not faults:
        _check_prompts(tables["prompts"], faults)
        _check_ids(tables, faults)
    if faults:
        raise RulesFaults(faults)
    return Rules(**tables)  # type: ignore[arg-type] # each reader makes its own kind of row


def _table(folder: Path, name: str, faults: list[str]) -> Iterator[Rule]:
    file = folder / f"{name}.csv"
    if not file.is_file():
        faults.append(f"{file.name}: missing")
        return
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, strict=True)
        if frozenset(reader.fieldnames or ()) != _COLUMNS[name]:
            faults.append(f"{file.name}: columns must be {', '.join(sorted(_COLUMNS[name]))}")
            return
        for number, cells in enumerate(reader, start=2):
            place = f"{file.name}: row {number}"
            if None in cells or None in cells.values():
                faults.append(f"{place}: wrong number of cells")
            else:
                yield _READ[name](_Row(place, cells, faults))


def _check_prompts(prompts: tuple[Rule, ...], faults: list[str]) -> None:
    """Every child's age is asked about once, and an age nobody knows counts as under 16."""
    for about in ("self", "another_child"):
        rows = [
            one
            for one in prompts
            if isinstance(one, PromptRule) and one.about == about and one.harm == "any"
        ]
        faults += [
            f"prompts.csv: {about}: age {age} must meet exactly one row"
            for age in range(18)
            if sum(one.ages.holds(age) for one in rows) != 1
        ]
        if [one.unknown_age for one in rows if one.ages.holds(15)] != [True]:
            faults.append(f"prompts.csv: {about}: an unknown age must count as under 16")


def _check_ids(tables: dict[str, tuple[Rule, ...]], faults: list[str]) -> None:
    """An id is given once, except a prompt worded by age; each level of urgency has its words."""
    for name in ("urgency", "ages", "agency_kinds"):
        ids = [one.id for one in tables[name]]
        repeated = sorted({one for one in ids if ids.count(one) > 1})
        faults += [f"{name}.csv: duplicate id {one!r}" for one in repeated]
    if {one.id for one in tables["urgency"]} != {"now", "today", "routine"}:
        faults.append("urgency.csv: must give now, today and routine, and no other")
