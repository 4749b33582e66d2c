"""What the phone's way has to say, in the order of its column, and the labels that say it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from leeward.core.drawing.measure import wide, wrap
from leeward.observations.pictures.labels import Block, Entry, Words
from leeward.observations.pictures.way_input import Companion, WayInput, WayTexts
from leeward.observations.pictures.way_labels import (
    Fact,
    good_news,
    missing,
    opinion,
    step,
)
from leeward.observations.pictures.way_walkers import is_past, name, past, present

ROAD, OPINIONS, COLUMN = 62.0, 126.0, 150.0
ROOM = 358 - COLUMN
LINE = 19.0
CROWD = 3
MOST_NEWS = 6  # good news listed in one label; the rest stands in the list below the picture
TRACKS = (75.0, 112.5)  # px: where the lines of companions run
PITCH = 7.5


@dataclass(frozen=True)
class Track:
    """A companion's line and where it runs."""

    person: Companion
    x: float


@dataclass(frozen=True)
class TallFact:
    """A fact, the day it stands at on the road, the x of its mark, and its words with their dates.

    ``on`` is its own day; a companion from before the way stands at the foot of the road.
    """

    on: date
    place: date
    x: float
    fact: Fact
    when: str
    dated: bool  # ``when`` says more than the one day it stands on
    news: bool = False


def tracks(way: WayInput) -> list[Track]:
    """Return the companions' lines: the anchor nearest the road, lines reused once they end."""
    placed: list[tuple[Companion, int]] = [
        (person, index) for index, person in enumerate(present(way))
    ]
    used = len(placed)
    ends: list[date] = []
    for person in past(way):
        lane = next((i for i, end in enumerate(ends) if end < person.start), len(ends))
        ends[lane : lane + 1] = [person.end or way.as_of]
        placed.append((person, used + lane))
    count = used + len(ends)
    pitch = min(PITCH, (TRACKS[1] - TRACKS[0]) / max(count - 1, 1))
    return [Track(person, TRACKS[0] + pitch * lane) for person, lane in placed]


def tall_facts(way: WayInput, lines: Sequence[Track]) -> list[TallFact]:
    """Return every fact, newest first."""
    facts = [*_moments(way), *_stretches(way), *_people(way, lines)]
    return sorted(facts, key=lambda fact: (fact.place, fact.on, fact.fact.name), reverse=True)


def _moments(way: WayInput) -> Iterator[TallFact]:
    texts = way.texts
    for view in way.opinions:
        when = texts.day(view.on)
        yield TallFact(view.on, view.on, OPINIONS, opinion(view, texts), when, False)
    for event in way.good_news:
        when = texts.day(event.on)
        yield TallFact(event.on, event.on, ROAD, good_news(event, texts), when, False, True)


def _stretches(way: WayInput) -> Iterator[TallFact]:
    for episode in way.away:
        when = way.texts.period(episode.start, episode.end)
        newest = episode.end or way.as_of
        yield TallFact(newest, newest, ROAD, missing(episode, way), when, True)
    for away in way.steps_away:
        when = way.texts.period(away.start, away.end)
        yield TallFact(away.start, away.start, ROAD, step(away, way.texts), when, True)


def _people(way: WayInput, lines: Sequence[Track]) -> Iterator[TallFact]:
    texts = way.texts
    for track in lines:
        person = track.person
        rest = (person.role,) if person.role else ()
        full = name(person, way)
        start = person.start
        fact = Fact(start, texts.joins(person.name), "w6 ink", rest, (), full)
        yield TallFact(start, max(start, way.begins), track.x, fact, texts.day(start), False)
        if is_past(person, way) and person.end is not None:
            fact = Fact(person.end, texts.moves_on(person.name), "ink", (), (), full)
            yield TallFact(person.end, person.end, track.x, fact, texts.day(person.end), False)


def grouped(facts: Sequence[TallFact], days: int) -> list[list[TallFact]]:
    """Return the facts, newest first, with three or more inside so many days made one group."""
    span = timedelta(days=days)
    groups: list[list[TallFact]] = []
    start = 0
    while start < len(facts):
        stop = start + 1
        while stop < len(facts) and facts[start].on - facts[stop].on <= span:
            stop += 1
        if stop - start < CROWD:
            stop = start + 1
        groups.append(list(facts[start:stop]))
        start = stop
    return groups


Memo = dict[tuple[int, bool, bool], list[tuple[str, str]]]


def listed(group: Sequence[TallFact], texts: WayTexts, memo: Memo) -> Block:
    """Return the label of a group: a fact alone, or several listed under their days.

    ``memo`` keeps the broken lines of one picture, so that trying longer windows costs little.
    """
    entries: list[Entry] = []
    y, day = 12.0, None
    shown, kept_back = _shown(group)
    for item in shown:
        named = len(group) > 1 and not item.dated and item.on != day
        if len(group) > 1:
            day = None if item.dated else item.on
        if named and entries:
            y += 5
        known = id(item), len(group) == 1, named
        if known not in memo:
            memo[known] = _said(item, texts, alone=known[1], named=named)
        said = memo[known]
        lines = tuple(
            Words(0, y + LINE * i, words, style) for i, (words, style) in enumerate(said)
        )
        entries.append(Entry(lines, item.fact.name, item.fact.href))
        y += LINE * len(lines) + 3
    if kept_back:
        names = "; ".join(item.fact.name for item in kept_back)
        more = wrap(texts.more, "t14", ROOM, lines=2)
        lines = tuple(Words(0, y + 5 + LINE * i, t, "t14 i2") for i, t in enumerate(more))
        entries.append(Entry(lines, names))
        y += 5 + LINE * len(lines) + 3
    return Block(tuple(entries), ROOM, y - 3 - LINE + 5)


def _shown(group: Sequence[TallFact]) -> tuple[list[TallFact], list[TallFact]]:
    """Return the facts to list, by day, and the older good news to leave to the list below.

    Only good news is ever left out of a label: it alone comes by the dozen, and a missing episode
    or an opinion must not hide behind it.
    """
    news = [item for item in group if item.news]
    kept_back = news[MOST_NEWS:] if len(news) > MOST_NEWS + 1 else []
    hidden = {id(item) for item in kept_back}
    shown = [item for item in group if id(item) not in hidden]
    return sorted(shown, key=lambda item: (-item.on.toordinal(), item.dated)), kept_back


def _said(item: TallFact, texts: WayTexts, *, alone: bool, named: bool) -> list[tuple[str, str]]:
    """Return the lines of a fact as (words, classes), under the name of its day if ``named``."""
    style = f"t15 {item.fact.classes}"
    heads = [(words, style) for words in wrap(item.fact.head, style, ROOM, lines=3)]
    when = item.when if alone or item.dated else ""
    below = [(words, "t14 i2") for words in _below(", ".join(item.fact.rest), when)]
    return [*([(texts.day(item.on), "t14 i2")] if named else []), *heads, *below]


def _below(rest: str, when: str) -> list[str]:
    """Return the lines under a head: on one line with the day when both fit."""
    both = ", ".join(words for words in (rest, when) if words)
    if rest and when and wide(both, "t14") > ROOM:
        return [*wrap(rest, "t14", ROOM, lines=2), *wrap(when, "t14", ROOM, lines=2)]
    return list(wrap(both, "t14", ROOM, lines=2))
