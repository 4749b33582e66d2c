"""Holding a file, and disposing of one by two people. Nothing goes on one person's word."""

import datetime as dt
import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.audit import actions as audit
from leeward.core.agency_time import today
from leeward.keeping import sources
from leeward.keeping.erasers import erase_all
from leeward.keeping.models import Disposal, Hold
from leeward.keeping.queries import disposals, due_file, due_files, is_held, open_holds


class NotYours(LookupError):
    """There is no such file, hold or disposal for this actor."""


class NotDue(Exception):
    """The schedule keeps this file until the day in `until`; None while it is open."""

    def __init__(self, until: dt.date | None) -> None:
        super().__init__(str(until))
        self.until = until


class HeldBack(Exception):
    """A hold keeps this file."""


class SamePerson(Exception):
    """Whoever asked may not also agree."""


class Settled(Exception):
    """It was asked for, agreed to or turned down already."""


@transaction.atomic
def read_keeping(*, by: Actor) -> dict[str, Any]:
    """What is due, the holds that stand and the disposals of `by`'s agency, as the page shows
    them: `{"due": [Due], "holds": [Hold], "disposals": [Disposal]}`."""
    check(by.role, "keeping.look")
    found = {
        "due": due_files(by, "keeping.look"),
        "holds": list(open_holds(by)),
        "disposals": list(disposals(by)),
    }
    shown = {each.person_id for rows in found.values() for each in rows}  # type: ignore[attr-defined]
    audit.record(by=by, action="keeping.look", shown=sorted(shown, key=str))
    return found


@transaction.atomic
def read_disposal(*, by: Actor, disposal_id: uuid.UUID) -> Disposal:
    """One disposal, or its certificate. Raises NotYours."""
    check(by.role, "keeping.look")
    found = disposals(by).filter(pk=disposal_id).first()
    if found is None:
        raise NotYours
    audit.record(by=by, action="keeping.look", subject=found.person_id, purpose="certificate")
    return found


@transaction.atomic
def read_file_to_keep(*, by: Actor, person_id: uuid.UUID, action: str) -> None:
    """Record that `by` looked at one file in order to do `action` with it. Raises NotYours."""
    check(by.role, action)
    if not sources.is_file_of(by, action, person_id):
        raise NotYours
    audit.record(by=by, action="keeping.look", subject=person_id, purpose=action)


@transaction.atomic
def read_hold(*, by: Actor, hold_id: uuid.UUID) -> Hold:
    """One hold that stands. Raises NotYours."""
    check(by.role, "keeping.end_hold")
    found = open_holds(by).filter(pk=hold_id).first()
    if found is None:
        raise NotYours
    audit.record(by=by, action="keeping.look", subject=found.person_id, purpose="hold")
    return found


@transaction.atomic
def hold(*, by: Actor, person_id: uuid.UUID, why: str) -> Hold:
    """Keep a file, whatever its age, until somebody ends the hold. Raises NotYours."""
    check(by.role, "keeping.hold")
    if not sources.is_file_of(by, "keeping.hold", person_id):
        raise NotYours
    kept = Hold.objects.create(
        agency_id=by.own_agency_id, person_id=person_id, set_by_id=by.author_id, why=why
    )
    audit.record(by=by, action="keeping.hold", subject=person_id)
    return kept


@transaction.atomic
def end_hold(*, by: Actor, hold_id: uuid.UUID) -> Hold:
    """Let go of one hold; others on the same file stand. Raises NotYours."""
    check(by.role, "keeping.end_hold")
    found: Hold | None = open_holds(by).select_for_update(of=("self",)).filter(pk=hold_id).first()
    if found is None:
        raise NotYours
    found.until, found.ended_by_id = timezone.now(), by.author_id
    Hold.objects.filter(pk=found.pk).update(until=found.until, ended_by=found.ended_by_id)
    audit.record(by=by, action="keeping.end_hold", subject=found.person_id)
    return found


