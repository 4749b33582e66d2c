"""The grid for a wide page: threads down, stages across, 1160 px."""

from dataclasses import dataclass
from datetime import timedelta

from leeward.core.drawing import svg
from leeward.core.drawing.measure import wide, wrap
from leeward.observations.pictures.grid_input import (
    GridIndicator,
    GridInput,
    GridStage,
    GridThread,
    cell_name,
)
from leeward.observations.pictures.grid_strip import (
    HALF,
    YEAR,
    Strip,
    at,
    draw,
    lay_out,
    scale,
)

WIDTH = 1160.0
LABELS = 150.0  # px for the names of threads
BETWEEN = 10.0  # px between columns of one group
GROUPS = 22.0  # px between groups
LINE = 18.0


@dataclass(frozen=True)
class Column:
    """A stage and where it stands."""

    stage: GridStage
    x: float
    width: float


@dataclass(frozen=True)
class Piece:
    """An indicator inside a cell: its wording in lines, and its strip."""

    lines: tuple[str, ...]
    strip: Strip


def columns(grid: GridInput) -> list[Column]:
    """Return the stages side by side, with wider gutters where the group changes."""
    gaps = [
        GROUPS if before.group != after.group else BETWEEN
        for before, after in zip(grid.stages, grid.stages[1:], strict=False)
    ]
    width = (WIDTH - LABELS - sum(gaps)) / max(len(grid.stages), 1)
    placed, x = [], LABELS
    for stage, gap in zip(grid.stages, [*gaps, 0.0], strict=False):
        placed.append(Column(stage, x, width))
        x += width + gap
    return placed


def wide_svg(grid: GridInput) -> svg.Svg:
    """Return the whole grid, 1160 px wide and as tall as its rows need."""
    sides = columns(grid)
    top, parts = _head(grid, sides)
    for thread in grid.threads:
        parts.append(svg.level(0, WIDTH, top, "hair"))
        if grid.unasked(thread):
            height = _unasked(grid, thread, top, parts)
        else:
            height = _row(grid, thread, sides, top, parts)
        top += height
    return svg.frame(
        parts, width=WIDTH, height=top + 2, name=grid.texts.title, classes="pic-grid only-wide"
    )


def _head(grid: GridInput, sides: list[Column]) -> tuple[float, list[str]]:
    """Return where the rows start, and the headings of groups, stages and months."""
    spans: list[tuple[str, float, float]] = []
    for side in sides:
        end = side.x + side.width
        if spans and spans[-1][0] == side.stage.group:
            spans[-1] = (side.stage.group, spans[-1][1], end)
        else:
            spans.append((side.stage.group, side.x, end))
    groups = [(wrap(name, "t13 w6", x1 - x0, lines=2), x0, x1) for name, x0, x1 in spans]
    names = [wrap(side.stage.name, "t18 w7", side.width, lines=2) for side in sides]
    rule = 7 + 18.0 * max((len(lines) for lines, *_ in groups), default=1)
    parts: list[str] = []
    for lines, x0, x1 in groups:
        first = rule - 10 - 18 * (len(lines) - 1)
        parts += [svg.text(x0, first + 18 * i, t, "t13 w6 i2") for i, t in enumerate(lines)]
        parts.append(svg.level(x0, x1, rule, "headrule"))
    for side, lines in zip(sides, names, strict=True):
        parts += [
            svg.text(side.x, rule + 24 + 22 * i, t, "t18 w7 ink") for i, t in enumerate(lines)
        ]
    months = rule + 32 + 22 * max((len(lines) for lines in names), default=1)
    for side in sides:
        parts += year_names(grid, side.x, side.width, months)
    return months + 13, parts


