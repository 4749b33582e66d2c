"""Which column holds what, and what each row says by it, with every fault by row and column."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from leeward.concerns.caseload.sheets import Line, Mark, Table
from leeward.core.partial_dates import bounds

MOST_NAMES, LONGEST_NAME = 12, 200


class Goes(StrEnum):
    """Where a column goes. `OUT` has to be said: no column is left out by itself."""

    NAME = "name"
    LAST_FIRST = "last_first"
    FIRST = "first"
    LAST = "last"
    OTHER_NAMES = "other_names"
    PRONOUNS = "pronouns"
    BORN = "born"
    LANGUAGES = "languages"
    COMMUNITIES = "communities"
    CARING = "caring"
    STRENGTHS = "strengths"
    REASON = "reason"
    OUT = "out"


# Of these there is at most one column; several columns of any other are joined.
ONCE = (Goes.NAME, Goes.LAST_FIRST, Goes.FIRST, Goes.LAST, Goes.BORN)
NAMED = (Goes.NAME, Goes.LAST_FIRST, Goes.FIRST, Goes.LAST)
STYLES = ("ymd", "dmy", "mdy")


class Fault(StrEnum):
    """What is wrong with one cell, or with a row."""

    NO_NAME = "no_name"
    NAME_TOO_LONG = "name_too_long"
    TOO_MANY_NAMES = "too_many_names"
    NO_COMMA = "no_comma"
    NOT_A_DATE = "not_a_date"
    OTHER_STYLE = "other_style"
    FUTURE = "future"
    FORMULA = "formula"
    ERROR = "error"
    TOO_LONG = "too_long"
    NO_COLUMN = "no_column"


class NotAMapping(ValueError):
    """What was chosen cannot be: `why` says what, `column` where."""

    def __init__(self, why: str, column: int | None = None) -> None:
        super().__init__(why)
        self.why, self.column = why, column


@dataclass(frozen=True)
class Column:
    """Where one column goes; of one with dates, which part comes first."""

    goes: Goes
    style: str = "ymd"


@dataclass(frozen=True)
class Chosen:
    """A mapping: the number of the row with the headings, and every column."""

    heading: int
    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        goes = [each.goes for each in self.columns]
        for one in ONCE:
            if goes.count(one) > 1:
                raise NotAMapping("twice", len(goes) - 1 - goes[::-1].index(one))
        if not any(each in NAMED for each in goes):
            raise NotAMapping("no_name")
        whole = [each for each in goes if each in (Goes.NAME, Goes.LAST_FIRST)]
        parts = [each for each in goes if each in (Goes.FIRST, Goes.LAST)]
        if len(whole) > 1 or (whole and parts):
            raise NotAMapping("names_twice")
        if any(each.style not in STYLES for each in self.columns):
            raise NotAMapping("style")

    def as_json(self) -> dict[str, Any]:
        """Plain values, as `--mapping` reads them."""
        return {
            "heading": self.heading,
            "columns": [{"goes": each.goes.value, "style": each.style} for each in self.columns],
        }


def chosen_from(given: Any) -> Chosen:
    """A mapping from plain values. Raises NotAMapping."""
    try:
        columns = tuple(
            Column(Goes(each["goes"]), str(each.get("style", "ymd"))) for each in given["columns"]
        )
        return Chosen(int(given["heading"]), columns)
    except (KeyError, TypeError, AttributeError) as fault:
        raise NotAMapping("shape") from fault
    except NotAMapping:
        raise
    except ValueError as fault:
        raise NotAMapping("word") from fault


@dataclass(frozen=True)
class Said:
    """What one row says: what a file takes, its faults by column (None for the row), and the
    columns whose value a merged cell repeats."""

    number: int
    name_used: str = ""
    strengths: tuple[str, ...] = ()
    reason: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    faults: tuple[tuple[int | None, Fault], ...] = ()
    merged: tuple[int, ...] = ()


def guess_heading(table: Table) -> int:
    """The number of the row that most likely holds the headings: the first with as many cells
    filled as half of the columns. A title above the table is one merged cell."""
    for line in table.lines[:20]:
        told = {text for at, text in enumerate(line.cells) if text}
        if len(told) * 2 > table.width:
            return line.number
    return next(each.number for each in table.lines if not each.is_blank)


_GUESSES = (
    (Goes.OTHER_NAMES, r"alias|other name|autres? nom|aka|nickname|surnom"),
    (Goes.FIRST, r"first|given|prénom|prenom"),
    (Goes.LAST, r"last|family name|surname|nom de famille"),
    (Goes.BORN, r"birth|born|dob|naissance|né"),
    (Goes.PRONOUNS, r"pronoun|pronom"),
    (Goes.LANGUAGES, r"langu"),
    (Goes.COMMUNITIES, r"communit|communaut|nation|band|bande"),
    (Goes.STRENGTHS, r"strength|force"),
    (Goes.REASON, r"reason|raison|motif"),
    (Goes.NAME, r"name|nom"),
)


def guess_columns(table: Table, heading: int) -> list[Goes | None]:
    """Where each column may go by its heading; None where that says nothing. A guess to look at:
    nothing is read by it until a person has chosen."""
    line = next((each for each in table.lines if each.number == heading), Line(heading, ()))
    cells = [*line.cells, *[""] * (table.width - len(line.cells))]
    found: list[Goes | None] = []
    for text in cells:
        guess = next((goes for goes, words in _GUESSES if re.search(words, text.casefold())), None)
        found.append(None if guess in ONCE and guess in found else guess)
    return found


def said_by(table: Table, chosen: Chosen, today: dt.date) -> Iterator[Said]:
    """What each row beneath the headings says. Rows with nothing in them are passed over."""
    for line in table.lines:
        if line.number > chosen.heading and not line.is_blank:
            yield read_line(line, chosen, today)


def blank_rows(table: Table, chosen: Chosen) -> int:
    """How many rows beneath the headings hold nothing."""
    return sum(each.number > chosen.heading and each.is_blank for each in table.lines)


_BY_MARK = {
    Mark.FORMULA: Fault.FORMULA,
    Mark.ERROR: Fault.ERROR,
    Mark.TOO_LONG: Fault.TOO_LONG,
}


def read_line(line: Line, chosen: Chosen, today: dt.date) -> Said:
    """What one row says. Never raises: whatever is wrong is a fault of it."""
    faults: list[tuple[int | None, Fault]] = []
    held: dict[Goes, list[str]] = {}
    marks = dict(line.marks)
    for at, text in enumerate(line.cells):
        if at >= len(chosen.columns):
            faults += [(at, Fault.NO_COLUMN)] if text else []
            continue
        column = chosen.columns[at]
        if not text or column.goes is Goes.OUT:
            continue
        if (mark := marks.get(at)) in _BY_MARK:
            faults.append((at, _BY_MARK[mark]))
            continue
        value, fault = _value(text, column, today, is_date=mark is Mark.DATE)
        faults += [(at, fault)] if fault else []
        held.setdefault(column.goes, []).append(value)
    name = _name(held)
    others = split_names("\n".join(held.get(Goes.OTHER_NAMES, ())))
    faults += _name_faults(name, others, faults)
    return Said(
        number=line.number,
        name_used=name,
        strengths=tuple(split_lines("\n".join(held.get(Goes.STRENGTHS, ())))),
        reason=" ".join(held.get(Goes.REASON, ())),
        details=_details(held, others),
        faults=tuple(faults),
        merged=tuple(
            at
            for at, mark in line.marks
            if mark is Mark.MERGED
            and at < len(chosen.columns)
            and chosen.columns[at].goes is not Goes.OUT
        ),
    )


def _value(
    text: str, column: Column, today: dt.date, *, is_date: bool
) -> tuple[str, Fault | None]:
    if column.goes is Goes.BORN:
        return read_date(text, column.style, today, is_date=is_date)
    if column.goes is Goes.LAST_FIRST:
        return turned(text), None if "," in text else Fault.NO_COMMA
    return text, None


def _name(held: Mapping[Goes, list[str]]) -> str:
    order = (Goes.NAME, Goes.LAST_FIRST, Goes.FIRST, Goes.LAST)
    return " ".join(" ".join(text for goes in order for text in held.get(goes, ())).split())


def _name_faults(
    name: str, others: list[str], so_far: list[tuple[int | None, Fault]]
) -> list[tuple[int | None, Fault]]:
    found: list[tuple[int | None, Fault]] = []
    # A cell that could not be read may have been the name: one fault is enough.
    unread = any(fault in _BY_MARK.values() for _at, fault in so_far)
    if not name and not unread:
        found.append((None, Fault.NO_NAME))
    if any(len(each) > LONGEST_NAME for each in (name, *others)):
        found.append((None, Fault.NAME_TOO_LONG))
    if len(others) > MOST_NAMES:
        found.append((None, Fault.TOO_MANY_NAMES))
    return found


def _details(held: Mapping[Goes, list[str]], others: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {"other_names": others} if others else {}
    if held.get(Goes.BORN):
        found["born"] = held[Goes.BORN][0]
    for goes in (Goes.PRONOUNS, Goes.LANGUAGES, Goes.COMMUNITIES, Goes.CARING):
        if goes in held:
            found[goes.value] = ", ".join(held[goes])
    return found


def turned(text: str) -> str:
    """`Sample, Tam` as it is said: `Tam Sample`. Whatever has no comma stays as it is."""
    last, comma, first = text.partition(",")
    return f"{first.strip()} {last.strip()}".strip() if comma else text


def split_names(text: str) -> list[str]:
    """Several names in one cell, between commas, semicolons, slashes or lines."""
    return [each.strip() for each in re.split(r"[,;/\n]", text) if each.strip()]


def split_lines(text: str) -> list[str]:
    """Several things in one cell, between semicolons or lines."""
    return [each.strip() for each in re.split(r"[;\n]", text) if each.strip()]


_ORDER = {"ymd": (0, 1, 2), "dmy": (2, 1, 0), "mdy": (2, 0, 1)}


def read_date(
    text: str, style: str, today: dt.date, *, is_date: bool = False
) -> tuple[str, Fault | None]:
    """A day, month or year as partial dates are kept, and what is wrong with it.

    `is_date`: the spreadsheet itself holds a day, which has no style. A month or a year alone is
    taken as it is. A day that only another style could mean is a fault of its own: it is never
    read by guessing.
    """
    said = text if is_date else _by_style(text, style)
    try:
        span = bounds(said) if said else None
    except ValueError:
        span = None
    if span is None:
        others = (each for each in STYLES if each != style)
        elsewhere = any(_is_day(_by_style(text, each)) for each in others)
        return "", Fault.OTHER_STYLE if elsewhere else Fault.NOT_A_DATE
    return ("", Fault.FUTURE) if span[0] > today else (said, None)


def _is_day(said: str) -> bool:
    try:
        return bool(said) and bounds(said) is not None
    except ValueError:
        return False


def _by_style(text: str, style: str) -> str:
    """The text as year-month-day; empty where it has not that shape. A year has four figures."""
    if re.fullmatch(r"\d{4}(-\d{2})?", text, re.ASCII):
        return text
    # A time of day after the day says nothing of a birth date.
    day = re.sub(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$", "", text)
    parts = re.fullmatch(r"(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})", day, re.ASCII)
    if not parts:
        return ""
    figures = (parts[1], parts[3], parts[4])
    year, month, on = (figures[each] for each in _ORDER[style])
    if len(year) != 4 or len(month) > 2 or len(on) > 2:
        return ""
    return f"{year}-{int(month):02}-{int(on):02}"
