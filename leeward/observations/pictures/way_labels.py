"""The labels of the way: what each says, alone or in a list, and how it is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from leeward.core.drawing import svg
from leeward.core.drawing.measure import shorten, wide, wrap
from leeward.observations.pictures.labels import Block, Entry, Words
from leeward.observations.pictures.way_input import (
    AwayEpisode,
    Event,
    OpinionEvent,
    StepAway,
    WayInput,
    WayTexts,
    detail,
)

LINE = 17.0
ROOM = 200.0  # px for the words of a label that stands alone
LIST_ROOM = 232.0  # px for a block that lists several
MOST_LISTED = 8


@dataclass(frozen=True)
class Fact:
    """A fact with a label: its day, its head and the lines below, its full name and its link.

    ``extra`` lines are shown only when the label stands alone.
    """

    on: date
    head: str
    classes: str
    rest: tuple[str, ...]
    extra: tuple[str, ...]
    name: str
    href: str = ""


def full_name(when: str, kind: str, parts: Sequence[str]) -> str:
    """Return a fact's full name: day, kind, and all its words."""
    return ", ".join(part for part in (when, kind, *parts) if part)


def good_news(event: Event, texts: WayTexts) -> Fact:
    """Return good news as a fact with a label."""
    day = texts.day(event.on)
    pen = " pen" if event.own else ""
    name = full_name(day, texts.kinds["good_news"], [event.label])
    return Fact(event.on, event.label, f"w6 ink{pen}", (), (day,), name, event.href)


def opinion(view: OpinionEvent, texts: WayTexts) -> Fact:
    """Return an opinion as a fact with a label."""
    pen = " pen" if view.kind == "own_view" else ""
    rest = detail(view, texts)
    name = full_name(
        texts.day(view.on), texts.kinds[view.kind], [view.stage_name, view.by, view.confidence]
    )
    return Fact(view.on, view.stage_name, f"w7 ink{pen}", rest, (), name, view.href)


def missing(episode: AwayEpisode, way: WayInput) -> Fact:
    """Return a missing episode as a fact with a label."""
    texts = way.texts
    words = way.missing_words(episode)
    back = (texts.pulled_back,) if way.pulled_back(episode) else ()
    period = texts.period(episode.start, episode.end)
    name = full_name(period, texts.kinds["missing"], [words, *back])
    return Fact(episode.start, words, "w6 ink", back, (), name, episode.href)


def step(away: StepAway, texts: WayTexts) -> Fact:
    """Return a step away as a fact with a label."""
    period = texts.period(away.start, away.end)
    name = full_name(period, texts.kinds["step"], [away.label, away.days_text])
    rest = (away.days_text,) if away.days_text else ()
    return Fact(away.start, away.label, "w7 ink", rest, (), name)


def block(facts: Sequence[Fact], texts: WayTexts, *, head: str = "t14") -> Block:
    """Return the label of one fact, or one block that lists several, newest first.

    ``head``: the size of a head that stands alone.
    """
    if len(facts) == 1:
        return _alone(facts[0], head)
    newest = sorted(facts, key=lambda fact: fact.on, reverse=True)
    listed = newest if len(newest) <= MOST_LISTED else newest[: MOST_LISTED - 1]
    indent = max(wide(texts.day(fact.on), "t13") for fact in listed) + 8
    entries, y = [], 10.0
    for fact in listed:
        lines, y = _listed(fact, texts, indent, y)
        entries.append(Entry(lines, fact.name, fact.href))
    if len(listed) < len(newest):
        words = shorten(texts.more, "t13 i2", LIST_ROOM)
        name = "; ".join(fact.name for fact in newest[len(listed) :])
        entries.append(Entry((Words(0, y, words, "t13 i2"),), name))
        y += LINE
    return _bounded(entries, y)


def _alone(fact: Fact, size: str) -> Block:
    heads = wrap(fact.head, f"{size} {fact.classes}", ROOM, lines=2)
    texts = [(words, f"{size} {fact.classes}") for words in heads]
    texts += [(shorten(words, "t13 i2", ROOM), "t13 i2") for words in (*fact.rest, *fact.extra)]
    lines = tuple(
        Words(0, 10 + LINE * index, words, classes) for index, (words, classes) in enumerate(texts)
    )
    return _bounded([Entry(lines, fact.name, fact.href)], 10 + LINE * len(lines))


def _listed(
    fact: Fact, texts: WayTexts, indent: float, y: float
) -> tuple[tuple[Words, ...], float]:
    head = f"t13 {fact.classes}"
    lines = [
        Words(0, y, texts.day(fact.on), "t13 i2"),
        Words(indent, y, shorten(fact.head, head, LIST_ROOM - indent), head),
    ]
    if fact.rest:
        y += LINE - 1
        rest = shorten(", ".join(fact.rest), "t13 i2", LIST_ROOM - indent)
        lines.append(Words(indent, y, rest, "t13 i2"))
    return tuple(lines), y + LINE + 2


def _bounded(entries: list[Entry], after: float) -> Block:
    """Return the block of these entries; ``after`` is where a next baseline would stand."""
    right = max(
        (line.x + wide(line.words, line.classes) for entry in entries for line in entry.lines),
        default=0.0,
    )
    return Block(tuple(entries), right, after - LINE + 4)


def draw(label: Block, x: float, y: float) -> str:
    """Return the label with its top left corner at x, y; each entry links to what it names."""
    return "".join(_entry(entry, x, y) for entry in label.entries)


def _entry(entry: Entry, x: float, y: float) -> str:
    inner = "".join(
        svg.text(x + line.x, y + line.y, line.words, f"{line.classes} halo")
        for line in entry.lines
    )
    if not entry.href or not entry.lines:
        return svg.titled(entry.name, inner)
    left = min(line.x for line in entry.lines)
    right = max(line.x + wide(line.words, line.classes) for line in entry.lines)
    top, low = entry.lines[0].y, entry.lines[-1].y
    hit = svg.rect(
        x + left - 4, y + top - 14, right - left + 8, low - top + 19, "cellhit", radius=4
    )
    return svg.link(entry.href, entry.name, hit + inner)
