"""The overview, the way and the timeline of one young person."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.core.agency_time import today
from leeward.legal.models import Duty
from leeward.legal.queries import duties_about
from leeward.missing.models import Episode
from leeward.missing.queries import episodes
from leeward.observations.models import Observation, Opinion
from leeward.observations.queries import (
    current_model,
    latest_words,
    observations_of,
    opinions_of,
    standing_opinions,
    timeline,
)
from leeward.observations.sources import Entry
from leeward.observations.steps_away import Step, steps_away
from leeward.people.covering.models import Cover
from leeward.people.covering.queries import covers_at
from leeward.people.models import Assignment, Strength, YoungPerson
from leeward.people.queries import all_assignments, strengths
from leeward.plans.queries import PlanPage, Shown, plan_of

ON_ONE_PAGE = 50


@dataclass(frozen=True)
class Way:
    """Everything dated that the way is drawn from."""

    start: dt.date
    good_news: list[Observation]
    opinions: list[Opinion]
    episodes: list[Episode]
    steps: list[Step]
    companions: list[Assignment]


def way_of(person: YoungPerson, opinions: list[Opinion] | None = None) -> Way:
    """What happened on the way, in a fixed number of queries."""
    given = opinions_of(person) if opinions is None else opinions
    stages = current_model().stages
    away = episodes(person)
    named = [(each.on, stages[each.stage].role) for each in given if each.stage in stages]
    good_news = [
        row
        for row in observations_of(person).filter(good_news__isnull=False)
        if not hasattr(row, "corrected_by")
    ]
    companions = all_assignments(person)
    starts = [each.since for each in companions] + [row.sort_on for row in good_news]
    starts += [each.on for each in given] + [each.since for each in away]
    return Way(
        start=min(starts, default=today()),
        good_news=good_news,
        opinions=given,
        episodes=away,
        steps=steps_away(named, [(each.since, each.until) for each in away]),
        companions=companions,
    )


@dataclass(frozen=True)
class Due:
    """One thing that is due about a person: a day (None: now), what, and more about it."""

    on: dt.date | None
    kind: str
    item: Any


@dataclass(frozen=True)
class Overview:
    """What a worker needs to know in ten seconds, strengths first."""

    words: tuple[str, dt.date, str] | None
    strengths: list[Strength]
    plan: PlanPage
    way: Way
    due: list[Due]
    team: list[Assignment]
    standing: list[Opinion]
    covers: list[Cover]


def overview_of(actor: Actor, person: YoungPerson) -> Overview:
    """The overview, in a fixed number of queries."""
    opinions = opinions_of(person)
    standing = standing_opinions(opinions)
    plan = plan_of(actor, person)
    way = way_of(person, opinions)
    duties = [duty for duty in duties_about(person) if duty.answered_at is None]
    return Overview(
        words=latest_words(person),
        strengths=strengths(person),
        plan=plan,
        way=way,
        due=_due(duties, plan.open_steps, standing, actor),
        team=[each for each in way.companions if each.until is None],
        standing=standing,
        covers=covers_at(person),
    )


def _due(
    duties: Iterable[Duty], steps: Iterable[Shown], standing: Iterable[Opinion], actor: Actor
) -> list[Due]:
    """Duties first, then what has a day, soonest first."""
    dated = [Due(step.due_on, "step", step) for step in steps if step.due_on]
    dated += [
        Due(opinion.review_on, "review", opinion)
        for opinion in standing
        if opinion.review_on and opinion.recorded_by_id == actor.id
    ]
    dated.sort(key=lambda each: each.on or dt.date.max)
    return [Due(None, "duty", duty) for duty in duties] + dated


@dataclass(frozen=True)
class Filters:
    """What a timeline shows. Empty means everything."""

    kind: str = ""
    thread: str = ""
    author: str = ""
    since: str = ""
    until: str = ""
    known_on: str = ""
    pinned: bool = False


@dataclass(frozen=True)
class TimelinePage:
    """One page of a timeline, and what it can be filtered by."""

    page: "Page[Entry]"
    kinds: list[str]
    threads: list[str]
    authors: list[tuple[str, str]]


def timeline_page(person: YoungPerson, filters: Filters, number: int = 1) -> TimelinePage:
    """The timeline, newest first. Chips offer only what the file holds."""
    entries = timeline(person)
    shown = [each for each in entries if _fits(each, filters)]
    kinds = list(dict.fromkeys(each.kind for each in entries))
    present = {thread for each in entries for thread in each.threads}
    authors = {str(each.author_id): each.author for each in entries if each.author_id}
    return TimelinePage(
        page=Paginator(shown, ON_ONE_PAGE).get_page(number),
        kinds=sorted(kinds),
        threads=[each for each in current_model().threads if each in present],
        authors=sorted(authors.items(), key=lambda pair: pair[1]),
    )


def _fits(entry: Entry, filters: Filters) -> bool:
    day, known = entry.on.isoformat(), timezone.localdate(entry.recorded_at).isoformat()
    return all(
        (
            not filters.kind or entry.kind == filters.kind,
            not filters.thread or filters.thread in entry.threads,
            not filters.author or str(entry.author_id) == filters.author,
            not filters.since or day >= filters.since,
            not filters.until or day <= filters.until,
            not filters.known_on or known <= filters.known_on,
            not filters.pinned or is_pinned(entry.item),
        )
    )


def is_pinned(item: Any) -> bool:
    """Whether an observation is on the chronology now: its newest pin says so."""
    if not isinstance(item, Observation):
        return False
    pins = list(item.pins.all())
    return bool(pins) and pins[-1].pinned
