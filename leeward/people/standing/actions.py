"""Putting workers on a team and taking them off it, and keeping a worker from a file."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.accounts.models import Worker
from leeward.audit import actions as audit
from leeward.core.agency_time import today
from leeward.notices.actions import tell
from leeward.people.covering.models import Cover
from leeward.people.models import Assignment, FileEvent, YoungPerson
from leeward.people.queries import locked
from leeward.people.standing.kinds import LOCK_ENDED
from leeward.people.standing.models import BreakGlass, ConflictLock
from leeward.people.standing.queries import locks_of, may_join, person_to_lock


class CannotJoin(Exception):
    """This worker cannot be on this team: another agency, a role that opens no file, or a lock."""


class OwnLock(ValueError):
    """A lock is set by somebody else: whoever it is against never knows of it."""


class ReasonMissing(ValueError):
    """A lock is ended for a reason."""


@transaction.atomic
def assign(
    *,
    by: Actor,
    person: YoungPerson,
    worker: Worker,
    works_as: str,
    since: dt.date,
    reason: str = "",
) -> Assignment:
    """Put a worker of the same agency on the team; does nothing when they are on it.

    Raises CannotJoin.
    """
    check(by.role, "file.assign")
    row = _join(by, person, worker, works_as=works_as, since=since, reason=reason)
    audit.record(by=by, action="file.assign", subject=person.pk)
    return row


def _join(
    by: Actor, person: YoungPerson, worker: Worker, *, works_as: str, since: dt.date, reason: str
) -> Assignment:
    # Held, so that no lock is set between the look and the row.
    locked(person)
    if not may_join(person).filter(pk=worker.pk).exists():
        raise CannotJoin
    row, _made = Assignment.objects.get_or_create(
        person=person,
        worker=worker,
        until=None,
        defaults={
            "works_as": Assignment.As(works_as).value,
            "since": since,
            "reason": reason,
            "recorded_by_id": by.author_id,
        },
    )
    return row


@transaction.atomic
def end_assignment(*, by: Actor, assignment: Assignment, until: dt.date) -> Assignment:
    """Take a worker off the team from `until` on; the row stays.

    Ending what has ended changes nothing: whoever ended it first stays on the record.
    """
    check(by.role, "file.assign")
    return _end(by, assignment, until)


def _end(by: Actor, assignment: Assignment, until: dt.date) -> Assignment:
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if assignment.until is not None:
        return assignment
    assignment.until = max(until, assignment.since)
    assignment.ended_by_id = by.author_id
    assignment.save(update_fields=["until", "ended_by"])
    # Whoever covers takes a place on the team: without it, there is nothing to stand in for.
    _end_covers(by, Cover.objects.filter(person=assignment.person_id, away=assignment.worker_id))
    audit.record(by=by, action="file.unassign", subject=assignment.person_id)
    return assignment


def _end_covers(by: Actor, covers: QuerySet[Cover]) -> None:
    now = timezone.now()
    covers.filter(until__gt=now, ended_at__isnull=True).update(ended_at=now, ended_by=by.author_id)


@transaction.atomic
def transfer_file(*, by: Actor, person: YoungPerson, to: Worker, reason: str) -> YoungPerson:
    """Hand a file to another worker, who takes the place of those on the team as its worker.

    Everybody else on the team (supervisor, nurse, Elder, …) stays: a transfer changes one
    relationship, not all of them. Raises CannotJoin.
    """
    check(by.role, "file.transfer")
    _join(by, person, to, works_as="worker", since=today(), reason=reason)
    for other in person.team.filter(until__isnull=True).exclude(worker=to):
        if other.works_as == Assignment.As.WORKER:
            _end(by, other, today())
    FileEvent.objects.create(
        person=person, recorded_by_id=by.author_id, kind="transferred", on=today(), reason=reason
    )
    audit.record(by=by, action="file.transfer", subject=person.pk)
    return person


@transaction.atomic
def lock_out(
    *, by: Actor, person: YoungPerson, worker: Worker, why: str, words: str = ""
) -> ConflictLock:
    """From now on, this file does not exist for `worker`. `why` is one of ConflictLock.Why.

    Whatever let them in ends in the same moment, and nothing tells them. Does nothing when such a
    lock stands. Raises OwnLock, and Worker.DoesNotExist for a worker of another agency, who needs
    no lock.
    """
    check(by.role, "file.lock")
    if worker.pk == by.id:
        raise OwnLock
    if worker.agency_id != person.agency_id:
        raise Worker.DoesNotExist
    locked(person)
    row, made = ConflictLock.objects.get_or_create(
        person=person,
        worker=worker,
        until=None,
        defaults={
            "set_by_id": by.author_id,
            "why": ConflictLock.Why(why).value,
            "words": words,
        },
    )
    if made:
        for assignment in person.team.filter(worker=worker, until__isnull=True):
            _end(by, assignment, today())
        BreakGlass.objects.live().filter(person=person, worker=worker).update(until=timezone.now())
        _end_covers(by, Cover.objects.filter(person=person, worker=worker))
    audit.record(by=by, action="file.lock", subject=person.pk)
    return row


@transaction.atomic
def end_lock(*, by: Actor, lock: ConflictLock, reason: str) -> ConflictLock:
    """Let a worker know of a file again. They are put on no team by it; whoever set the lock is
    told. Raises ReasonMissing.

    Ending what has ended changes nothing: whoever ended it first stays on the record.
    """
    check(by.role, "file.unlock")
    if not reason.strip():
        raise ReasonMissing
    lock = ConflictLock.objects.select_for_update().get(pk=lock.pk)
    if lock.until is None:
        lock.until, lock.ended_by_id, lock.ended_why = timezone.now(), by.author_id, reason
        lock.save(update_fields=["until", "ended_by", "ended_why"])
        audit.record(by=by, action="file.unlock", subject=lock.person_id)
        _tell_who_set_it(by, lock)
    return lock


def _tell_who_set_it(by: Actor, lock: ConflictLock) -> None:
    """Whoever set a lock that another ends; the supervisors, when they have left. Quietly: the
    worker it was against is told nothing now either."""
    if lock.set_by_id == by.id:
        return
    here = lock.set_by.is_active
    tell(
        by=by,
        agency_id=by.own_agency_id,
        kind=LOCK_ENDED.name,
        to_worker=lock.set_by_id if here else None,
        to_role="" if here else Worker.Role.SUPERVISOR,
        about=lock.person_id,
        but_not=lock.worker_id,
        quietly=True,
    )


@transaction.atomic
def read_locks(*, by: Actor, person_id: uuid.UUID) -> tuple[YoungPerson, list[ConflictLock]]:
    """Whose file it is and who is kept from it, read and recorded as read; nothing of the story.

    Raises NotAllowed, and YoungPerson.DoesNotExist for a file that is not theirs or not there.
    """
    check(by.role, "file.lock")
    person = person_to_lock(by, person_id)
    audit.record(by=by, action="file.read_locks", subject=person.pk, purpose="locks")
    return person, locks_of(person)
