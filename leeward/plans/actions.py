"""Everything that adds to a plan. Each is atomic and audited; no version is ever overwritten.

`by` may be the young person themselves, in their own plan alone. What they typed, no worker
changes: a worker suggests, and they take it or leave it.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from leeward.access.actors import Actor
from leeward.access.rules import NotAllowed, check
from leeward.accounts.models import Worker
from leeward.audit import actions as audit
from leeward.core.agency_time import today
from leeward.people.models import Assignment, YoungPerson
from leeward.people.queries import locked
from leeward.plans.models import (
    Item,
    ItemNews,
    ItemVersion,
    Reader,
    SafetyReview,
    Sees,
    Suggestion,
    SuggestionAnswer,
)
from leeward.plans.queries import PlanPage, newest_of, plan_of
from leeward.plans.sections import PARTS, sections


class ChangedMeanwhile(Exception):
    """Somebody saved a newer version since this form was opened. `newest` holds it."""

    def __init__(self, newest: ItemVersion) -> None:
        super().__init__()
        self.newest = newest


class NothingWritten(ValueError):
    """An item of a plan says something; a step says what happens."""


class NobodyNamed(ValueError):
    """Shared with people they choose: somebody must be chosen."""


class NotOnTheTeam(ValueError):
    """A plan is shared with those who work with the young person today."""


class TheirOwnWords(ValueError):
    """The young person typed this themselves: a worker suggests, and changes nothing."""


class AlreadyAnswered(ValueError):
    """A suggestion is taken or left once."""


@dataclass(frozen=True)
class Shared:
    """Who reads a piece of a plan: `sees` is of Sees, `named` the workers where it is `named`."""

    sees: str = Sees.TEAM.value
    named: Sequence[Worker] = ()


@dataclass(frozen=True)
class Said:
    """What a piece of a plan says: the words; of a step also who does it, and by when."""

    words: str
    who: str = ""
    due_on: dt.date | None = None


def _check(by: Actor, person: YoungPerson) -> None:
    if by.kind != "young_person":
        check(by.role, "file.write")
    elif by.id != person.pk:
        raise NotAllowed("plan.write")
    else:
        check(by.role, "plan.write")


def _writer(by: Actor) -> uuid.UUID | None:
    """The worker who signs; nobody when the young person writes for themselves."""
    return None if by.kind == "young_person" else by.author_id


@transaction.atomic
def write_new(
    *, by: Actor, person: YoungPerson, section: str, said: Said, shared: Shared
) -> ItemVersion:
    """Put something in the plan, exactly as said, under one heading of sections.csv.

    A worker who holds the pen writes what is at least for themselves to read. Raises KeyError,
    NothingWritten, NobodyNamed and NotOnTheTeam.
    """
    _check(by, person)
    locked(person)
    _something(said)
    _may_be_shared(by, person.pk, shared)
    item = Item.objects.create(
        person=person, section_key=sections()[section].key, recorded_by_id=_writer(by)
    )
    row = _write(by, item, 1, said, shared)
    audit.record(by=by, action="plan.write", subject=person.pk)
    return row


@transaction.atomic
def write_together(
    *, by: Actor, person: YoungPerson, words: Mapping[str, str], shared: Shared
) -> list[ItemVersion]:
    """Put several things in the plan at once, by heading. Raises as `write_new` does."""
    return [
        write_new(by=by, person=person, section=section, said=Said(said), shared=shared)
        for section, said in words.items()
    ]


@transaction.atomic
def change(
    *, by: Actor, item: Item, version: int, said: Said, shared: Shared | None = None
) -> ItemVersion:
    """Say it anew, or share it with others, as a new version.

    `version` is the one the form was filled from. Without `shared` it stays with whom it is; only
    the young person changes that. Raises ChangedMeanwhile, TheirOwnWords, NothingWritten,
    NobodyNamed and NotOnTheTeam.
    """
    newest = _for_change(by, item, version)
    _something(said)
    if by.kind != "young_person" or shared is None:
        shared = _as_shared(newest)
    else:
        _may_be_shared(by, item.person_id, shared)
    if _same(newest, said, shared):
        return newest
    row = _write(by, item, newest.number + 1, said, shared)
    audit.record(by=by, action="plan.write", subject=item.person_id)
    return row


@transaction.atomic
def take_out(*, by: Actor, item: Item, version: int) -> ItemVersion:
    """Take it out of the plan. What it said stays in its history, for nobody but its readers.

    Raises ChangedMeanwhile and TheirOwnWords.
    """
    newest = _for_change(by, item, version)
    row = _write(by, item, newest.number + 1, Said(""), _as_shared(newest))
    audit.record(by=by, action="plan.take_out", subject=item.person_id)
    return row


def _for_change(by: Actor, item: Item, version: int) -> ItemVersion:
    _check(by, item.person)
    locked(item.person)
    newest = newest_of(item)
    if by.kind != "young_person" and newest.recorded_by_id is None:
        raise TheirOwnWords
    if newest.number != version:
        raise ChangedMeanwhile(newest)
    return newest


def _something(said: Said) -> None:
    if not said.words.strip():
        raise NothingWritten


def _as_shared(version: ItemVersion) -> Shared:
    return Shared(version.sees, list(version.named.all()))


def _same(version: ItemVersion, said: Said, shared: Shared) -> bool:
    stood = _as_shared(version)
    return (stood.sees, {each.pk for each in stood.named}, said) == (
        shared.sees,
        {each.pk for each in shared.named},
        Said(version.words, version.who, version.due_on),
    )


def _may_be_shared(by: Actor, person_id: uuid.UUID, shared: Shared) -> None:
    """Whom it is shared with by name works with the young person; only they keep things alone."""
    if shared.sees == Sees.ME and by.kind != "young_person":
        raise NotAllowed("plan.write")
    if shared.sees != Sees.NAMED:
        return
    if not shared.named:
        raise NobodyNamed
    team = Assignment.objects.filter(person=person_id, until__isnull=True)
    # Whoever holds the pen reads what they write down: a supervisor is on no team.
    ids = {each.pk for each in shared.named if each.pk != by.id}
    if team.filter(worker__in=ids).values("worker").distinct().count() != len(ids):
        raise NotOnTheTeam


def _write(by: Actor, item: Item, number: int, said: Said, shared: Shared) -> ItemVersion:
    row = ItemVersion.objects.create(
        person_id=item.person_id,
        item=item,
        recorded_by_id=_writer(by),
        number=number,
        sees=Sees(shared.sees).value,
        words=said.words,
        who=said.who,
        due_on=said.due_on,
    )
    if shared.sees == Sees.NAMED:
        for worker in shared.named:
            Reader.objects.create(person_id=item.person_id, version=row, worker=worker)
    return row


# --- How it went ------------------------------------------------------------------------------


@transaction.atomic
def tell_how_it_went(
    *, by: Actor, item: Item, kind: str, words: str = "", on: dt.date | None = None
) -> ItemNews:
    """Say that a step was done, celebrated or let go of. `kind` is one of ItemNews.Kind."""
    _check(by, item.person)
    row = ItemNews.objects.create(
        person_id=item.person_id,
        item=item,
        recorded_by_id=_writer(by),
        kind=ItemNews.Kind(kind).value,
        on=on or today(),
        words=words,
    )
    audit.record(by=by, action="plan.step_news", subject=item.person_id)
    return row


@transaction.atomic
def look_again_on(*, by: Actor, person: YoungPerson, on: dt.date) -> SafetyReview:
    """Choose the day on which they want to look at their safety plan again."""
    _check(by, person)
    row = SafetyReview.objects.create(person=person, recorded_by_id=_writer(by), on=on)
    audit.record(by=by, action="plan.look_again", subject=person.pk)
    return row


@transaction.atomic
def take_copy(*, by: Actor, person: YoungPerson, private: bool) -> PlanPage:
    """All that stands in both parts of their plan, for a copy of their own; recorded as taken.

    Without `private` only what the whole team may read.
    """
    check(by.role, "plan.copy")
    if by.id != person.pk:
        raise NotAllowed("plan.copy")
    plan, safe = (plan_of(by, person, part, private=private) for part in PARTS)
    audit.record(by=by, action="plan.copy", subject=person.pk)
    return replace(plan, sections=[*plan.sections, *safe.sections])


# --- Suggestions ------------------------------------------------------------------------------


@transaction.atomic
def suggest(
    *,
    by: Actor,
    person: YoungPerson,
    section: str,
    words: str,
    why: str = "",
    item: Item | None = None,
) -> Suggestion:
    """Suggest words for the plan: new, or in place of what an item says. Raises NothingWritten."""
    check(by.role, "file.write")
    if not words.strip():
        raise NothingWritten
    row = Suggestion.objects.create(
        person=person,
        item=item,
        section_key=item.section_key if item else sections()[section].key,
        words=words,
        why=why,
        recorded_by_id=by.author_id,
    )
    audit.record(by=by, action="plan.suggest", subject=person.pk)
    return row


@transaction.atomic
def answer_suggestion(
    *, by: Actor, suggestion: Suggestion, took: bool, shared: Shared | None = None
) -> SuggestionAnswer:
    """Take it, and it is in the plan as if they had typed it; or leave it, without a reason.

    `shared` says who reads something new that they take; what it changes stays with whom it is.
    Raises AlreadyAnswered.
    """
    _check(by, suggestion.person)
    if by.kind != "young_person":
        raise NotAllowed("plan.write")
    if took and suggestion.item_id is None:
        _may_be_shared(by, suggestion.person_id, shared or Shared())
    locked(suggestion.person)
    if SuggestionAnswer.objects.filter(suggestion=suggestion).exists():
        raise AlreadyAnswered
    row = SuggestionAnswer.objects.create(
        person_id=suggestion.person_id, suggestion=suggestion, took=took
    )
    if took:
        _take(by, suggestion, shared or Shared())
    audit.record(by=by, action="plan.answer", subject=suggestion.person_id)
    return row


def _take(by: Actor, suggestion: Suggestion, shared: Shared) -> None:
    item = suggestion.item
    if item is None:
        item = Item.objects.create(
            person_id=suggestion.person_id, section_key=suggestion.section_key
        )
        _write(by, item, 1, Said(suggestion.words), shared)
        return
    newest = newest_of(item)
    said = Said(suggestion.words, newest.who, newest.due_on)
    _write(by, item, newest.number + 1, said, _as_shared(newest))
