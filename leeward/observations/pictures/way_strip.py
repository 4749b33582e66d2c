"""The way's last eighteen months in a strip, for the overview. It holds no links."""

from datetime import date, timedelta

from leeward.core.drawing import svg
from leeward.core.drawing.measure import wide
from leeward.observations.pictures.axis import Axis, named_months
from leeward.observations.pictures.way_input import WayInput
from leeward.observations.pictures.way_road import bars, cuts, diamond, in_time, road, water

DAYS = 548
HEIGHT, LEVEL = 102.0, 46.0
WIDE, TALL = 682.0, 358.0


def strip_svg(way: WayInput, *, width: float = WIDE) -> svg.Svg:
    """Return the strip, ``width`` px wide: WIDE, or TALL for a phone."""
    opens = way.as_of - timedelta(days=DAYS)
    axis = Axis(opens, way.as_of, 2, width - 11)
    parts = _months(way, axis, width)
    parts += _water(way, axis, opens, width)
    parts += _road(way, axis, opens)
    parts.append(svg.circle(axis.end, LEVEL, 8, "nowdot"))
    for event in sorted(way.good_news, key=lambda item: item.on):
        if event.on >= opens:
            parts.append(diamond(axis.at(event.on), LEVEL, 7))
    parts += _step_names(way, axis, opens)
    return svg.frame(
        parts,
        width=width,
        height=HEIGHT,
        name=way.texts.strip_title,
        classes="pic-way",
        role="img",
    )


def _months(way: WayInput, axis: Axis, width: float) -> list[str]:
    parts = []
    for on in named_months(axis, 100 if width >= WIDE else 74):
        x, words = axis.at(on), way.texts.month_year(on)
        parts.append(svg.upright(x, 6, 80, "mline"))
        if x + 4 + wide(words, "t13") <= width:
            parts.append(svg.text(x + 4, 96, words, "t13 i2"))
    return parts


def _water(way: WayInput, axis: Axis, opens: date, width: float) -> list[str]:
    parts = []
    for away in in_time(way.steps_away):
        if away.end is not None and away.end < opens:
            continue
        x1 = axis.at(away.end) if away.end else width
        x0 = min(axis.at(away.start), x1 - 8)
        parts.append(water(x0, x1, 12, 78, flat="" if away.end else "right", curve=16))
    return parts


def _road(way: WayInput, axis: Axis, opens: date) -> list[str]:
    shown = [cut for cut in cuts(way, axis) if (cut.episode.end or way.as_of) >= opens]

    def line(x0: float, x1: float, kind: str) -> str:
        return svg.level(x0, x1, LEVEL, kind, width=8 if kind == "road" else None)

    parts = road(shown, min(axis.at(way.begins), axis.end - 1), axis.end, line)
    parts += [bars(cut, 8, LEVEL, upright=True, today=axis.end) for cut in shown]
    return parts


def _step_names(way: WayInput, axis: Axis, opens: date) -> list[str]:
    parts = []
    for away in in_time(way.steps_away):
        x0, x1 = axis.at(away.start), axis.at(away.end or way.as_of)
        inside = away.end is None or away.end >= opens
        if inside and x0 + 9 + wide(away.label, "t13 w6") <= x1 - 2:
            parts.append(svg.text(x0 + 9, 70, away.label, "t13 w6 ink"))
    return parts
