"""The grid for a phone: one picture for each thread, one strip for each indicator, 358 px."""

from dataclasses import dataclass

from leeward.core.drawing import svg
from leeward.core.drawing.measure import wrap
from leeward.observations.pictures.grid_input import (
    GridInput,
    GridStage,
    GridThread,
    cell_name,
)
from leeward.observations.pictures.grid_strip import HALF, draw, lay_out
from leeward.observations.pictures.grid_wide import ask_link, year_names

WIDTH = 358.0
LINE = 20.0


@dataclass(frozen=True)
class TallSection:
    """The picture of one thread, to stand under a heading with the thread's name."""

    thread_id: str
    thread_name: str
    svg: svg.Svg


def tall_sections(grid: GridInput) -> list[TallSection]:
    """Return one picture per thread, in the order of the threads."""
    return [TallSection(thread.id, thread.name, _section(grid, thread)) for thread in grid.threads]


def _section(grid: GridInput, thread: GridThread) -> svg.Svg:
    parts: list[str] = []
    bottom = _unasked(grid, thread, parts) if grid.unasked(thread) else _cells(grid, thread, parts)
    return svg.frame(
        parts,
        width=WIDTH,
        height=bottom,
        name=f"{grid.texts.title}: {thread.name}",
        classes="pic-grid",
    )


def _unasked(grid: GridInput, thread: GridThread, parts: list[str]) -> float:
    lines = wrap(grid.texts.nobody_asked, "t15 w7", WIDTH - 32)
    height = 24 + LINE * len(lines) + (34 if grid.ask_href else 0)
    parts.append(svg.rect(1, 1, WIDTH - 2, height - 2, "unknown", radius=6))
    parts += [svg.text(16, 28 + LINE * i, t, "t15 w7 ink") for i, t in enumerate(lines)]
    parts.append(ask_link(grid, thread, 16, 28 + LINE * (len(lines) - 1) + 32))
    return height


def _cells(grid: GridInput, thread: GridThread, parts: list[str]) -> float:
    parts += year_names(grid, 0, WIDTH, 15)
    y = 24.0
    for stage in grid.stages:
        y = _cell(grid, thread, stage, y, parts)
    return y


def _cell(
    grid: GridInput, thread: GridThread, stage: GridStage, top: float, parts: list[str]
) -> float:
    """Draw a cell; return where the next begins."""
    y = top + 20
    names = wrap(stage.name, "t13 w6", WIDTH)
    inner = [svg.text(0, y + 17 * i, t, "t13 w6 i2") for i, t in enumerate(names)]
    y += 17 * (len(names) - 1)
    indicators = grid.cell(thread, stage)
    if not indicators:
        lines = wrap(grid.texts.no_sign, "t14", WIDTH)
        parts += inner
        parts += [svg.text(0, y + 19 + 18 * i, t, "t14 i3") for i, t in enumerate(lines)]
        return y + 19 + 18 * (len(lines) - 1) + 14
    for indicator in indicators:
        tone = "ink" if indicator.marks else "i2"
        lines = wrap(indicator.wording, "t15", WIDTH)
        inner += [svg.text(0, y + LINE * (i + 1), t, f"t15 {tone}") for i, t in enumerate(lines)]
        strip = lay_out(indicator, grid, 0, WIDTH)
        base = y + LINE * len(lines) + 20 + strip.climb
        inner.append(draw(strip, grid, 0, base, WIDTH))
        y = base + HALF + 6
    bottom = y + 4
    chosen = " cellsel" if grid.selected == (thread.id, stage.id) else ""
    hit = svg.rect(-6, top + 2, WIDTH + 12, bottom - top - 2, f"cellhit{chosen}", radius=6)
    href = grid.cell_href(thread.id, stage.id)
    parts.append(svg.link(href, cell_name(thread, stage, grid), hit + "".join(inner)))
    return bottom
