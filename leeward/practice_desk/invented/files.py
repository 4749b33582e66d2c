"""One invented file in memory: the rows of one person, not yet kept, and its reading on a day."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model

from leeward.drafts.models import Draft
from leeward.legal.models import Duty, DutyAnswer
from leeward.missing.models import Episode, EpisodeNote, ReturnTalk, StepNews
from leeward.observations import rules
from leeward.observations.models import Explanation, Observation, Opinion, Pin, Resolution
from leeward.observations.queries import current_model
from leeward.people.models import (
    Assignment,
    Contact,
    Description,
    FileEvent,
    OwnWords,
    SafeContact,
    Strength,
    YoungPerson,
)
from leeward.placements.models import Placement
from leeward.plans.models import Item, ItemNews, ItemVersion, Reader, Suggestion
from leeward.practice_model import record as notes
from leeward.practice_model.dates import PartialDate
from leeward.relationships.models import Advocacy, AdvocacyNews, Anchor, Tie, TieVersion

# Rows that keep the order in which they were written.
Written = TypeVar("Written", Observation, Strength)


@dataclass
class File:
    """Everything one invented person brings, in the order in which it may be kept."""

    person: YoungPerson
    events: list[FileEvent] = field(default_factory=list)
    team: list[Assignment] = field(default_factory=list)
    strengths: list[Strength] = field(default_factory=list)
    own_words: list[OwnWords] = field(default_factory=list)
    safe_contacts: list[SafeContact] = field(default_factory=list)
    descriptions: list[Description] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    step_news: list[StepNews] = field(default_factory=list)
    episode_notes: list[EpisodeNote] = field(default_factory=list)
    talks: list[ReturnTalk] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    explanations: list[Explanation] = field(default_factory=list)
    pins: list[Pin] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    answers: list[DutyAnswer] = field(default_factory=list)
    opinions: list[Opinion] = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    item_versions: list[ItemVersion] = field(default_factory=list)
    readers: list[Reader] = field(default_factory=list)
    news: list[ItemNews] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    tie_versions: list[TieVersion] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    advocacy: list[Advocacy] = field(default_factory=list)
    advocacy_news: list[AdvocacyNews] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    # What each duty was opened by, in memory: in the database only a blind token says so.
    opened_by: dict[Any, Observation] = field(default_factory=dict)

    def rows(self) -> Iterator[list[Model]]:
        """Its rows, one list a model, those that others point at first."""
        yield [self.person]
        for name in ROWS:
            yield getattr(self, name)

    def names(self) -> list[str]:
        """Every name the person goes by."""
        return [self.person.name_used, *(self.person.other_names or [])]


ROWS = (
    "events team strengths own_words safe_contacts descriptions placements contacts episodes"
    " step_news episode_notes talks"
    " observations explanations pins duties answers opinions resolutions items item_versions"
    " readers news suggestions ties tie_versions anchors advocacy advocacy_news drafts"
).split()


def record_on(file: File, day: dt.date) -> notes.Record:
    """The record a reading of that day is made from: what `queries.parsed_record` would find."""
    known = [one for one in _in_order(file.observations) if one.recorded_at.date() <= day]
    given = sorted(file.opinions, key=lambda one: (one.on, one.recorded_at, one.id))
    return notes.Record(
        model=current_model().version,
        as_of=day,
        born=_date(file.person.born),
        strengths=tuple(
            one.text for one in _in_order(file.strengths) if one.recorded_at.date() <= day
        ),
        opinions=tuple(
            notes.Opinion(
                _date(one.on.isoformat()), str(one.recorded_by_id), one.stage or None, one.reasons
            )
            for one in given
            if one.on <= day
        ),
        observations=tuple(_note(file, one, day) for one in known),
        away=tuple((one.since, one.until) for one in file.episodes if one.since <= day),
    )


def reading_on(file: File, day: dt.date) -> dict[str, Any]:
    """The reading of that day with the law laid over it, as it is kept beside an opinion."""
    return rules.read_with_law(record_on(file, day), current_model())


def _in_order(rows: Iterable[Written]) -> list[Written]:
    return sorted(rows, key=lambda row: (row.recorded_at, row.id))


def _date(text: str) -> PartialDate | None:
    return PartialDate.from_text(text) if text else None


def _note(file: File, one: Observation, day: dt.date) -> notes.Observation:
    harm = one.harm or {}
    return notes.Observation(
        id=str(one.id),
        on=_date(one.on),
        source=one.source,
        by=str(one.recorded_by_id),
        # A reading never looks at the words.
        text="",
        findings=tuple((one.findings or {}).items()),
        harm=harm.get("level", "none"),
        about=harm.get("about", "self"),
        other_child_age=harm.get("other_child_age"),
        recorded=one.recorded_at.date(),
        corrects=str(one.corrects_id) if one.corrects_id else None,
        explained=_explained(file, one, day),
        answered=tuple(_answers(file, one)) if harm else (),
    )


def _explained(file: File, one: Observation, day: dt.date) -> notes.Explanation | None:
    for each in file.explanations:
        if each.observation_id == one.id and each.on <= day and each.recorded_at.date() <= day:
            covers = frozenset(each.indicators) if each.indicators else None
            return notes.Explanation(_date(each.on.isoformat()), each.how, covers)
    return None


def _answers(file: File, one: Observation) -> Iterator[notes.Answer]:
    opened = {duty.id: duty for duty in file.duties if file.opened_by[duty.id] is one}
    for each in file.answers:
        if each.duty_id in opened:
            about = "self" if opened[each.duty_id].person_id else "another_child"
            yield notes.Answer(_date(each.on.isoformat()), about, each.outcome, each.reasons)
