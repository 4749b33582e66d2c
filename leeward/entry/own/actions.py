"""What a young person changes about their own way in. Each is atomic and audited."""

import uuid

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from leeward.access.actors import Actor
from leeward.audit import actions as audit
from leeward.audit.models import AuditRow
from leeward.entry.actions import FaceNotOffered, SameNumber
from leeward.entry.faces import lines_for
from leeward.entry.held import end_passkeys, end_visits, mine
from leeward.entry.models import Entry, Passkey, Signpost, Visit
from leeward.entry.passkeys import Made
from leeward.entry.queries import may_have_passkey, newest_offer, offered_by
from leeward.entry.tries import count_wrong, must_wait

# So many phones may open one notebook.
MOST_PHONES = 5


class NoPasskeyHere(ValueError):
    """Not on a device that is not theirs, nor where the phone may be seen, nor too many."""


@transaction.atomic
def change_number(*, by: Actor, old: str, number: str, visit_id: uuid.UUID) -> bool:
    """Choose another first number: whoever is in elsewhere is out, this visit stays. No phone
    opens it alone any more: whoever knew the number could have added theirs.

    A wrong old number counts as it does at the front, and too many lock; the answer is False then,
    and while a try would have to wait. Raises SameNumber for the second number, and for the old.
    """
    entry = mine(by, "space.number")
    waits = must_wait(entry)
    right = not waits and check_password(old, entry.numbers["own"])
    # On a slow line a button is pressed twice: what the second asks for is so already.
    pressed_twice = not waits and not right and check_password(number, entry.numbers["own"])
    if right:
        _change(entry, old, number, visit_id)
    elif not waits and not pressed_twice and count_wrong(entry):
        end_visits(entry.person_id)
    right = right or pressed_twice
    outcome = AuditRow.Outcome.DONE if right else AuditRow.Outcome.FAILED
    audit.record(by=by, action="space.number", subject=entry.person_id, outcome=outcome)
    return right


def _change(entry: Entry, old: str, number: str, visit_id: uuid.UUID) -> None:
    if number == old or check_password(number, entry.numbers["other"]):
        raise SameNumber
    entry.numbers = entry.numbers | {"own": make_password(number)}
    entry.failures, entry.failed_at = 0, None
    entry.save(update_fields=["numbers", "failures", "failed_at"])
    end_visits(entry.person_id, but_not=visit_id)
    end_passkeys(entry.person_id)


@transaction.atomic
def leave_elsewhere(*, by: Actor, visit_id: uuid.UUID) -> None:
    """End every visit of mine but this one, by whichever number it was opened."""
    entry = mine(by, "space.elsewhere")
    end_visits(entry.person_id, but_not=visit_id)
    audit.record(by=by, action="space.elsewhere", subject=entry.person_id)


@transaction.atomic
def choose_face(*, by: Actor, face: str) -> None:
    """Choose what it looks like, among what my agency offers. Raises FaceNotOffered."""
    entry = mine(by, "space.face")
    if face not in {each.slug for each in offered_by(by.own_agency_id).faces}:
        raise FaceNotOffered
    found = newest_offer(entry.person)
    language = found.language if found else "en"
    entry.face, entry.lines = face, lines_for(face, language, entry.lines)
    entry.save(update_fields=["face", "lines"])
    audit.record(by=by, action="space.face", subject=entry.person_id)


@transaction.atomic
def begin_passkey(*, by: Actor, visit: Visit, number: str) -> bool:
    """Whether a passkey may be made here: whoever is in gives the number once more.

    A wrong one counts as it does at the front, and too many lock. Raises NoPasskeyHere.
    """
    entry = mine(by, "space.passkey")
    _may(entry.person_id, visit)
    waits = must_wait(entry)
    right = not waits and check_password(number, entry.numbers["own"])
    if not right and not waits and count_wrong(entry):
        end_visits(entry.person_id)
    outcome = AuditRow.Outcome.DONE if right else AuditRow.Outcome.FAILED
    audit.record(
        by=by, action="space.passkey", subject=entry.person_id, purpose="ask", outcome=outcome
    )
    return right


@transaction.atomic
def keep_passkey(*, by: Actor, visit: Visit, made: Made) -> Passkey:
    """Keep what the phone made. Raises NoPasskeyHere, also for a name that is somebody else's."""
    entry = mine(by, "space.passkey")
    # On a slow line a button is pressed twice: what the second asks for is so already.
    if again := Passkey.objects.filter(person_id=entry.person_id, lookup=made.lookup).first():
        return again
    _may(entry.person_id, visit)
    if Signpost.objects.filter(lookup=made.lookup).exists():
        raise NoPasskeyHere
    row = Passkey.objects.create(person_id=entry.person_id, lookup=made.lookup, public=made.public)
    Signpost.objects.create(lookup=made.lookup, agency_id=by.own_agency_id)
    audit.record(by=by, action="space.passkey", subject=entry.person_id, purpose="make")
    return row


@transaction.atomic
def remove_passkey(*, by: Actor, passkey_id: uuid.UUID, visit_id: uuid.UUID) -> None:
    """That phone opens nothing any more, and whoever is in elsewhere is out: by which phone they
    came in is not known. This visit stays."""
    entry = mine(by, "space.passkey")
    end_passkeys(entry.person_id, pk=passkey_id)
    end_visits(entry.person_id, but_not=visit_id)
    audit.record(by=by, action="space.passkey", subject=entry.person_id, purpose="remove")


def _may(person_id: uuid.UUID, visit: Visit) -> None:
    many = Passkey.objects.filter(person_id=person_id).count()
    own = visit.opens == Visit.OWN and not visit.borrowed
    if not own or many >= MOST_PHONES or not may_have_passkey(person_id):
        raise NoPasskeyHere
