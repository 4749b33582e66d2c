"""Every row of every table under one name, whatever the table. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from leeward.law.rules import Rule, Rules, Words, builtin_rules


@dataclass(frozen=True, slots=True)
class Listed:
    """One row, its table, and the key by which a change names it: its id, with a number after it
    where the table gives the id again (a prompt worded by age)."""

    table: str
    key: str
    row: Rule

    @property
    def name(self) -> str:
        """`table/key`, as it is printed and as a change is kept under."""
        return f"{self.table}/{self.key}"


def listed(rules: Rules | None = None) -> tuple[Listed, ...]:
    """Every row, table by table, in the order of the tables."""
    rules = rules or builtin_rules()
    return tuple(
        one for table in fields(rules) for one in _of_table(table.name, getattr(rules, table.name))
    )


def _of_table(table: str, rows: tuple[Rule, ...]) -> Iterator[Listed]:
    seen: dict[str, int] = {}
    for row in rows:
        seen[row.id] = seen.get(row.id, 0) + 1
        key = row.id if seen[row.id] == 1 else f"{row.id}-{seen[row.id]}"
        yield Listed(table, key, row)


def details(row: Rule, language: str) -> tuple[tuple[str, str], ...]:
    """What a row carries besides what every row does, as pairs of text; empty cells left out."""
    common = {each.name for each in fields(Rule)}
    pairs = [
        (each.name, _said(getattr(row, each.name), language))
        for each in fields(row)
        if each.name not in common
    ]
    return tuple(pair for pair in pairs if pair[1])


def _said(value: object, language: str) -> str:
    if isinstance(value, Words):
        return value.in_language(language)
    if isinstance(value, tuple):
        return " ".join(str(each) for each in value)
    first, last = getattr(value, "first", None), getattr(value, "last", None)
    if hasattr(value, "holds"):
        return f"{first or 0}–{last}" if last is not None else f"{first or 0}+"
    return "" if value is None else str(value)
