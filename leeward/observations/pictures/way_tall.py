"""The way for a phone: the same road turned a quarter, today at the top, 358 px.

Facts of one week crowd a phone, so three or more within seven days share one label that lists
them by day; where that is still too close, fourteen days do, or a month. Labels stand in one
column, keep their order and move as little as they can. The scale is linear, and large enough
that the road is never shorter than its labels.
"""

from collections.abc import Sequence

from leeward.core.drawing import svg
from leeward.core.drawing.measure import shorten, wide
from leeward.observations.pictures.axis import SHORTEST, Axis, named_months
from leeward.observations.pictures.labels import column
from leeward.observations.pictures.way_input import WayInput
from leeward.observations.pictures.way_labels import draw
from leeward.observations.pictures.way_road import (
    bars,
    cuts,
    diamond,
    in_time,
    opinion_mark,
    road,
    water,
)
from leeward.observations.pictures.way_tall_facts import (
    COLUMN,
    OPINIONS,
    ROAD,
    Memo,
    TallFact,
    grouped,
    listed,
    tall_facts,
    tracks,
)
from leeward.observations.pictures.way_walkers import is_past, name

WIDTH = 358.0
DAY = 3.55  # px
LONGEST = 2500.0  # px of road; a longer way is drawn to a smaller scale
GAP = 12.0
WINDOWS = (7, 14, 31)  # days whose facts may share a label
MANY = 120  # facts beyond which shorter windows never suffice, and are not tried
DRIFT = 200.0  # px a label may stand from its mark before a longer window is tried
TOP = 18.0
SPINE = 134.0  # where leaders turn toward their labels


def tall_svg(way: WayInput) -> svg.Svg:
    """Return the way, 358 px wide and as tall as its days and labels need."""
    return _Tall(way).render()


