"""A genogram as SVG, and the marks of its key."""

from collections.abc import Iterator, Mapping

from leeward.core.drawing import svg
from leeward.core.drawing.svg import Svg, number
from leeward.relationships.genogram.place import ROW, Layout, Row, Spot, Stroke, lay_out
from leeward.relationships.genogram.units import Family, Style, Unit
from leeward.relationships.kin import Symbol
from leeward.relationships.picture.draw import KeyItem
from leeward.relationships.picture.shapes import ASCENT, LINE, PART

MIDDLE = "middle"
# A line that ended is cut by two strokes, so far apart and so long to each side.
CUT_APART, CUT_LONG = 3.0, 5.0


def genogram_svg(family: Family) -> Svg:
    """The family by generations. Nothing in it says who is of concern.

    The young person is `#kin-me`, for a link to find in a picture that is wider than the page.
    """
    found = lay_out(family)
    parts = [*_rows(found)]
    parts += [_stroke(stroke) for stroke in found.strokes]
    parts += [_person(spot) for spot in found.spots]
    return svg.frame(
        parts,
        width=found.width,
        height=found.height,
        name=family.title,
        classes="pic-kin",
        role="group" if any(each.href for each in family.people) else "img",
    )


def _rows(found: Layout) -> Iterator[str]:
    for nth, row in enumerate(found.rows):
        if nth % 2:
            yield svg.rect(0, row.top, found.width, row.bottom - row.top, "kin-row")
        yield from _row_name(row, found)


def _row_name(row: Row, found: Layout) -> Iterator[str]:
    spots = [spot for spot in found.spots if row.top < spot.y < row.bottom]
    y = spots[0].y - 16.0 * (len(row.lines) - 1) / 2 + 4
    for nth, words in enumerate(row.lines):
        yield svg.text(8, y + 16.0 * nth, words, f"{ROW} i2")


def _person(spot: Spot) -> str:
    inner = symbol(spot.person.symbol, spot.x, spot.y, spot.half, me=spot.person.me)
    inner += "".join(_words(spot))
    if spot.person.href:
        left, _top, right, bottom = spot.box
        top = spot.y - spot.half - 3
        hit = svg.rect(left - 3, top, right - left + 6, bottom - top + 3, "cellhit", radius=4)
        return svg.link(spot.person.href, spot.person.said, hit + inner)
    named = svg.titled(spot.person.said, inner, "kin")
    return f'<g id="kin-me">{named}</g>' if spot.person.me else named


def _words(spot: Spot) -> Iterator[str]:
    y = spot.box[1]
    for words, classes in spot.lines:
        ink = "i2" if classes == PART else "ink"
        yield svg.text(spot.x, y + ASCENT, words, f"{classes} {ink}", anchor=MIDDLE)
        y += LINE[classes]


def symbol(kind: Symbol, x: float, y: float, half: float, *, me: bool = False) -> str:
    """A woman (circle), a man (square) or somebody of whom it is not said (diamond). The young
    person has a line around it."""
    if me:
        return _shape(kind, x, y, half, "kin-me") + _shape(kind, x, y, half - 6, "kin-me")
    return _shape(kind, x, y, half, "kin-mark")


def _shape(kind: Symbol, x: float, y: float, half: float, classes: str) -> str:
    if kind == "woman":
        return svg.circle(x, y, half - 1, classes)
    if kind == "man":
        side = 2 * half - 4
        return svg.rect(x - side / 2, y - side / 2, side, side, classes)
    n = number
    far, back = n(half), n(-half)
    return svg.path(f"M{n(x)} {n(y - half)}l{far} {far}l{back} {far}l{back} {back}z", classes)


def _stroke(stroke: Stroke) -> str:
    d = "".join(
        f"M{number(a)} {number(b)}L{number(c)} {number(e)}" for (a, b), (c, e) in stroke.pieces
    )
    return _line(d, stroke.unit) + "".join(_cut(x, y, level) for (x, y), level in stroke.cuts)


def _line(d: str, unit: Unit) -> str:
    if unit.sort == "partners":
        return svg.path(d, "kin-line kin-line--partners")
    return line(d, unit.style)


def line(d: str, style: Style) -> str:
    """A line between parents and children, or among siblings."""
    if style == "double":
        return svg.path(d, "kin-line kin-line--double") + svg.path(d, "kin-line kin-line--within")
    return svg.path(d, f"kin-line kin-line--{style}")


def _cut(x: float, y: float, level: bool) -> str:
    d = ""
    for off in (-CUT_APART, CUT_APART):
        if level:
            one, other = (x + off - 2, y + CUT_LONG + 1), (x + off + 2, y - CUT_LONG - 1)
        else:
            one, other = (x - CUT_LONG, y + off + 2), (x + CUT_LONG, y + off - 2)
        d += f"M{number(one[0])} {number(one[1])}L{number(other[0])} {number(other[1])}"
    return svg.path(d, "kin-cut")


def key(words: Mapping[str, str]) -> list[KeyItem]:
    """The symbols, then the lines; words by `me`, `woman`, `man`, `unsaid`, `plain`, `double`,
    `dashed`, `partners` and `ended`."""
    across = "M2 12L62 12"
    drawn = {
        "me": symbol("unsaid", 32, 12, 12, me=True),
        "woman": symbol("woman", 32, 12, 10),
        "man": symbol("man", 32, 12, 11),
        "unsaid": symbol("unsaid", 32, 12, 11),
        "plain": line(across, "plain"),
        "double": line(across, "double"),
        "dashed": line(across, "dashed"),
        "partners": svg.path(across, "kin-line kin-line--partners"),
        "ended": line(across, "plain") + _cut(32, 12, level=True),
    }
    size = 'viewBox="0 0 64 24" width="64" height="24"'
    return [
        KeyItem(
            Svg(f'<svg class="mark mark--tie" {size} aria-hidden="true">{each}</svg>'), words[name]
        )
        for name, each in drawn.items()
    ]
