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

from leeward.law.rows import (
    CIRCUMSTANCES,
    PRACTICE,
    STATUTE,
    WHENS,
    AgencyKind,
    AgeRule,
    Ages,
    Authority,
    Circumstance,
    ConsentRule,
    Ground,
    MissingStep,
    PromptRule,
    RequestRule,
    Rule,
    Rules,
    Turning,
    UrgencyStep,
    Words,
)

_TABLES = Path(__file__).parent / "tables"
_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_OPTIONAL = frozenset({"from_age", "to_age", "setting", "default", "days", "phone_en", "phone_fr"})

# Whoever applies a rule asks here for its shape too.
__all__ = [
    "CIRCUMSTANCES",
    "PRACTICE",
    "STATUTE",
    "WHENS",
    "AgeRule",
    "AgencyKind",
    "Ages",
    "Authority",
    "Circumstance",
    "ConsentRule",
    "Ground",
    "MissingStep",
    "PromptRule",
    "RequestRule",
    "Rule",
    "Rules",
    "RulesFaults",
    "Turning",
    "UrgencyStep",
    "Words",
    "builtin_rules",
    "load_rules",
]


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
        found = Ages(self._whole("from_age"), self._whole("to_age"))
        if found.last is not None and found.last < (found.first or 0):
            self.fault("to_age", "is below from_age")
        return found

    def days(self) -> int | None:
        """A number of days, or none."""
        return self._whole("days")

    def _whole(self, column: str) -> int | None:
        text = self.cells[column]
        if text and not (text.isascii() and text.isdigit()):
            self.fault(column, "must be a whole number or empty")
            return None
        return int(text) if text else None

    def count(self, column: str, of: str) -> int:
        """A whole number `of` something, more than none."""
        text = self.cells[column]
        if not (text.isascii() and text.isdigit()) or int(text) == 0:
            self.fault(column, f"must be a whole number of {of}")
            return 1
        return int(text)

    def some_of(self, column: str, *choices: str) -> tuple[str, ...]:
        """Words with spaces between, each one of the choices."""
        found = tuple(self.cells[column].split())
        for unknown in sorted(set(found) - set(choices)):
            self.fault(column, f"unknown {unknown!r}: any of {', '.join(choices)}")
        return found

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


def _missing_step(row: _Row) -> MissingStep:
    return MissingStep(
        *row.rule(),
        applies=row.one_of("applies", "any", "unknown", "placed", "community", "return"),
        within=row.count("within", "minutes"),
        told=row.words("told_"),
    )


def _turning(row: _Row) -> Turning:
    return Turning(
        *row.rule(),
        age=row.count("age", "years"),
        applies=row.one_of("applies", "any", "in_care"),
        ahead=row.count("ahead", "days"),
    )


def _circumstance(row: _Row) -> Circumstance:
    return Circumstance(
        *row.rule(),
        when=row.some_of("when", *CIRCUMSTANCES),
        does=row.one_of("does", "prompt", "forbid"),
    )


def _urgency_step(row: _Row) -> UrgencyStep:
    return UrgencyStep(
        *row.rule(),
        level=row.one_of("level", "now", "today", "routine"),
        who=row.words("who_"),
        phone=row.words("phone_"),
    )


def _request(row: _Row) -> RequestRule:
    return RequestRule(*row.rule(), days=row.days())


def _ground(row: _Row) -> Ground:
    return Ground(
        *row.rule(), protects=row.one_of("protects", "person", "anybody"), name=row.words("name_")
    )


def _consent(row: _Row) -> ConsentRule:
    return ConsentRule(
        *row.rule(),
        decider=row.one_of("decider", "own", "parent", "society", "others"),
        ages=row.ages(),
        does=row.one_of("does", "may", "forbid"),
        when=row.one_of("when", *WHENS),
    )


def _authority(row: _Row) -> Authority:
    return Authority(
        *row.rule(),
        use=row.one_of("for", "give", "keep", "police_give"),
        to=row.one_of("to", "any", "police", "society"),
    )


_COMMON = "id kind source checked_on en fr"
_COLUMNS: dict[str, frozenset[str]] = {
    "prompts": frozenset(f"{_COMMON} about harm from_age to_age unknown_age".split()),
    "urgency": frozenset(_COMMON.split()),
    "ages": frozenset(f"{_COMMON} band from_age to_age applies does setting default".split()),
    "agency_kinds": frozenset(f"{_COMMON} route name_en name_fr".split()),
    "missing_steps": frozenset(f"{_COMMON} applies within told_en told_fr".split()),
    "turning": frozenset(f"{_COMMON} age applies ahead".split()),
    "circumstances": frozenset(f"{_COMMON} when does".split()),
    "urgency_steps": frozenset(f"{_COMMON} level phone_en phone_fr who_en who_fr".split()),
    "requests": frozenset(f"{_COMMON} days".split()),
    "separable": frozenset(f"{_COMMON} protects name_en name_fr".split()),
    "consents": frozenset(f"{_COMMON} decider from_age to_age does when".split()),
    "authorities": frozenset(f"{_COMMON} for to".split()),
}
_READ: dict[str, Callable[[_Row], Rule]] = {
    "prompts": _prompt,
    "urgency": _urgency,
    "ages": _age,
    "agency_kinds": _agency_kind,
    "missing_steps": _missing_step,
    "turning": _turning,
    "circumstances": _circumstance,
    "urgency_steps": _urgency_step,
    "requests": _request,
    "separable": _ground,
    "consents": _consent,
    "authorities": _authority,
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
    for name in sorted(set(tables) - {"prompts"}):
        ids = [one.id for one in tables[name]]
        repeated = sorted({one for one in ids if ids.count(one) > 1})
        faults += [f"{name}.csv: duplicate id {one!r}" for one in repeated]
    dated = {one.id for one in tables["requests"] if isinstance(one, RequestRule) and one.days}
    if missing := sorted({"answer", "extension", "remind"} - dated):
        faults.append(f"requests.csv: must give the days of {', '.join(missing)}")
    if {one.id for one in tables["urgency"]} != {"now", "today", "routine"}:
        faults.append("urgency.csv: must give now, today and routine, and no other")