def year_names(grid: GridInput, x: float, width: float, y: float) -> list[str]:
    """Return the names over a strip: its first month, its middle, and the lit last days."""
    texts = grid.texts
    begin, _ = scale(x, width)
    lit = at(grid.as_of - timedelta(days=grid.fade_days), grid, x, width)
    end = x + width
    band = wide(texts.band, "t12 w6")
    parts = [svg.rect(lit, y - 13, end - lit, 18, "lit")]
    if band <= end - lit - 4:
        parts.append(svg.text((lit + end) / 2, y, texts.band, "t12 w6 ink", anchor="middle"))
        free = lit
    else:
        parts.append(svg.text(end - 2, y, texts.band, "t12 w6 ink", anchor="end"))
        free = min(lit, end - 2 - band)
    for days, anchor in ((YEAR, ""), (YEAR // 2, "middle")):
        on = grid.as_of - timedelta(days=days)
        words = texts.month_year(on)
        size = wide(words, "t12")
        where = begin if not anchor else at(on, grid, x, width)
        left = where if not anchor else where - size / 2
        if left >= begin and left + size + 6 <= free:
            parts.append(svg.text(where, y, words, "t12 i3", anchor=anchor))
            begin = left + size + 8
    return parts


def _row(
    grid: GridInput, thread: GridThread, sides: list[Column], top: float, parts: list[str]
) -> float:
    """Draw a thread's cells; return the height they took."""
    cells = [[_piece(i, grid, side) for i in grid.cell(thread, side.stage)] for side in sides]
    bases = _bases(cells, top)
    names = wrap(thread.name, "t16 w7", LABELS - 14, lines=4)
    parts += [svg.text(0, top + 25 + 20 * i, t, "t16 w7 ink") for i, t in enumerate(names)]
    low = (bases[-1][1] if bases else top + 31) + HALF + 9
    bottom = max(low, top + 16 + 20 * len(names))
    for side, cell in zip(sides, cells, strict=True):
        if cell:
            parts.append(_cell(grid, thread, side, cell, bases, top, bottom))
        else:
            lines = wrap(grid.texts.no_sign, "t13", side.width, lines=2)
            parts += [
                svg.text(side.x, top + 25 + 17 * i, t, "t13 i3") for i, t in enumerate(lines)
            ]
    return bottom - top


def _piece(indicator: GridIndicator, grid: GridInput, side: Column) -> Piece:
    return Piece(
        wrap(indicator.wording, "t14", side.width, lines=4),
        lay_out(indicator, grid, side.x, side.width),
    )


def _bases(cells: list[list[Piece]], top: float) -> list[tuple[float, float]]:
    """Return, per place in the cells, the first baseline of words and the line of the strip.

    All cells of a row share them, so that the eye can read across.
    """
    found = []
    y = top + 24
    for index in range(max((len(cell) for cell in cells), default=0)):
        here = [cell[index] for cell in cells if index < len(cell)]
        words = max(len(piece.lines) for piece in here)
        climb = max(piece.strip.climb for piece in here)
        base = y + LINE * (words - 1) + 20 + climb
        found.append((y, base))
        y = base + HALF + 22
    return found


def _cell(
    grid: GridInput,
    thread: GridThread,
    side: Column,
    cell: list[Piece],
    bases: list[tuple[float, float]],
    top: float,
    bottom: float,
) -> str:
    chosen = " cellsel" if grid.selected == (thread.id, side.stage.id) else ""
    inner = [
        svg.rect(
            side.x - 9, top + 5, side.width + 14, bottom - top - 9, f"cellhit{chosen}", radius=6
        )
    ]
    for piece, (first, base) in zip(cell, bases, strict=False):
        tone = "ink" if piece.strip.indicator.marks else "i2"
        inner += [
            svg.text(side.x, first + LINE * i, t, f"t14 {tone}") for i, t in enumerate(piece.lines)
        ]
        inner.append(draw(piece.strip, grid, side.x, base, side.width))
    href = grid.cell_href(thread.id, side.stage.id)
    return svg.link(href, cell_name(thread, side.stage, grid), "".join(inner))


def _unasked(grid: GridInput, thread: GridThread, top: float, parts: list[str]) -> float:
    """Draw a thread nobody has asked about; return the height it took."""
    names = wrap(thread.name, "t16 w7", LABELS - 14, lines=4)
    height = max(60.0, 20.0 + 20 * len(names))
    first = top + height / 2 + 5 - 10 * (len(names) - 1)
    middle = top + height / 2 + 5
    parts += [svg.text(0, first + 20 * i, t, "t16 w7 ink") for i, t in enumerate(names)]
    parts.append(svg.rect(LABELS, top + 7, WIDTH - LABELS - 1, height - 14, "unknown", radius=6))
    parts.append(svg.text(LABELS + 16, middle, grid.texts.nobody_asked, "t15 w7 ink"))
    if grid.ask_href is not None:
        x = LABELS + 16 + wide(grid.texts.nobody_asked, "t15 w7") + 18
        parts.append(ask_link(grid, thread, x, middle))
    return height


def ask_link(grid: GridInput, thread: GridThread, x: float, y: float) -> str:
    """Return the link that asks about an unasked thread, or nothing when the page has none."""
    if grid.ask_href is None:
        return ""
    words = grid.texts.ask_next
    hit = svg.rect(x - 6, y - 20, wide(words, "t15") + 12, 30, "cellhit", radius=6)
    name = f"{thread.name}. {words}"
    return svg.link(grid.ask_href(thread.id), name, hit + svg.text(x, y, words, "t15 link"))
