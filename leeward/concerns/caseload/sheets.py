"""From the bytes of a CSV or XLSX file to rows of plain text, or the reason why not.

A file is known by its first bytes, never by its name. A workbook is unpacked under a limit before
anything reads it; formulas stay formulas; a merged cell's value stands in each cell it covers, and
each such cell says so.
"""

import codecs
import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

MOST_BYTES = 10 * 1024 * 1024
# What a workbook may come to once it is unpacked, and in how many parts.
MOST_UNPACKED, MOST_PARTS = 200 * 1024 * 1024, 500
# So many cells may lie beneath merged ones.
MOST_COVERED = 1_000_000
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 50_000, 100, 4_000
_STEP = 1024 * 1024


class Why(StrEnum):
    """Why a file cannot be read. The page says each in words, with what to do instead."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MUCH_INSIDE = "too_much_inside"
    OTHER_KIND = "other_kind"
    OLD_EXCEL = "old_excel"
    BROKEN = "broken"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"


class Unreadable(ValueError):
    """The file is not read, for `why`."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


class Mark(StrEnum):
    """What is special about a cell."""

    FORMULA = "formula"
    ERROR = "error"
    MERGED = "merged"
    DATE = "date"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file: its number as a spreadsheet shows it, its cells, and their marks."""

    number: int
    cells: tuple[str, ...]
    marks: tuple[tuple[int, Mark], ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(self.cells)


@dataclass(frozen=True)
class Table:
    """Every row of the first sheet. `sheets` are the names of others, which were not read."""

    lines: tuple[Line, ...]
    other_sheets: tuple[str, ...] = field(default=())

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max((len(each.cells) for each in self.lines), default=0)


def read_table(data: bytes) -> Table:
    """The table in these bytes. Raises Unreadable."""
    if not data.strip(b"\x00 \r\n\t"):
        raise Unreadable(Why.EMPTY)
    if len(data) > MOST_BYTES:
        raise Unreadable(Why.TOO_LARGE)
    if data.startswith(b"PK"):
        table = _from_workbook(data)
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(Why.OLD_EXCEL)
    else:
        table = Table(tuple(_from_csv(data)))
    if not any(not each.is_blank for each in table.lines):
        raise Unreadable(Why.EMPTY)
    return table


# --- CSV --------------------------------------------------------------------------------------


def _decoded(data: bytes) -> str:
    """The text: UTF-8 with or without its mark, UTF-16 with one, else as Windows writes it."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as fault:
                raise Unreadable(Why.BROKEN) from fault
    if b"\x00" in data:
        raise Unreadable(Why.OTHER_KIND)
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    # Every byte is a letter in it: nothing is lost, and a wrong letter is seen on the page.
    return data.decode("latin-1")


def _separator(text: str) -> str:
    """What stands between cells: whatever of the three comes most often in the first lines,
    outside of quotation marks."""
    head = re.sub(r'"[^"]*"', "", "\n".join(text.splitlines()[:20]))
    return max(",;\t", key=lambda each: (head.count(each), each == ","))


def _from_csv(data: bytes) -> Iterator[Line]:
    text = _decoded(data)
    # One cell may hold a whole page; what is too long is said, not cut.
    csv.field_size_limit(MOST_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=False)
    try:
        for number, cells in enumerate(reader, 1):
            yield _line(number, ((each, None) for each in cells))
    except csv.Error as fault:
        raise Unreadable(Why.BROKEN) from fault


def _line(number: int, cells: Iterable[tuple[str, Mark | None]]) -> Line:
    """A row without what stands around its cells, and without empty cells at its end."""
    found: list[str] = []
    marks: list[tuple[int, Mark]] = []
    for at, (text, mark) in enumerate(cells):
        clean = text.replace("\u00a0", " ").replace("\x00", "").strip()
        if found_mark := _mark_of(clean, mark):
            marks.append((at, found_mark))
        found.append(clean)
    while found and not found[-1]:
        found.pop()
    if len(found) > MOST_COLUMNS:
        raise Unreadable(Why.TOO_MANY_COLUMNS)
    if number > MOST_ROWS and found:
        raise Unreadable(Why.TOO_MANY_ROWS)
    return Line(number, tuple(found), tuple(marks))


