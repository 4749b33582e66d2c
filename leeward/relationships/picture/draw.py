"""The circle as SVG, and the marks of its key."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from leeward.core.drawing import svg
from leeward.core.drawing.measure import wide
from leeward.core.drawing.svg import Svg, number
from leeward.relationships.picture.layout import (
    ANCHOR_MARK,
    HALF_BREAKWATER,
    Layout,
    Spot,
    lay_out,
)
from leeward.relationships.picture.shapes import (
    ASCENT,
    LINE,
    RING_NAME,
    TALL,
    WIDE,
    Circle,
    Sizes,
    broken,
)

# A tense line goes to and fro this far, this often.
TOOTH, HALF_TOOTH = 6.0, 7.0
OUTER_FIRST = ("macro", "meso", "micro")
ME = ("t18 w7 onink", "t14 w7 onink")
MIDDLE, ENDS = "middle", {"left": "end", "right": "start"}


def wide_svg(circle: Circle) -> Svg:
    """The circle for wide screens."""
    return _draw(circle, WIDE)


def tall_svg(circle: Circle) -> Svg:
    """The circle for phones."""
    return _draw(circle, TALL)


def _draw(circle: Circle, sizes: Sizes) -> Svg:
    found = lay_out(circle, sizes)
    parts = [*_rings(found)]
    parts += [_tie(spot) for spot in found.spots]
    parts += [*_ring_names(circle, found), *_me(circle, found)]
    parts += [_node(circle, spot) for spot in found.spots]
    return svg.frame(
        parts,
        width=found.shape.width,
        height=found.shape.height,
        name=circle.texts.title,
        classes="pic-circle",
        role="group" if any(node.href for node in circle.nodes) else "img",
    )


def without_words(found: Layout, circle: Circle, style: str) -> str:
    """A file of everything that is drawn but the words, which paper sets in its own type.

    What lies behind each line of words is `behind`, so that no line runs through letters.
    """
    x, y = found.shape.middle
    parts = [*_rings(found)]
    parts += [
        svg.rect(left, top, right - left, bottom - top, "ringtag", radius=10)
        for left, top, right, bottom in found.tags.values()
    ]
    parts += [_tie(spot) for spot in found.spots]
    parts += [_behind(*each) for each in words_of(found, circle)]
    parts += [svg.circle(x, y, found.shape.me, "me-mark")]
    parts += [
        mark(each.node.kind, each.x, each.y, anchor=each.node.anchor) for each in found.spots
    ]
    return _file(parts, found.shape.width, found.shape.height, style)


def _behind(x: float, y: float, at: str, classes: str, words: str) -> str:
    long = wide(words, classes)
    left = x - {"start": 0.0, "middle": long / 2, "end": long}[at]
    return svg.rect(
        left - 2, y - ASCENT + 1, long + 4, LINE.get(classes, 16.0), "behind", radius=3
    )


def sample_file(item: "KeyItem", style: str) -> str:
    """A sample of the key as a file of its own."""
    drawn = item.svg.partition(">")[2].rpartition("</svg>")[0]
    return _file([drawn], 64, 24, style)


def _file(parts: list[str], width: float, height: float, style: str) -> str:
    w, h = number(width), number(height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}">'
        f"<style>{style}</style>{''.join(parts)}</svg>"
    )


def words_of(found: Layout, circle: Circle) -> Iterator[tuple[float, float, str, str, str]]:
    """Every line of words: x, baseline, `start`, `middle` or `end`, classes, and the words."""
    for ring, (left, top, right, _bottom) in found.tags.items():
        yield (left + right) / 2, top + 14.5, MIDDLE, RING_NAME, circle.texts.rings[ring]
    x, y = found.shape.middle
    lines, classes, first, tall = _me_lines(circle, found)
    for nth, words in enumerate(lines):
        yield x, first + nth * tall, MIDDLE, classes, words
    for spot in found.spots:
        left, y, right, _bottom = spot.box
        anchor = ENDS.get(spot.side, MIDDLE)
        x = {"end": right, "start": left}.get(anchor, (left + right) / 2)
        for words, classes in spot.label.lines:
            yield x, y + ASCENT, anchor, classes, words
            y += LINE[classes]


def _rings(found: Layout) -> Iterator[str]:
    x, y = found.shape.middle
    for ring in OUTER_FIRST:
        rx, ry = found.shape.rings[ring]
        yield svg.ellipse(x, y, rx, ry, f"ring ring--{ring}")


def _ring_names(circle: Circle, found: Layout) -> Iterator[str]:
    for ring, (left, top, right, bottom) in found.tags.items():
        yield svg.rect(left, top, right - left, bottom - top, "ringtag", radius=10)
        middle = (left + right) / 2
        yield svg.text(
            middle, top + 14.5, circle.texts.rings[ring], f"{RING_NAME} i2", anchor=MIDDLE
        )


def _me(circle: Circle, found: Layout) -> Iterator[str]:
    x, y = found.shape.middle
    yield svg.circle(x, y, found.shape.me, "me-mark")
    lines, classes, first, tall = _me_lines(circle, found)
    for nth, line in enumerate(lines):
        yield svg.text(x, first + nth * tall, line, classes, anchor=MIDDLE)


def _me_lines(circle: Circle, found: Layout) -> tuple[tuple[str, ...], str, float, float]:
    """Who is in the middle: the lines, their classes, the first baseline and how far apart."""
    _x, y = found.shape.middle
    room = 1.7 * found.shape.me
    large = wide(circle.me, ME[0]) <= room
    classes = ME[0] if large else ME[1]
    lines = broken(circle.me, classes, room, 1 if large else 3)
    tall = 18.0 if large else 15.0
    return lines, classes, y - tall * (len(lines) - 1) / 2 + tall * 0.32, tall


def _node(circle: Circle, spot: Spot) -> str:
    inner = mark(spot.node.kind, spot.x, spot.y, anchor=spot.node.anchor) + "".join(_words(spot))
    said = circle.texts.say(spot.node)
    if spot.node.href:
        left, top, right, bottom = spot.box
        hit = svg.rect(left - 3, top - 2, right - left + 6, bottom - top + 4, "cellhit", radius=4)
        return svg.link(spot.node.href, said, hit + inner)
    return svg.titled(said, inner, "tie")


def _words(spot: Spot) -> Iterator[str]:
    left, top, right, _bottom = spot.box
    anchor = ENDS.get(spot.side, MIDDLE)
    x = {"end": right, "start": left}.get(anchor, (left + right) / 2)
    y = top
    for line, classes in spot.label.lines:
        ink = "ink" if "w6" in classes else "i2"
        yield svg.text(x, y + ASCENT, line, f"{classes} {ink} halo", anchor=anchor)
        y += LINE[classes]


def mark(kind: str, x: float, y: float, *, anchor: bool = False, r: float = 8.0) -> str:
    """A person (disc), place (square), group (ring of discs) or system (diamond)."""
    around = svg.circle(x, y, ANCHOR_MARK * r / 8.0 - 1, "anchor-ring") if anchor else ""
    n = number
    if kind == "place":
        return around + svg.rect(x - r + 0.5, y - r + 0.5, 2 * r - 1, 2 * r - 1, "nd", radius=2.5)
    if kind == "system":
        far, back = n(r + 2), n(-r - 2)
        d = f"M{n(x)} {n(y - r - 2)}l{far} {far}l{back} {far}l{back} {back}z"
        return around + svg.path(d, "nd")
    if kind == "group":
        small, off = r * 0.56, r * 0.52
        spots = ((0, -off), (-off * 1.05, off * 0.72), (off * 1.05, off * 0.72))
        return around + "".join(svg.circle(x + dx, y + dy, small, "nd nd--of") for dx, dy in spots)
    return around + svg.circle(x, y, r, "nd")


def _tie(spot: Spot) -> str:
    return line(spot.start, spot.end, spot.node.stands, anchor=spot.node.anchor)


Point = tuple[float, float]


def line(start: Point, end: Point, stands: str, *, anchor: bool = False) -> str:
    """One tie from the young person outward."""
    straight = f"M{_at(start)}L{_at(end)}"
    if anchor:
        return svg.path(straight, "tie--anchor") + svg.path(straight, "tie--within")
    if stands == "tense":
        return svg.path(_zigzag(start, end), "tie--tense")
    if stands == "ended":
        return _ended(start, end)
    if stands == "distance":
        return svg.path(straight, "tie--distance") + svg.path(_arc(start, end), "breakwater")
    return svg.path(straight, f"tie--{stands}")


def _at(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def _along(start: Point, end: Point, far: float, aside: float = 0.0) -> Point:
    """The point `far` px from the start toward the end, and `aside` px to its right."""
    long = math.hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    ux, uy = (end[0] - start[0]) / long, (end[1] - start[1]) / long
    return start[0] + ux * far - uy * aside, start[1] + uy * far + ux * aside


def _zigzag(start: Point, end: Point) -> str:
    long = math.hypot(end[0] - start[0], end[1] - start[1])
    teeth = max(2, int((long - 20) / HALF_TOOTH))
    inset = (long - teeth * HALF_TOOTH) / 2
    points = [start, _along(start, end, inset)]
    for nth in range(teeth):
        aside = TOOTH if nth % 2 else -TOOTH
        points.append(_along(start, end, inset + (nth + 0.5) * HALF_TOOTH, aside))
    points += [_along(start, end, long - inset), end]
    return "M" + "L".join(_at(point) for point in points)


def _ended(start: Point, end: Point) -> str:
    middle = math.hypot(end[0] - start[0], end[1] - start[1]) / 2
    d = f"M{_at(start)}L{_at(_along(start, end, middle - 8))}"
    d += f"M{_at(_along(start, end, middle + 8))}L{_at(end)}"
    cuts = ""
    for far in (middle - 4, middle + 4):
        one, other = _along(start, end, far - 3, -8), _along(start, end, far + 3, 8)
        cuts += f"M{_at(one)}L{_at(other)}"
    return svg.path(d, "tie--ended") + svg.path(cuts, "tie--cut")


def _arc(start: Point, end: Point, half: float = HALF_BREAKWATER - 4) -> str:
    """A breakwater across the line, bent toward the young person's side."""
    one, other = _along(start, end, 6, half), _along(start, end, 6, -half)
    return f"M{_at(one)}Q{_at(_along(start, end, -16))} {_at(other)}"


@dataclass(frozen=True)
class KeyItem:
    """A sample of a line or a mark, and what it means."""

    svg: Svg
    words: str


def key(stands: dict[str, str], kinds: dict[str, str], anchor: str) -> list[KeyItem]:
    """The lines, then the marks; words by their names."""
    start, end = (2.0, 12.0), (62.0, 12.0)
    first = line(start, (46.0, 12.0), "strong", anchor=True) + mark(
        "person", 53, 12, anchor=True, r=5
    )
    items = [KeyItem(_sample(first), anchor)]
    for name, words in stands.items():
        if name == "distance":
            drawn = svg.path("M30 12L62 12", "tie--distance") + svg.path(
                "M20 3Q10 12 20 21", "breakwater"
            )
        else:
            drawn = line(start, end, name)
        items.append(KeyItem(_sample(drawn), words))
    items += [KeyItem(_sample(mark(kind, 32, 12)), words) for kind, words in kinds.items()]
    return items


def _sample(drawn: str) -> Svg:
    size = 'viewBox="0 0 64 24" width="64" height="24"'
    return Svg(f'<svg class="mark mark--tie" {size} aria-hidden="true">{drawn}</svg>')