@transaction.atomic
def ask_disposal(*, by: Actor, person_id: uuid.UUID) -> Disposal:
    """The first of two: ask that a file be disposed of. Raises NotYours, NotDue, HeldBack, and
    Settled when somebody asked before."""
    check(by.role, "keeping.ask")
    if not sources.is_file_of(by, "keeping.ask", person_id):
        raise NotYours
    found = due_file(by, "keeping.ask", person_id)
    if found is None or found.due_on > today():
        raise NotDue(found.due_on if found else None)
    if is_held(person_id):
        raise HeldBack
    try:
        with transaction.atomic():
            asked = Disposal.objects.create(
                agency_id=by.own_agency_id,
                person_id=person_id,
                due_on=found.due_on,
                asked_by_id=by.author_id,
            )
    except IntegrityError as fault:
        raise Settled from fault
    audit.record(by=by, action="keeping.ask", subject=person_id)
    for tell in sources.told_asked:
        tell(by, asked.pk)
    return asked


def _waiting(by: Actor, disposal_id: uuid.UUID) -> Disposal:
    found: Disposal | None = (
        disposals(by).select_for_update(of=("self",)).filter(pk=disposal_id).first()
    )
    if found is None:
        raise NotYours
    if found.approved_at or found.refused_at:
        raise Settled
    return found


def _check_may_go(by: Actor, disposal: Disposal, action: str) -> None:
    """Raise NotDue or HeldBack when the file is open again, or held, since it was asked for."""
    found = due_file(by, action, disposal.person_id)
    if found is None or found.due_on > today():
        raise NotDue(found.due_on if found else None)
    if is_held(disposal.person_id):
        raise HeldBack


@transaction.atomic
def approve_disposal(*, by: Actor, disposal_id: uuid.UUID) -> Disposal:
    """The second of two: agree. `leeward dispose` then carries it out. Raises NotYours, Settled,
    SamePerson, NotDue and HeldBack."""
    check(by.role, "keeping.approve")
    found = _waiting(by, disposal_id)
    if found.asked_by_id == by.author_id:
        raise SamePerson
    _check_may_go(by, found, "keeping.approve")
    found.approved_at, found.approved_by_id = timezone.now(), by.author_id
    found.save(update_fields=["approved_at", "approved_by"])
    audit.record(by=by, action="keeping.approve", subject=found.person_id)
    for tell in sources.told_answered:
        tell(by, found.pk)
    return found


@transaction.atomic
def refuse_disposal(*, by: Actor, disposal_id: uuid.UUID) -> Disposal:
    """Turn a request down: the file stays, and may be asked for again. Raises as above."""
    check(by.role, "keeping.approve")
    found = _waiting(by, disposal_id)
    found.refused_at, found.refused_by_id = timezone.now(), by.author_id
    found.save(update_fields=["refused_at", "refused_by"])
    audit.record(by=by, action="keeping.refuse", subject=found.person_id)
    for tell in sources.told_answered:
        tell(by, found.pk)
    return found


@transaction.atomic
def erase(*, by: Actor, disposal: Disposal) -> Disposal:
    """Remove every row of the person from the data. Two people have agreed; a hold set since then
    still stops it. Raises Settled, NotDue and HeldBack."""
    check(by.role, "keeping.carry_out")
    found: Disposal = Disposal.objects.select_for_update().get(pk=disposal.pk)
    if not found.approved_at or found.refused_at or found.erased_at:
        raise Settled
    _check_may_go(by, found, "keeping.carry_out")
    found.removed = erase_all(found.person_id)
    found.erased_at = timezone.now()
    found.save(update_fields=["removed", "erased_at"])
    audit.record(by=by, action="keeping.erase", subject=found.person_id)
    return found


@transaction.atomic
def certify(*, by: Actor, disposal: Disposal, unreadable_from: dt.date) -> Disposal:
    """Say that the key is destroyed and nothing is left in the files, and from which day no backup
    of the keyring opens what older backups hold. Raises Settled."""
    check(by.role, "keeping.carry_out")
    found: Disposal = Disposal.objects.select_for_update().get(pk=disposal.pk)
    if not found.erased_at or found.done_at:
        raise Settled
    found.done_at, found.unreadable_from = timezone.now(), unreadable_from
    found.save(update_fields=["done_at", "unreadable_from"])
    audit.record(by=by, action="keeping.certify", subject=found.person_id)
    return found
