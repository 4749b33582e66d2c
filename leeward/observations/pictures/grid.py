"""The grid: threads across stages, with the dated marks behind every cell.

    wide_svg(grid)       one picture, 1160 px
    tall_sections(grid)  one picture per thread, 358 px
    as_table(grid)       the same facts in words
    key(grid.texts)     the marks and what they mean

It has no totals, no counts, and no colour by stage.
"""

from dataclasses import dataclass
from datetime import date

from leeward.core.drawing import svg
from leeward.observations.pictures.grid_input import (
    Finding,
    GridIndicator,
    GridInput,
    GridStage,
    GridTexts,
    GridThread,
    Mark,
    in_order,
    say_indicator,
    say_mark,
    say_wording,
)
from leeward.observations.pictures.grid_strip import shape
from leeward.observations.pictures.grid_tall import TallSection, tall_sections
from leeward.observations.pictures.grid_wide import wide_svg

__all__ = [
    "Finding",
    "GridIndicator",
    "GridInput",
    "GridStage",
    "GridTexts",
    "GridThread",
    "KeyItem",
    "Mark",
    "TableData",
    "TableMark",
    "TableRow",
    "TallSection",
    "as_table",
    "key",
    "tall_sections",
    "wide_svg",
]


@dataclass(frozen=True)
class TableMark:
    """One finding in words, with the id of the note behind it."""

    on: date
    words: str
    observation: str


@dataclass(frozen=True)
class TableRow:
    """One indicator in words. ``stage`` and ``wording`` are empty for an unasked thread."""

    thread: str
    stage: str
    wording: str
    words: str
    marks: tuple[TableMark, ...] = ()
    href: str = ""


@dataclass(frozen=True)
class TableData:
    """The grid in words, row by row, in the order of the picture."""

    title: str
    rows: tuple[TableRow, ...]


def as_table(grid: GridInput) -> TableData:
    """Return every fact the pictures show, in words."""
    rows: list[TableRow] = []
    for thread in grid.threads:
        if grid.unasked(thread):
            href = grid.ask_href(thread.id) if grid.ask_href else ""
            rows.append(TableRow(thread.name, "", "", grid.texts.nobody_asked, (), href))
            continue
        for stage in grid.stages:
            rows += _cell_rows(grid, thread, stage)
    return TableData(grid.texts.title, tuple(rows))


def _cell_rows(grid: GridInput, thread: GridThread, stage: GridStage) -> list[TableRow]:
    indicators = grid.cell(thread, stage)
    if not indicators:
        return [TableRow(thread.name, stage.name, "", grid.texts.no_sign)]
    href = grid.cell_href(thread.id, stage.id)
    return [
        TableRow(
            thread.name,
            stage.name,
            say_wording(indicator, grid),
            say_indicator(indicator, grid),
            tuple(
                TableMark(mark.on, say_mark(mark, indicator, grid), mark.observation)
                for mark in in_order(indicator.marks)
            ),
            href,
        )
        for indicator in indicators
    ]


@dataclass(frozen=True)
class KeyItem:
    """A small picture (28 by 22 px) and what it means."""

    svg: svg.Svg
    words: str


def key(texts: GridTexts) -> list[KeyItem]:
    """Return the marks with their meanings."""
    items = [
        (shape(kind, 14, 10), texts.findings[kind])
        for kind in ("present", "absent", "unsure", "explained")
    ]
    foot = shape("present", 14, 9) + svg.level(8, 20, 17.5, "mk-line")
    items += [(shape("present", 8, 10, 12), texts.bar), (foot, texts.lasting)]
    return [
        KeyItem(
            svg.Svg(
                '<svg width="28" height="22" viewBox="0 0 28 22" aria-hidden="true">'
                f'<g class="mk f0">{inner}</g></svg>'
            ),
            words,
        )
        for inner, words in items
    ]
