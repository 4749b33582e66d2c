"""Asking for a copy or a correction, giving it more days, answering it, and their statement.

`by` may be the young person themselves, about their own file alone, or a worker who writes down
what they say. Each is atomic and audited; nothing is overwritten.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.access.rules import NotAllowed, check
from leeward.audit import actions as audit
from leeward.core.agency_time import today
from leeward.law.requests import NoSuchExtension, days_of, may_extend, received_on
from leeward.legal.queries import agreed_changes, rules_at
from leeward.notices.actions import tell
from leeward.notices.models import Notice
from leeward.observations.models import Observation
from leeward.people.covering.queries import covering
from leeward.people.models import DetailsChange, YoungPerson
from leeward.people.queries import locked, team
from leeward.requests.kinds import ASKED, How, Kind
from leeward.requests.models import Answer, Copy, Extension, FileRequest, Statement
from leeward.requests.queries import (
    Standing,
    newest_statement,
    open_requests,
    people_of,
    standing,
)


class WordsMissing(ValueError):
    """A correction says which words, and what they say instead; a notice and a no say why."""


class AskedAlready(Exception):
    """A copy was asked for, and waits for its answer."""


class NotYetReceived(ValueError):
    """Nothing is received on a day that has not come."""


class Ended(Exception):
    """It was answered, or taken back."""


class NoMoreDays(Exception):
    """It was given more days before, or its last day is over."""


class AnotherFile(ValueError):
    """A note, a correction or a change that stands in another file."""


class NothingToDisagreeWith(Exception):
    """A statement is for a correction that was not made."""


class ChangedMeanwhile(Exception):
    """They saved a newer statement in another place. `newest` holds it."""

    def __init__(self, newest: Statement | None) -> None:
        super().__init__()
        self.newest = newest


@dataclass(frozen=True)
class Asked:
    """What they ask: `words` and `instead` of a correction, and perhaps why and which note."""

    kind: str
    words: str = ""
    instead: str = ""
    why: str = ""
    note: Observation | None = None


def _check(by: Actor, person: YoungPerson, own: str, worker: str) -> None:
    """Raise NotAllowed unless this is their own file, or a worker who may do this."""
    if by.kind == "young_person":
        check(by.role, own)
        if by.id != person.pk:
            raise NotAllowed(own)
    else:
        check(by.role, worker)


def _writer(by: Actor) -> uuid.UUID | None:
    return None if by.kind == "young_person" else by.author_id


@transaction.atomic
def ask(
    *, by: Actor, person: YoungPerson, asked: Asked, how: str = "", on: dt.date | None = None
) -> FileRequest:
    """Keep what a young person asks of their file, and tell whoever works with them.

    In My space it is received now, in the zone of their agency; a worker says `how` it came and
    `on` which day it was received. Raises WordsMissing, AskedAlready, NotYetReceived, AnotherFile.
    """
    _check(by, person, "request.ask", "request.write")
    kind = Kind(asked.kind)
    if kind == Kind.CORRECTION and not (asked.words.strip() and asked.instead.strip()):
        raise WordsMissing
    if asked.note and asked.note.person_id != person.pk:
        raise AnotherFile
    person = locked(person)
    now = received_on(timezone.now(), person.agency.time_zone)
    own = by.kind == "young_person"
    received = now if own or on is None else on
    if received > now:
        raise NotYetReceived
    row = FileRequest(
        person=person,
        recorded_by_id=_writer(by),
        kind=kind.value,
        how=How.SPACE.value if own else How(how).value,
        received_on=received,
        note=asked.note,
        words=asked.words or None,
        instead=asked.instead or None,
        why=asked.why or None,
    )
    if kind == Kind.COPY and _copy_waits(person):
        raise AskedAlready
    row.save(force_insert=True)
    for worker_id in _to_be_told(person) - {by.id} - _told_already(person):
        tell(
            by=by,
            agency_id=person.agency_id,
            kind=ASKED.name,
            to_worker=worker_id,
            about=person.pk,
        )
    audit.record(by=by, action="request.ask", subject=person.pk, purpose=kind.value)
    return row


def _copy_waits(person: YoungPerson) -> bool:
    return FileRequest.objects.open().filter(person=person, kind=Kind.COPY.value).exists()


def _to_be_told(person: YoungPerson) -> set[uuid.UUID]:
    """Who works with them, who supervises those, and who covers for one of them; a supervisor
    answers for a team of nobody."""
    workers = [each.worker for each in team(person) if each.worker.is_active]
    above = {each.supervised_by_id for each in workers if each.supervised_by_id}
    return {each.pk for each in workers} | above | covering(person)


def _told_already(person: YoungPerson) -> set[uuid.UUID | None]:
    """Who has yet to read that this young person asks something: once is enough."""
    rows = Notice.objects.open().filter(kind=ASKED.name, about=person.pk)
    return set(rows.values_list("to_worker_id", flat=True))


def _waiting(row: FileRequest) -> FileRequest:
    """The request, held by this transaction. Raises Ended."""
    held: FileRequest = FileRequest.objects.select_for_update().get(pk=row.pk)
    if held.answered_at is not None:
        raise Ended
    return held


@transaction.atomic
def extend(
    *, by: Actor, request: FileRequest, days: int, reason: str, told_on: dt.date
) -> Extension:
    """Give it more days, once, with the notice that went to them on `told_on` and says why.

    Raises Ended, WordsMissing, NoMoreDays, and NoSuchExtension for more days than the law has, or
    the agency's own stricter rules.
    """
    check(by.role, "request.answer")
    held = _waiting(request)
    if not reason.strip():
        raise WordsMissing
    changes = agreed_changes(by.own_agency_id)
    if not 1 <= days <= days_of("extension", rules_at(changes).rules):
        raise NoSuchExtension(days)
    given = Extension.objects.filter(request=held).exists()
    now = standing(held, changes).clock
    if given or not may_extend(now) or not held.received_on <= told_on <= today():
        raise NoMoreDays
    row = Extension.objects.create(
        person_id=held.person_id,
        request=held,
        recorded_by_id=by.author_id,
        days=days,
        told_on=told_on,
        reason=reason,
    )
    audit.record(by=by, action="request.extend", subject=held.person_id)
    return row


@dataclass(frozen=True)
class Made:
    """How a correction was made: the note that corrects, or the change of the details, or, where
    it is elsewhere in the file, words that say where."""

    correction: Observation | None = None
    details: DetailsChange | None = None
    where: str = ""


@transaction.atomic
def make_correction(
    *, by: Actor, request: FileRequest, made: Made, note: Observation | None = None
) -> Answer:
    """Say that the correction was made, and where it stands. Raises Ended, WordsMissing when it
    points nowhere, AnotherFile, and TypeError for a request for a copy."""
    check(by.role, "request.answer")
    held = _correction(request)
    if not (made.correction or made.details or made.where.strip()):
        raise WordsMissing
    _check_of_file(held, note, made.correction, made.details)
    corrected = made.correction.corrects if made.correction else None
    return _answer(
        by,
        held,
        Answer.Outcome.MADE,
        note=note or corrected,
        correction=made.correction,
        details=made.details,
        reasons=made.where or None,
    )


@transaction.atomic
def refuse_correction(
    *, by: Actor, request: FileRequest, reasons: str, note: Observation | None = None
) -> Answer:
    """Say that it was not made, and why; `note` is the record that it is about, if it is a note.

    They may then add a statement. Raises Ended, WordsMissing, AnotherFile and TypeError as above.
    """
    check(by.role, "request.answer")
    held = _correction(request)
    if not reasons.strip():
        raise WordsMissing
    _check_of_file(held, note)
    return _answer(by, held, Answer.Outcome.NOT_MADE, note=note, reasons=reasons)


def _correction(request: FileRequest) -> FileRequest:
    if request.kind != Kind.CORRECTION:
        raise TypeError(request.kind)
    return _waiting(request)


def _check_of_file(request: FileRequest, *rows: Observation | DetailsChange | None) -> None:
    if any(row and row.person_id != request.person_id for row in rows):
        raise AnotherFile


def _answer(by: Actor, held: FileRequest, outcome: Answer.Outcome, **more: object) -> Answer:
    row = Answer.objects.create(
        person_id=held.person_id,
        request=held,
        recorded_by_id=_writer(by),
        outcome=outcome.value,
        on=today(),
        **more,
    )
    FileRequest.objects.filter(pk=held.pk).update(answered_at=row.recorded_at)
    audit.record(by=by, action="request.answer", subject=held.person_id, purpose=outcome.value)
    return row


@transaction.atomic
def take_back(*, by: Actor, request: FileRequest, words: str = "") -> Answer:
    """They ask for it no longer; a worker writes down what they said. Raises Ended, WordsMissing.

    A worker needs their words: nobody ends a request for them.
    """
    _check(by, request.person, "request.ask", "request.answer")
    if by.kind != "young_person" and not words.strip():
        raise WordsMissing
    return _answer(by, _waiting(request), Answer.Outcome.TAKEN_BACK, reasons=words or None)


@transaction.atomic
def answer_with_copy(*, by: Actor, request: FileRequest, copy: Copy) -> Answer:
    """The copy is in their hands. That nothing changed since it was made is seen to by
    `copying.actions.give`, which calls this. Raises Ended and AnotherFile."""
    check(by.role, "request.answer")
    held = _waiting(request)
    if copy.preparation.request_id != held.pk:
        raise AnotherFile
    return _answer(by, held, Answer.Outcome.GIVEN, copy=copy)


@transaction.atomic
def state(*, by: Actor, request: FileRequest, version: int, words: str) -> Statement:
    """Their statement of disagreement, exactly so, as a new version; a worker may write it down.

    `version` is the one the form was filled from, 0 for none. Raises NothingToDisagreeWith,
    WordsMissing and ChangedMeanwhile.
    """
    _check(by, request.person, "request.state", "request.write")
    held = FileRequest.objects.select_for_update().get(pk=request.pk)
    refused = Answer.objects.filter(request=held, outcome=Answer.Outcome.NOT_MADE.value)
    if not refused.exists():
        raise NothingToDisagreeWith
    if not words.strip():
        raise WordsMissing
    newest = newest_statement(held)
    if version != (newest.number if newest else 0):
        raise ChangedMeanwhile(newest)
    if newest and newest.words == words:
        return newest
    try:
        with transaction.atomic():
            row = Statement.objects.create(
                person_id=held.person_id,
                request=held,
                recorded_by_id=_writer(by),
                number=version + 1,
                words=words,
            )
    except IntegrityError as fault:
        raise ChangedMeanwhile(newest_statement(held)) from fault
    audit.record(by=by, action="request.state", subject=held.person_id)
    return row


@transaction.atomic
def read_requests(*, by: Actor) -> list[Standing]:
    """The open requests that this actor may see to, read and recorded as read."""
    check(by.role, "request.write")
    found = open_requests(by)
    audit.record(by=by, action="request.list", shown=people_of(found), purpose="asked")
    return found
