"""The way in words: one line for each fact, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from leeward.observations.pictures.way_input import LineKind, WayInput, detail


@dataclass(frozen=True)
class WayLine:
    """A fact of the way. ``until`` is None for a moment, and for what is going on."""

    on: date
    until: date | None
    kind: LineKind
    kind_words: str
    text: str
    href: str = ""


def as_list(way: WayInput) -> list[WayLine]:
    """Return every fact the pictures show, newest first."""
    return sorted(_lines(way), key=lambda line: line.on, reverse=True)


def _lines(way: WayInput) -> Iterator[WayLine]:
    words = way.texts.kinds
    for view in way.opinions:
        said = ", ".join((view.stage_name, *detail(view, way.texts)))
        yield WayLine(view.on, None, view.kind, words[view.kind], said, view.href)
    for episode in way.away:
        text = way.missing_words(episode)
        if way.pulled_back(episode):
            text = f"{text} ({way.texts.pulled_back})"
        yield WayLine(episode.start, episode.end, "missing", words["missing"], text, episode.href)
    for event in way.good_news:
        yield WayLine(event.on, None, "good_news", words["good_news"], event.label, event.href)
    for step in way.steps_away:
        said = ", ".join(part for part in (step.label, step.days_text) if part)
        yield WayLine(step.start, step.end, "step", words["step"], said)
    for person in way.companions:
        said = ", ".join(part for part in (person.name, person.role) if part)
        yield WayLine(person.start, person.end, "companion", words["companion"], said)