class _Tall:
    """One drawing, in layers like the wide one."""

    def __init__(self, way: WayInput) -> None:
        self.way = way
        self.tracks = tracks(way)
        facts = tall_facts(way, self.tracks)
        memo: Memo = {}
        for window in WINDOWS if len(facts) <= MANY else WINDOWS[-1:]:
            self.groups = grouped(facts, window)
            self.blocks = [listed(group, way.texts, memo) for group in self.groups]
            length = self._length()
            self.axis = self._axis(length, 0)
            if self._drift() <= DRIFT:
                break
        # Newest labels may stand above today's place on the road, but not by much.
        rise = -min(self._tops(float("-inf")), default=0.0)
        self.today = min(112.0, max(42.0, TOP + rise))
        self.axis = self._axis(length, self.today)
        self.foot = self.axis.at(way.begins)
        self.cuts = cuts(way, self.axis)
        self.behind: list[str] = []
        self.lines: list[str] = []
        self.marks: list[str] = []
        self.words: list[str] = []

    def _axis(self, length: float, today: float) -> Axis:
        return Axis.across(self.way.begins, self.way.as_of, today + length, today)

    def _length(self) -> float:
        """Return the px of road that these days and labels need."""
        days = max((self.way.as_of - self.way.begins).days, SHORTEST)
        labels = sum(block.height + GAP for block in self.blocks)
        return max(days * min(DAY, LONGEST / days), labels)

    def _y(self, fact: TallFact) -> float:
        return self.axis.at(fact.place)

    def _drift(self) -> float:
        tops = self._tops(TOP)
        return max(
            (abs(top - self._y(group[0])) for top, group in zip(tops, self.groups, strict=True)),
            default=0.0,
        )

    def _tops(self, top: float) -> list[float]:
        wishes = [
            (self._y(group[0]) - 8, block.height)
            for group, block in zip(self.groups, self.blocks, strict=True)
        ]
        return column(wishes, gap=GAP, top=top)

    def render(self) -> svg.Svg:
        """Return the finished picture."""
        self._months()
        self._water()
        self._walkers()
        if self.way.opinions:
            self.lines.append(svg.upright(OPINIONS, self.today, self.foot, "oplane"))
        low = max(self.foot, self._labels())
        self._road()
        for view in sorted(self.way.opinions, key=lambda item: (item.on, item.kind)):
            self.marks.append(opinion_mark(view.kind, OPINIONS, self.axis.at(view.on)))
        parts = [*self.behind, *self.lines, *self.marks, *self.words]
        return svg.frame(
            parts,
            width=WIDTH,
            height=low + 16,
            name=self.way.texts.title,
            classes="pic-way only-tall",
        )

    def _months(self) -> None:
        texts = self.way.texts
        months = named_months(self.axis, 46)
        if not months or self.axis.at(self.way.begins) - self.axis.at(months[0]) > 46:
            months = [self.way.begins, *months]
        shown = None
        for on in months:
            y = self.axis.at(on)
            turn = on.year != shown
            shown = on.year
            self.behind.append(svg.level(0, 44, y, "mline mline--y"))
            month = shorten(texts.month(on), "t13 w7", 42)
            self.words.append(svg.text(0, y - 6, month, "t13 w7 ink" if turn else "t13 i2"))
            if turn:
                self.words.append(svg.text(0, y - 24, str(on.year), "t13 w7 ink"))

    def _water(self) -> None:
        for away in in_time(self.way.steps_away):
            low = self.axis.at(away.start)
            top = self.axis.at(away.end) if away.end else self.today - 12
            low = max(low, top + 8)
            self.behind.append(water(45, 118, top, low, flat="" if away.end else "top", curve=18))

    def _walkers(self) -> None:
        for track in self.tracks:
            person = track.person
            gone = is_past(person, self.way)
            top = self.axis.at(person.end or self.way.as_of) if gone else self.today - 6
            low = self.axis.at(person.start)
            line = svg.upright(track.x, top, low, "walk walk--first" if person.first else "walk")
            self.lines.append(svg.titled(name(person, self.way), line))
            if gone:
                self.marks.append(svg.circle(track.x, top, 4, "walkend"))
            if person.start >= self.way.begins:
                self.marks.append(svg.circle(track.x, low, 4, "walkdot"))

    def _labels(self) -> float:
        """Draw the column of labels with their leaders; return where it ends."""
        low = 0.0
        tops = self._tops(TOP)
        for group, block, top in zip(self.groups, self.blocks, tops, strict=True):
            self._leaders(group, top + 8)
            low = top + block.height
            if len(group) > 1:
                self.lines.append(svg.upright(COLUMN - 4, top, low, "leader"))
            self.words.append(draw(block, COLUMN, top))
        return low

    def _leaders(self, group: Sequence[TallFact], y: float) -> None:
        n = svg.number
        for fact in group:
            self.lines.append(svg.level(fact.x, SPINE, self._y(fact), "leader"))
        first, last = self._y(group[0]), self._y(group[-1])
        if last > first:
            self.lines.append(svg.upright(SPINE, first, last, "leader"))
        start = min(max(y, first), last)
        self.lines.append(svg.path(f"M{n(SPINE)} {n(start)}L142 {n(y)}h4", "leader"))

    def _road(self) -> None:
        texts = self.way.texts

        def line(y0: float, y1: float, kind: str) -> str:
            return svg.upright(ROAD, y0, y1, kind, width=10 if kind == "road" else None)

        self.marks += road(self.cuts, self.today, max(self.foot, self.today + 8), line)
        for cut in self.cuts:
            self.marks.append(bars(cut, 10, ROAD, upright=False, today=self.today))
        self.marks.append(svg.circle(ROAD, self.today, 9, "nowdot"))
        for event in sorted(self.way.good_news, key=lambda item: item.on):
            self.marks.append(diamond(ROAD, self.axis.at(event.on)))
        now = shorten(texts.now_short, "t15 w7", COLUMN - 44)
        half = wide(now, "t15 w7") / 2
        self.words.append(svg.text(max(ROAD - half, 38), self.today - 18, now, "t15 w7 ink halo"))
