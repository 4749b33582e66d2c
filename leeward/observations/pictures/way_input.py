"""What the way is drawn from, and what it says in words. Plain data: no model, no clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

OpinionKind = Literal["worker", "second", "own_view", "resolved"]
LineKind = Literal[
    "good_news", "worker", "second", "own_view", "resolved", "missing", "step", "companion"
]


@dataclass(frozen=True)
class Event:
    """Good news. ``own``: the label is the young person's own words, with its quotation marks."""

    on: date
    label: str
    href: str
    own: bool


@dataclass(frozen=True)
class OpinionEvent:
    """An opinion. In an own view, ``stage_name`` is what the young person said, as shown."""

    on: date
    stage_name: str
    by: str
    confidence: str
    kind: OpinionKind
    href: str


@dataclass(frozen=True)
class AwayEpisode:
    """A missing episode; without an end it is still open."""

    start: date
    end: date | None
    href: str = ""


@dataclass(frozen=True)
class StepAway:
    """A step away; without an end it is going on. ``days_text`` is its length in words."""

    start: date
    end: date | None
    label: str
    days_text: str


@dataclass(frozen=True)
class Companion:
    """Someone who walks alongside. ``first``: the anchor, drawn nearest the road."""

    name: str
    role: str
    start: date
    end: date | None
    first: bool


@dataclass(frozen=True)
class WayTexts:
    """Every word on the way, already translated.

    ``now`` and ``day`` write a day in full; ``month`` is a month's short name ("Nov"),
    ``month_year`` the same with its year. ``period`` writes two days, or one when the second is
    None ("since 2025-10-30"). ``missing_days`` is given the days and whether the episode is open
    ("missing 3 days"; 0 means back the same day). ``until`` is given a name and a day. ``kinds``
    has a word or two for every LineKind.
    """

    title: str
    strip_title: str
    good_news: str
    alongside: str
    road: str
    missing: str
    opinions: str
    pulled_back: str
    more: str
    now_short: str
    now: Callable[[date], str]
    day: Callable[[date], str]
    month: Callable[[date], str]
    month_year: Callable[[date], str]
    period: Callable[[date, date | None], str]
    missing_days: Callable[[int, bool], str]
    joins: Callable[[str], str]
    moves_on: Callable[[str], str]
    until: Callable[[str, date], str]
    kinds: Mapping[str, str]


@dataclass(frozen=True)
class WayInput:
    """One young person's way up to one day. Facts before ``start`` move the start back to them."""

    start: date
    as_of: date
    texts: WayTexts = field(hash=False)
    good_news: tuple[Event, ...] = ()
    opinions: tuple[OpinionEvent, ...] = ()
    away: tuple[AwayEpisode, ...] = ()
    steps_away: tuple[StepAway, ...] = ()
    companions: tuple[Companion, ...] = ()

    @property
    def begins(self) -> date:
        """Return the first day of the road.

        A companion may have been there long before: their line then comes in from the edge.
        """
        days = [self.start, self.as_of]
        days += [event.on for event in self.good_news]
        days += [opinion.on for opinion in self.opinions]
        days += [episode.start for episode in self.away]
        days += [step.start for step in self.steps_away]
        days += [person.end for person in self.companions if person.end is not None]
        return min(days)

    def pulled_back(self, episode: AwayEpisode) -> bool:
        """Return whether a step away ended on the day an episode began."""
        return any(step.end == episode.start for step in self.steps_away)

    def missing_words(self, episode: AwayEpisode) -> str:
        """Return how long someone was missing, in words."""
        until = self.as_of if episode.end is None else episode.end
        return self.texts.missing_days(max((until - episode.start).days, 0), episode.end is None)


def detail(opinion: OpinionEvent, texts: WayTexts) -> tuple[str, ...]:
    """Return what stands under an opinion: who, what kind unless a worker's own, how sure."""
    kind = "" if opinion.kind == "worker" else texts.kinds[opinion.kind]
    return tuple(words for words in (opinion.by, kind, opinion.confidence) if words)
