"""What an agency may change of the rules, and the rules with its changes. Pure.

A `statute` row can be made stricter and have guidance beneath it; it is never switched off,
reworded, delayed or loosened. A `practice` row may be switched off, given another time, or
reworded (rules-ontario.md, first paragraph).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

from leeward.law.listing import Listed, listed
from leeward.law.rules import STATUTE, Rule, Rules, Words, builtin_rules

OFF: Final = "off"
TIME: Final = "time"
WORDS: Final = "words"
GUIDANCE: Final = "guidance"
SHIPPED: Final = "shipped"

SHORTER: Final = "shorter"
LONGER: Final = "longer"
NEITHER: Final = "neither"
# The columns that hold a time or another number an agency may set, and which way is stricter.
_SETTINGS: Final = {"within": SHORTER, "days": SHORTER, "ahead": LONGER, "default": NEITHER}
# Tables that would not be whole with a row less: there is always a level of urgency.
_WHOLE: Final = frozenset({"urgency"})


@dataclass(frozen=True, slots=True)
class Setting:
    """The number of a row that may be set: its column, what it is, and which way is stricter."""

    column: str
    number: int
    stricter: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one row: `what` is off, time, words, guidance, or shipped (as it came)."""

    table: str
    key: str
    what: str
    number: int | None = None
    words: Words | None = None

    @property
    def name(self) -> str:
        """The row it changes."""
        return f"{self.table}/{self.key}"


@dataclass(frozen=True, slots=True)
class AgencyRules:
    """The rules as an agency applies them: `guidance` by the name of the row it stands beneath,
    `off` the names of the rows that are switched off."""

    rules: Rules
    guidance: Mapping[str, Words]
    off: frozenset[str]

    def beneath(self, table: str, row: Rule) -> Words | None:
        """The agency's guidance beneath a row, where there is any."""
        return self.guidance.get(f"{table}/{row.id}")


def setting_of(row: Rule) -> Setting | None:
    """The number of a row that an agency may set; None for a row without one."""
    for column, stricter in _SETTINGS.items():
        number = getattr(row, column, None)
        if isinstance(number, str) and number.isascii() and number.isdigit():
            number = int(number)
        if isinstance(number, int):
            return Setting(column, number, stricter)
    return None


def fault(change: Change, rules: Rules | None = None) -> str:
    """Why a change may not be made, as one word; empty where it may.

    `no_row`, `unknown`, `statute` (it would switch off or reword a statute), `needed` (there must
    be such a row), `no_setting`, `no_number`, `looser` (a statute's time would get no stricter),
    `no_words` (one of the two languages is missing).
    """
    rows = {one.name: one for one in listed(rules)}
    found = rows.get(change.name)
    if found is None:
        return "no_row"
    checks = {OFF: _off, TIME: _time, WORDS: _words, GUIDANCE: _guidance, SHIPPED: _shipped}
    check = checks.get(change.what)
    return check(change, found) if check else "unknown"


def _off(change: Change, found: Listed) -> str:
    if found.row.kind == STATUTE:
        return "statute"
    return "needed" if change.table in _WHOLE else ""


def _time(change: Change, found: Listed) -> str:
    setting = setting_of(found.row)
    if setting is None:
        return "no_setting"
    if change.number is None or change.number < 1:
        return "no_number"
    if found.row.kind != STATUTE:
        return ""
    stricter = (setting.stricter == SHORTER and change.number < setting.number) or (
        setting.stricter == LONGER and change.number > setting.number
    )
    return "" if stricter else "looser"


def _words(change: Change, found: Listed) -> str:
    return "statute" if found.row.kind == STATUTE else _guidance(change, found)


def _guidance(change: Change, _found: Listed) -> str:
    said = change.words
    return "" if said and said.en.strip() and said.fr.strip() else "no_words"


def _shipped(_change: Change, _found: Listed) -> str:
    return ""


def with_changes(changes: Iterable[Change], rules: Rules | None = None) -> AgencyRules:
    """The rules with an agency's changes, the oldest first; a later one of a kind takes its place.

    A change that may not be made changes nothing, also one that was in order when it was made: a
    statute that comes stricter in a new version holds at once.
    """
    rules = rules or builtin_rules()
    rows = {one.name: one.row for one in listed(rules)}
    shipped = dict(rows)
    off: set[str] = set()
    guidance: dict[str, Words] = {}
    for change in changes:
        if fault(change, rules):
            continue
        name = change.name
        if change.what == SHIPPED:
            rows[name] = shipped[name]
            off.discard(name)
            guidance.pop(name, None)
        elif change.what == OFF:
            off.add(name)
        elif change.what == GUIDANCE and change.words:
            guidance[name] = change.words
        else:
            rows[name] = _changed(rows[name], change)
    return AgencyRules(_put_together(rules, rows, off), guidance, frozenset(off))


def _changed(row: Rule, change: Change) -> Rule:
    if change.what == WORDS and change.words:
        return replace(row, text=change.words)
    setting = setting_of(row)
    if setting is None or change.number is None:
        return row
    was_text = isinstance(getattr(row, setting.column), str)
    number = str(change.number) if was_text else change.number
    return replace(row, **{setting.column: number})  # type: ignore[arg-type] # a column of the row


def _put_together(rules: Rules, rows: Mapping[str, Rule], off: set[str]) -> Rules:
    by_table: dict[str, list[Rule]] = {each.name: [] for each in fields(rules)}
    for one in listed(rules):
        if one.name not in off:
            by_table[one.table].append(rows[one.name])
    whole = {name: tuple(found) for name, found in by_table.items()}
    return replace(rules, **whole)  # type: ignore[arg-type] # each table gets its own rows back
