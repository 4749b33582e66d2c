"""Releasing a note to the young person, taking it back, and their own side. Each is atomic and
audited; nothing is overwritten."""

import uuid
from collections.abc import Mapping

from django.db import transaction

from leeward.access.actors import Actor
from leeward.access.rules import NotAllowed, check
from leeward.audit import actions as audit
from leeward.entry.models import Entry
from leeward.missing.models import StepNews
from leeward.observations.models import Observation
from leeward.people.models import YoungPerson
from leeward.people.queries import locked
from leeward.releases import rules
from leeward.releases.models import Release, Side, StepRelease
from leeward.releases.queries import is_released, newest_release, newest_side, was_released


class NotOffered(ValueError):
    """Released to My space: there must be one."""


class CorrectedSince(ValueError):
    """A note that was corrected is not released: the one that stands is."""


class NotReleased(ValueError):
    """The note is not, or was never, theirs to read in My space."""


class NothingWritten(ValueError):
    """A side says something."""


class ChangedMeanwhile(Exception):
    """They saved a newer one in another place. `newest` holds it."""

    def __init__(self, newest: Side | None) -> None:
        super().__init__()
        self.newest = newest


@transaction.atomic
def release(*, by: Actor, note: Observation, answers: Mapping[str, str]) -> Release:
    """Keep a worker's three answers, and release the note if each of them is a plain no.

    `answers` holds one of `rules.ANSWERS` for each of `rules.QUESTIONS`; any other than no keeps
    the note from every device, also where it was released before. Raises NotOffered,
    CorrectedSince, and ValueError for an answer that there is not.
    """
    check(by.role, "note.release")
    given = {each: str(answers.get(each)) for each in rules.QUESTIONS}
    if not set(given.values()) <= set(rules.ANSWERS):
        raise ValueError(given)
    locked(note.person)
    if not Entry.objects.filter(person=note.person_id).exists():
        raise NotOffered
    if Observation.objects.filter(corrects=note).exists():
        raise CorrectedSince
    kind = Release.Kind.RELEASED if rules.may_go(given) else Release.Kind.NOT_NOW
    return _decide(by, note, kind, given)


@transaction.atomic
def take_back(*, by: Actor, note: Observation) -> Release:
    """The note is not read in My space from now on. What they wrote beside it stays.

    Raises NotReleased.
    """
    check(by.role, "note.release")
    locked(note.person)
    if not is_released(note.person, note.pk):
        raise NotReleased
    return _decide(by, note, Release.Kind.TAKEN_BACK, None)


def _decide(
    by: Actor, note: Observation, kind: Release.Kind, answers: Mapping[str, str] | None
) -> Release:
    newest = newest_release(note)
    row = Release.objects.create(
        person_id=note.person_id,
        note=note,
        recorded_by_id=by.author_id,
        number=newest.number + 1 if newest else 1,
        kind=kind.value,
        answers=answers,
    )
    audit.record(by=by, action="note.release", subject=note.person_id, purpose=kind.value)
    return row


@transaction.atomic
def release_step(*, by: Actor, step: StepNews, answers: Mapping[str, str]) -> StepRelease:
    """The same for one step while they were missing: whom one told, when, under which number.

    Raises NotOffered, and ValueError for an answer that there is not.
    """
    check(by.role, "note.release")
    given = {each: str(answers.get(each)) for each in rules.QUESTIONS}
    if not set(given.values()) <= set(rules.ANSWERS):
        raise ValueError(given)
    locked(step.person)
    if not Entry.objects.filter(person=step.person_id).exists():
        raise NotOffered
    kind = Release.Kind.RELEASED if rules.may_go(given) else Release.Kind.NOT_NOW
    return _decide_step(by, step, kind, given)


@transaction.atomic
def take_back_step(*, by: Actor, step: StepNews) -> StepRelease:
    """The step is not read in My space from now on. Raises NotReleased."""
    check(by.role, "note.release")
    locked(step.person)
    if not StepRelease.objects.standing().filter(step=step).exists():
        raise NotReleased
    return _decide_step(by, step, Release.Kind.TAKEN_BACK, None)


def _decide_step(
    by: Actor, step: StepNews, kind: Release.Kind, answers: Mapping[str, str] | None
) -> StepRelease:
    newest = StepRelease.objects.filter(step=step).order_by("-number").first()
    row = StepRelease.objects.create(
        person_id=step.person_id,
        step=step,
        recorded_by_id=by.author_id,
        number=newest.number + 1 if newest else 1,
        kind=kind.value,
        answers=answers,
    )
    audit.record(by=by, action="step.release", subject=step.person_id, purpose=kind.value)
    return row


@transaction.atomic
def write_side(
    *, by: Actor, person: YoungPerson, note_id: uuid.UUID, version: int, words: str
) -> Side:
    """The young person says their side of a note, exactly so, as a new version.

    `version` is the one the form was filled from, 0 for none. They may still say it, or change it,
    where the release was taken back since: they have read the note. Raises NotReleased,
    NothingWritten and ChangedMeanwhile.
    """
    check(by.role, "file.answer")
    if by.kind != "young_person" or by.id != person.pk:
        raise NotAllowed("file.answer")
    locked(person)
    newest = newest_side(person, note_id)
    if not was_released(person, note_id):
        raise NotReleased
    if not words.strip():
        raise NothingWritten
    if version != (newest.number if newest else 0):
        raise ChangedMeanwhile(newest)
    if newest and newest.words == words:
        return newest
    row = Side.objects.create(person=person, note_id=note_id, number=version + 1, words=words)
    audit.record(by=by, action="file.answer", subject=person.pk)
    return row
