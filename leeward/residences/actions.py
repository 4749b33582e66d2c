"""Opening a house, moving in and out of it, who is in tonight, and words for the next shift."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.audit import actions as audit
from leeward.people.models import YoungPerson
from leeward.people.queries import locked
from leeward.residences.models import ForShift, FreeBeds, Presence, Residence, Stay
from leeward.residences.queries import Board, board_of, residences_of, stay_of
from leeward.sealing import keyring


class NameTaken(ValueError):
    """The agency has a house of this name."""


class NotLivingHere(ValueError):
    """They live in no house of the agency now."""


class StartsTooEarly(ValueError):
    """They moved into another house after this day."""


class NothingWritten(ValueError):
    """Words for the next shift say something."""


@transaction.atomic
def open_residence(*, by: Actor, name: str) -> Residence:
    """Open a house of the actor's agency. Raises NameTaken."""
    check(by.role, "residence.open")
    name = name.strip()
    if name.casefold() in {each.name.casefold() for each in residences_of(by)}:
        raise NameTaken
    row = Residence.objects.create(
        agency_id=by.own_agency_id, name=name, opened_by_id=by.author_id
    )
    audit.record(by=by, action="residence.open", subject=row.pk)
    return row


@transaction.atomic
def say_free_beds(*, by: Actor, residence: Residence, count: int) -> FreeBeds:
    """Say how many beds are free now."""
    check(by.role, "residence.board")
    row = FreeBeds.objects.create(residence=residence, count=count, said_by_id=by.author_id)
    audit.record(by=by, action="residence.beds", subject=residence.pk)
    return row


@transaction.atomic
def read_board(*, by: Actor, residence_id: uuid.UUID, trace: str = "") -> Board:
    """Who is in, out or missing, read and recorded as read; `trace` is the code of a copy on
    paper. Raises Residence.DoesNotExist."""
    check(by.role, "residence.board")
    residence = Residence.objects.visible_to(by).get(pk=residence_id)
    board = board_of(by, residence)
    shown = sorted(each.person.pk for each in board.rows)
    keyring.warm(shown)
    audit.record(
        by=by,
        action="residence.handover" if trace else "residence.board",
        subject=residence.pk,
        shown=shown,
        trace=trace,
    )
    return board


@transaction.atomic
def move_in(*, by: Actor, person: YoungPerson, residence: Residence, since: dt.date) -> Stay:
    """They live there from `since`; the house before ends that day. The same twice is one.

    Raises StartsTooEarly.
    """
    check(by.role, "file.write")
    before = stay_of(locked(person))
    if before and before.residence_id == residence.pk:
        return before
    if before:
        if before.since > since:
            raise StartsTooEarly
        before.until = since
        before.save(update_fields=["until"])
    row = Stay.objects.create(
        person=person, residence=residence, since=since, recorded_by_id=by.author_id
    )
    audit.record(by=by, action="residence.move", subject=person.pk)
    return row


@transaction.atomic
def move_out(*, by: Actor, person: YoungPerson, on: dt.date) -> Stay:
    """They do not live in the house from `on`. Raises NotLivingHere and StartsTooEarly."""
    check(by.role, "file.write")
    stay = _living(person)
    if on < stay.since:
        raise StartsTooEarly
    stay.until = on
    stay.save(update_fields=["until"])
    audit.record(by=by, action="residence.move", subject=person.pk)
    return stay


@transaction.atomic
def come_or_go(
    *,
    by: Actor,
    person: YoungPerson,
    kind: str,
    where: str = "",
    back_by: dt.datetime | None = None,
) -> Presence:
    """They are in, or out and it is known where and until when. `kind` is of Presence.Kind.

    Raises NotLivingHere.
    """
    check(by.role, "file.write")
    stay = _living(person)
    out = Presence.Kind(kind) == Presence.Kind.OUT
    row = Presence.objects.create(
        person=person,
        stay=stay,
        recorded_by_id=by.author_id,
        kind=Presence.Kind(kind).value,
        where=where if out else "",
        back_by=back_by if out else None,
    )
    audit.record(by=by, action="residence.presence", subject=person.pk, purpose=kind)
    return row


@transaction.atomic
def tell_next_shift(*, by: Actor, person: YoungPerson, words: str) -> ForShift:
    """What whoever comes on next must know. Raises NotLivingHere and NothingWritten."""
    check(by.role, "file.write")
    stay = _living(person)
    if not words.strip():
        raise NothingWritten
    row = ForShift.objects.create(
        person=person, stay=stay, recorded_by_id=by.author_id, words=words
    )
    audit.record(by=by, action="residence.for_shift", subject=person.pk)
    return row


def _living(person: YoungPerson) -> Stay:
    stay = stay_of(locked(person))
    if stay is None or stay.since > timezone.localdate():
        raise NotLivingHere
    return stay