def _mark_of(text: str, mark: Mark | None) -> Mark | None:
    if len(text) > LONGEST_CELL:
        return Mark.TOO_LONG
    if mark is None and text.startswith("=") and len(text) > 1:
        return Mark.FORMULA
    return mark if text else None


# --- XLSX -------------------------------------------------------------------------------------


def _check_parts(data: bytes) -> None:
    """Unpack every part under one limit for all, whatever the archive says of their sizes; and
    refuse what could grow once it is read."""
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS:
                raise Unreadable(Why.TOO_MUCH_INSIDE)
            names = {each.filename for each in parts}
            if "xl/workbook.xml" not in names:
                raise Unreadable(Why.OTHER_KIND)
            for part in parts:
                left = _check_part(packed, part, left)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as fault:
        raise Unreadable(Why.BROKEN) from fault


def _check_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    with packed.open(part) as opened:
        before = b""
        while step := opened.read(_STEP):
            left -= len(step)
            if left < 0:
                raise Unreadable(Why.TOO_MUCH_INSIDE)
            # No spreadsheet program writes either; both can make much of little.
            if b"<!ENTITY" in before + step or b"<!DOCTYPE" in before + step:
                raise Unreadable(Why.TOO_MUCH_INSIDE)
            before = step[-16:]
    return left


def _from_workbook(data: bytes) -> Table:
    _check_parts(data)
    try:
        # Not `data_only`: a formula is read as what it is, and nothing works it out.
        book = load_workbook(io.BytesIO(data), read_only=False, data_only=False, keep_links=False)
        sheet = next(each for each in book.worksheets if each.sheet_state == "visible")
    except (
        InvalidFileException,
        StopIteration,
        KeyError,
        ValueError,
        TypeError,
        OSError,
    ) as fault:
        raise Unreadable(Why.BROKEN) from fault
    if sheet.max_column > MOST_COLUMNS * 10:
        raise Unreadable(Why.TOO_MANY_COLUMNS)
    # Programs that colour whole columns leave a million empty rows: those hold nothing. A row that
    # does is never left out unsaid.
    if any(row > MOST_ROWS and cell.value is not None for (row, _), cell in sheet._cells.items()):
        raise Unreadable(Why.TOO_MANY_ROWS)
    last = min(sheet.max_row, MOST_ROWS)
    merged = _merged(sheet, last)
    lines = []
    for number, row in enumerate(sheet.iter_rows(max_row=last), 1):
        cells = (_cell(cell, merged.get((number, at))) for at, cell in enumerate(row, 1))
        lines.append(_line(number, cells))
    while lines and lines[-1].is_blank:
        lines.pop()
    others = tuple(each.title for each in book.worksheets if each is not sheet)
    return Table(tuple(lines), others)


def _merged(sheet: Any, last: int) -> dict[tuple[int, int], Any]:
    """The value of each cell that a merged one covers, by row and column."""
    found: dict[tuple[int, int], Any] = {}
    for each in sheet.merged_cells.ranges:
        left, top, right, bottom = range_boundaries(each.coord)
        first = sheet.cell(top, left)
        # Beyond the rows there are, a merged column covers nothing.
        for row in range(top, min(bottom, last) + 1):
            for column in range(left, min(right, MOST_COLUMNS) + 1):
                if (row, column) != (top, left):
                    found[row, column] = first
        if len(found) > MOST_COVERED:
            raise Unreadable(Why.TOO_MUCH_INSIDE)
    return found


def _cell(cell: Any, covered_by: Any) -> tuple[str, Mark | None]:
    if covered_by is not None:
        text, mark = _cell(covered_by, None)
        return text, mark if mark in (Mark.FORMULA, Mark.ERROR) else Mark.MERGED
    value = cell.value
    if value is None:
        return "", None
    if cell.data_type == "f":
        return str(getattr(value, "text", value)), Mark.FORMULA
    if cell.data_type == "e":
        return str(value), Mark.ERROR
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[:10], Mark.DATE
    if isinstance(value, float) and value.is_integer():
        return str(int(value)), None
    return str(value), None
