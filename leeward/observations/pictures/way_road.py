"""The road itself: level, cut where someone was missing, with water around steps away."""

from collections.abc import Callable
from dataclasses import dataclass

from leeward.core.drawing import svg
from leeward.observations.pictures.axis import Axis
from leeward.observations.pictures.way_input import AwayEpisode, StepAway, WayInput

SHORTEST_CUT = 6.0


@dataclass(frozen=True)
class Cut:
    """Where the road is missing, from a to b px along it (a < b)."""

    a: float
    b: float
    episode: AwayEpisode

    @property
    def middle(self) -> float:
        """Return the middle of the cut."""
        return (self.a + self.b) / 2


def cuts(way: WayInput, axis: Axis) -> list[Cut]:
    """Return the cuts in the order of time: of true length, at least SHORTEST_CUT px.

    An open episode runs to today. A cut too near today to be long enough reaches back.
    """
    low, high = sorted((axis.begin, axis.end))
    found = []
    for episode in sorted(
        way.away, key=lambda item: (item.start, item.end or way.as_of, item.end is None)
    ):
        a, b = sorted((axis.at(episode.start), axis.at(episode.end or way.as_of)))
        if b - a < SHORTEST_CUT:
            b = min(a + SHORTEST_CUT, high)
            a = max(b - SHORTEST_CUT, low)
        found.append(Cut(a, b, episode))
    return found


def road(
    spans: list[Cut], begin: float, end: float, line: Callable[[float, float, str], str]
) -> list[str]:
    """Return the pieces of road between begin and end (rising px), and the dots in wide cuts.

    ``line`` draws a piece from one px to another in a class.
    """
    parts = []
    here = begin
    for cut in sorted(spans, key=lambda item: item.a):
        if cut.a > here:
            parts.append(line(here, cut.a, "road"))
        here = max(here, cut.b)
        if cut.b - cut.a > 14:
            parts.append(line(cut.a + 6, cut.b - 4, "unseen"))
    if end > here:
        parts.append(line(here, end, "road"))
    return parts


def bars(cut: Cut, reach: float, centre: float, *, upright: bool, today: float) -> str:
    """Return the end bars of a cut, across a road at ``centre``.

    ``upright``: the bars stand upright, as they do on a level road. An open episode has no bar
    at ``today``, because it has not ended.
    """
    n = svg.number
    ends = [at for at in (cut.a, cut.b) if cut.episode.end is not None or abs(at - today) > 0.01]
    if upright:
        d = "".join(f"M{n(at)} {n(centre - reach)}v{n(2 * reach)}" for at in ends)
    else:
        d = "".join(f"M{n(centre - reach)} {n(at)}h{n(2 * reach)}" for at in ends)
    return svg.path(d, "gapcap") if d else ""


def water(x0: float, x1: float, y0: float, y1: float, *, flat: str, curve: float) -> str:
    """Return a band of sheltered water, with a depth line when it is wide enough.

    ``flat``: "right" or "top" where the step is going on and the water runs to the edge.
    """
    parts = []
    for inset, name in ((0.0, "hb0"), (6.0, "hb1")):
        small = min(x1 - x0, y1 - y0)
        if inset and small < 50:
            break
        radius = min(curve - inset, small / 2)
        left, right, top, bottom = x0 + inset, x1 - inset, y0 + inset, y1 - inset
        if flat == "right":
            parts.append(_open_right(left, x1, top, bottom, radius, name))
        elif flat == "top":
            parts.append(_open_top(left, right, y0, bottom, radius, name))
        else:
            parts.append(svg.rect(left, top, right - left, bottom - top, name, radius=radius))
    return "".join(parts)


def _open_right(x0: float, x1: float, y0: float, y1: float, r: float, name: str) -> str:
    n = svg.number
    return svg.path(
        f"M{n(x1)} {n(y0)}H{n(x0 + r)}q{n(-r)} 0 {n(-r)} {n(r)}V{n(y1 - r)}"
        f"q0 {n(r)} {n(r)} {n(r)}H{n(x1)}",
        name,
    )


def _open_top(x0: float, x1: float, y0: float, y1: float, r: float, name: str) -> str:
    n = svg.number
    return svg.path(
        f"M{n(x0)} {n(y0)}V{n(y1 - r)}q0 {n(r)} {n(r)} {n(r)}H{n(x1 - r)}"
        f"q{n(r)} 0 {n(r)} {n(-r)}V{n(y0)}",
        name,
    )


def in_time(steps: tuple[StepAway, ...]) -> list[StepAway]:
    """Return steps away in the order of time."""
    return sorted(steps, key=lambda step: step.start)


def diamond(x: float, y: float, r: float = 8) -> str:
    """Return the mark of good news, centred at x, y."""
    n = svg.number
    return svg.path(f"M{n(x)} {n(y - r)}l{n(r)} {n(r)}l{n(-r)} {n(r)}l{n(-r)} {n(-r)}z", "good")


def opinion_mark(kind: str, x: float, y: float) -> str:
    """Return the mark of an opinion: ring and dot, ring for a second one, square when resolved.

    An own view is a ring with a dot in the young person's ink (class ``pen``).
    """
    if kind == "resolved":
        return svg.rect(x - 6, y - 6, 12, 12, "opdot") + svg.circle(x, y, 2.5, "opdot2")
    ring = svg.circle(x, y, 6.5, "opdot")
    if kind == "second":
        return ring
    return ring + svg.circle(x, y, 2.5, "opdot2 pen" if kind == "own_view" else "opdot2")
