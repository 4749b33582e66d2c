"""The way for a wide page: one level road, 1160 px across, time from left to right."""

from collections.abc import Sequence

from leeward.core.drawing import svg
from leeward.core.drawing.measure import shorten, wide, wrap
from leeward.observations.pictures.axis import Axis, named_months
from leeward.observations.pictures.labels import OFFSET, Placed, arrange, row_tops
from leeward.observations.pictures.way_input import StepAway, WayInput
from leeward.observations.pictures.way_labels import (
    Fact,
    block,
    draw,
    good_news,
    missing,
    opinion,
    step,
)
from leeward.observations.pictures.way_road import (
    bars,
    cuts,
    diamond,
    in_time,
    opinion_mark,
    road,
    water,
)
from leeward.observations.pictures.way_walkers import Walkers

WIDTH = 1160.0
LEFT, RIGHT = 118.0, 918.0
MOST_ROWS = 5
TOP = 14.0


def wide_svg(way: WayInput) -> svg.Svg:
    """Return the way, 1160 px wide and as tall as its labels need."""
    return _Wide(way).render()


class _Wide:
    """One drawing. Layers are kept apart so that leaders never cross over words."""

    def __init__(self, way: WayInput) -> None:
        self.way = way
        self.axis = Axis.across(way.begins, way.as_of, LEFT, RIGHT)
        self.begin = self.axis.at(way.begins)
        self.cuts = cuts(way, self.axis)
        self.behind: list[str] = []
        self.lines: list[str] = []
        self.marks: list[str] = []
        self.words: list[str] = []

    def render(self) -> svg.Svg:
        """Return the finished picture, lane by lane from the top."""
        news = self._arranged([good_news(event, self.way.texts) for event in self.way.good_news])
        shore = TOP + self._name_height(self.way.texts.good_news, bool(news))
        shore = max(shore, TOP + row_tops(news)[-1]) + (12 if news else 0)
        crossed = [x for spot in news for x in spot.xs]
        walkers = Walkers(self.way, self.axis, RIGHT, crossed)
        names = len(self._wrapped(self.way.texts.road))
        walkers.reserve(len(self._wrapped(self.way.texts.alongside)), names)
        level = shore + walkers.height
        self._news(news, shore, level)
        self._road(level)
        walkers.draw(level, self.lines, self.marks, self.words)
        outer, depth = self._steps(level, level - walkers.lines_height)
        low = self._outer(outer, level, depth)
        low = self._opinions(low)
        self._months(low)
        self._row_names(shore if news else 0.0, level, walkers)
        parts = [*self.behind, *self.lines, *self.marks, *self.words]
        return svg.frame(
            parts,
            width=WIDTH,
            height=low + 40,
            name=self.way.texts.title,
            classes="pic-way only-wide",
        )

    def _arranged(self, facts: Sequence[Fact], *, head: str = "t14") -> list[Placed]:
        items = sorted(
            ((self.axis.at(fact.on), fact) for fact in facts),
            key=lambda item: (item[1].on, item[1].name),
        )
        return arrange(
            items, lambda group: block(group, self.way.texts, head=head), most_rows=MOST_ROWS
        )

    def _wrapped(self, words: str) -> tuple[str, ...]:
        return wrap(words, "t14 w7", LEFT - 12)

    def _name_height(self, words: str, shown: bool) -> float:
        return 18.0 * len(self._wrapped(words)) + 8 if shown else 0.0

    def _name(self, words: str, middle: float) -> None:
        lines = self._wrapped(words)
        first = middle + 5 - 9 * (len(lines) - 1)
        self.words += [svg.text(0, first + 18 * i, t, "t14 w7 ink") for i, t in enumerate(lines)]

    def _row_names(self, shore: float, level: float, walkers: Walkers) -> None:
        texts = self.way.texts
        if shore:
            self._name(texts.good_news, (TOP + shore) / 2)
        if self.way.companions:
            self._name(texts.alongside, level - walkers.name_above)
        self._name(texts.road, level)

    def _news(self, news: list[Placed], shore: float, level: float) -> None:
        tops = row_tops(news)
        for spot in news:
            top = shore - 12 - tops[spot.row] - spot.block.height
            self.lines.append(svg.upright(spot.leader, top, level - 9, "leader"))
            for x in spot.xs[:-1]:
                self.lines.append(svg.upright(x, shore - 5, level - 9, "leader"))
            if len(spot.xs) > 1:
                self.lines.append(svg.level(spot.xs[0], spot.leader, shore - 5, "leader"))
            self.words.append(draw(spot.block, spot.leader + OFFSET, top))

    def _road(self, level: float) -> None:
        texts = self.way.texts

        def line(x0: float, x1: float, name: str) -> str:
            return svg.level(x0, x1, level, name, width=10 if name == "road" else None)

        self.marks += road(self.cuts, self.begin, RIGHT, line)
        for cut in self.cuts:
            name = missing(cut.episode, self.way).name
            drawn = bars(cut, 10, level, upright=True, today=RIGHT)
            self.marks.append(svg.titled(name, drawn))
        self.marks.append(svg.circle(RIGHT, level, 9, "nowdot"))
        for event in sorted(self.way.good_news, key=lambda item: (item.on, item.label)):
            fact = good_news(event, texts)
            self.marks.append(svg.titled(fact.name, diamond(self.axis.at(event.on), level)))
        now = shorten(texts.now(self.way.as_of), "t14 w7", WIDTH - RIGHT - 25)
        self.words.append(svg.text(RIGHT + 25, level + 21, now, "t14 w7 ink"))

    def _steps(self, level: float, top: float) -> tuple[list[tuple[StepAway, float]], float]:
        """Draw the water and the labels that fit in it.

        Returns the steps whose labels do not fit, and how far the water reaches below the road.
        """
        spans = [(away, *self._span(away)) for away in in_time(self.way.steps_away)]
        fitted = [self._fitted(away, x0, x1) for away, x0, x1 in spans]
        depth = 54.0 if all(len(lines) < 3 for lines in fitted) else 71.0
        left_over = []
        for (away, x0, x1), lines in zip(spans, fitted, strict=True):
            flat = "right" if away.end is None else ""
            band = water(x0, x1, top, level + depth, flat=flat, curve=22)
            self.behind.append(svg.titled(step(away, self.way.texts).name, band))
            if not lines:
                left_over.append((away, min(x0 + 4, x1)))
            self.words += [
                svg.text(x0 + _inset(x0, x1), level + 27 + 17 * index, words, classes)
                for index, (words, classes) in enumerate(lines)
            ]
        return left_over, depth

    def _span(self, away: StepAway) -> tuple[float, float]:
        x0, x1 = self.axis.at(away.start), self.axis.at(away.end or self.way.as_of)
        return min(x0, x1 - 8), x1

    def _fitted(self, away: StepAway, x0: float, x1: float) -> list[tuple[str, str]]:
        """Return the lines of a step's label inside its water; none when it does not fit whole."""
        x = x0 + _inset(x0, x1)
        # The leaders of missing episodes pass through the water.
        stops = [cut.middle for cut in self.cuts if cut.middle > x]
        room = min([x1, *stops]) - x - 4
        heads = wrap(away.label, "t14 w7", max(room, 0), lines=2)
        if " ".join(heads) != svg.clean(away.label) or wide(away.days_text, "t13") > room:
            return []
        days = [(away.days_text, "t13 ink")] if away.days_text else []
        return [*((words, "t14 w7 ink") for words in heads), *days]

    def _outer(self, steps: list[tuple[StepAway, float]], level: float, depth: float) -> float:
        """Draw the labels under the road: missing, and steps too short for words of their own."""
        items = [(cut.middle, missing(cut.episode, self.way), 11.0) for cut in self.cuts]
        items += [(x, step(away, self.way.texts), depth) for away, x in steps]
        if not items:
            return level + depth + 8
        items.sort(key=lambda item: (item[0], item[1].on, item[1].name))
        starts = [level + start for _, _, start in items]
        spots = arrange(
            [(x, fact) for x, fact, _ in items],
            lambda group: block(group, self.way.texts, head="t13"),
            most_rows=MOST_ROWS,
            gap=6,
        )
        shore = level + depth + 12
        tops, index = row_tops(spots), 0
        for spot in spots:
            self._hang(spot, shore, tops, starts[index:][: len(spot.xs)])
            index += len(spot.xs)
        low = tops[-1]
        if self.cuts:
            self._name(self.way.texts.missing, shore + 11 + self._half(self.way.texts.missing))
            low = max(low, self._name_height(self.way.texts.missing, True) + 8)
        return shore + low + 8

    def _half(self, words: str) -> float:
        return 9.0 * (len(self._wrapped(words)) - 1)

    def _hang(self, spot: Placed, shore: float, tops: list[float], starts: list[float]) -> None:
        """Draw a block below the road with a dashed leader from every mark it speaks for."""
        top = shore + 6 + tops[spot.row]
        low = top + spot.block.height
        for x, start in zip(spot.xs[:-1], starts[:-1], strict=True):
            self.lines.append(svg.upright(x, start, shore, "leader leader--gap"))
        self.lines.append(svg.upright(spot.leader, starts[-1], low, "leader leader--gap"))
        if len(spot.xs) > 1:
            self.lines.append(svg.level(spot.xs[0], spot.leader, shore, "leader leader--gap"))
        self.words.append(draw(spot.block, spot.leader + OFFSET, top))

    def _opinions(self, low: float) -> float:
        """Draw what people thought, in a lane of its own; return where the lane ends."""
        if not self.way.opinions:
            return low
        texts = self.way.texts
        half = self._half(texts.opinions)
        line = low + max(14.0, half)
        spots = self._arranged([opinion(view, texts) for view in self.way.opinions], head="t15")
        tops = row_tops(spots)
        self.lines.append(svg.level(self.begin, RIGHT, line, "oplane"))
        for spot in spots:
            top = line + 18 + tops[spot.row]
            foot = top + spot.block.height
            self.lines.append(svg.upright(spot.leader, line, foot, "leader leader--op"))
            for x in spot.xs[:-1]:
                self.lines.append(svg.upright(x, line, line + 12, "leader leader--op"))
            if len(spot.xs) > 1:
                self.lines.append(svg.level(spot.xs[0], spot.leader, line + 12, "leader"))
            self.words.append(draw(spot.block, spot.leader + OFFSET, top))
        for view in sorted(
            self.way.opinions, key=lambda item: (item.on, item.kind, item.stage_name, item.by)
        ):
            mark = opinion_mark(view.kind, self.axis.at(view.on), line)
            self.marks.append(svg.titled(opinion(view, texts).name, mark))
        self._name(texts.opinions, line)
        return max(line + 18 + tops[-1], line + half + 20)

    def _months(self, low: float) -> None:
        """Draw the months behind everything and name them along the foot."""
        texts = self.way.texts
        months = named_months(self.axis, 38)
        if self.begin - LEFT < 1 and (not months or self.axis.at(months[0]) - self.begin > 38):
            months = [self.way.begins, *months]
        self.behind.insert(0, svg.level(LEFT, RIGHT, low, "axis"))
        shown = None
        for on in months:
            x = self.axis.at(on)
            turn = on.year != shown
            shown = on.year
            tick = "mline mline--y" if turn else "mline"
            self.behind.insert(0, svg.upright(x, TOP, low, tick))
            self.words.append(
                svg.text(x + 4, low + 17, texts.month(on), "t13 w6 ink" if turn else "t13 i3")
            )
            if turn:
                self.words.append(svg.text(x + 4, low + 34, str(on.year), "t13 w6 ink"))


def _inset(x0: float, x1: float) -> float:
    return 12 if x1 - x0 > 50 else 7
