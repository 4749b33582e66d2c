"""Coming in: words and a number together, one answer for everything that does not open.

What is slow (three hashes, always) happens outside any transaction; what is counted or opened,
inside one, with the row held. A least time covers what is left to tell a known entry from none.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from leeward.access.actors import Actor, young_person
from leeward.access.boundary import within
from leeward.access.refusals import Nobody
from leeward.audit import actions as audit
from leeward.audit.models import AuditRow
from leeward.entry import actions
from leeward.entry.codes import new_pass, pass_kept_as, words_kept_as
from leeward.entry.models import Entry, Passkey, Signpost, Visit
from leeward.entry.passkeys import NotRight, Site, check_answer, named_in
from leeward.entry.queries import (
    face_of,
    is_over,
    may_have_passkey,
    newest_offer,
    offered_by,
)
from leeward.entry.slowing import MISSES, slowed
from leeward.entry.tries import count_wrong, must_wait

# A visit's own row is written again at most this often.
TOUCH_EVERY = dt.timedelta(minutes=1)


class NotIn(Exception):
    """Unknown words, a wrong number, a wait, a lock, words that ran out: one answer for all."""


@dataclass(frozen=True)
class Here:
    """Somebody who is in: who they are, by which visit, and what it opens."""

    actor: Actor
    visit: Visit
    face: str
    zone: str
    leave_to: str

    @property
    def is_own(self) -> bool:
        """Whether the notebook that is open is their own."""
        return bool(self.visit.opens == Visit.OWN)


def come_in(*, words: str, number: str, borrowed: bool, address: str = "") -> str:
    """Open a visit. Returns what its cookie holds. Raises NotIn, never sooner for one reason.

    `address` is where it is asked from: who misses there again and again waits longer.
    """
    with _never_sooner(address):
        return _come_in(words, number, borrowed=borrowed)


def begin(*, words: str, number: str, borrowed: bool, address: str = "") -> str:
    """The same with words that nobody has used yet: `number` becomes theirs."""
    with _never_sooner(address):
        return _begin(words, number, borrowed=borrowed)


def come_in_by_passkey(*, site: Site, answer: str, mark: str, address: str = "") -> str:
    """The same by a phone that has a passkey of theirs. It opens their own notebook alone."""
    with _never_sooner(address):
        return _by_passkey(site, answer, mark)


@contextmanager
def _never_sooner(address: str) -> Iterator[None]:
    with slowed(address):
        try:
            yield
        except NotIn:
            MISSES.count(address)
            raise


def _come_in(words: str, number: str, *, borrowed: bool) -> str:
    lookup = words_kept_as(words)
    agency_id, entry = _find(lookup)
    kept = entry.numbers if entry else _nobodys()
    # Both, always: the second must take no longer than the first.
    own, other = (check_password(number, kept[name]) for name in ("own", "other"))
    opens = Visit.OWN if own else Visit.OTHER if other else ""
    token = new_pass()
    with within(agency_id):
        if entry is None or not _open(entry, opens, pass_kept_as(token), borrowed=borrowed):
            _record_failure(agency_id, entry)
            raise NotIn
    return token


def _begin(words: str, number: str, *, borrowed: bool) -> str:
    lookup = words_kept_as(words)
    own = make_password(number)
    agency_id, entry = _find(lookup)
    token = new_pass()
    with within(agency_id):
        if entry is None or not _first(entry, own, pass_kept_as(token), borrowed=borrowed):
            _record_failure(agency_id, entry)
            raise NotIn
    return token


def _by_passkey(site: Site, answer: str, mark: str) -> str:
    try:
        lookup = named_in(answer)
    except NotRight as fault:
        raise NotIn from fault
    agency_id = _pointed(lookup)
    token = new_pass()
    with within(agency_id):
        passkey = Passkey.objects.filter(lookup=lookup).select_related("person__entry").first()
        entry = passkey.person.entry if passkey else None
        try:
            asked_at = check_answer(site, answer, mark, passkey.public if passkey else "")
        except NotRight:
            asked_at = None
        if passkey is None or asked_at is None or not _answered(passkey, asked_at, token):
            _record_failure(agency_id, entry)
            raise NotIn
    return token


@transaction.atomic
def _answered(passkey: Passkey, asked_at: dt.datetime, token: str) -> bool:
    entry = Entry.objects.select_for_update().get(person_id=passkey.person_id)
    held = Passkey.objects.select_for_update().filter(pk=passkey.pk).first()
    if held is None or entry.begun_at is None or must_wait(entry):
        return False
    if (held.used_at and held.used_at >= asked_at) or not may_have_passkey(entry.person_id):
        return False
    Passkey.objects.filter(pk=held.pk).update(used_at=timezone.now())
    actions.open_visit(
        by=_who(entry), opens=Visit.OWN, kept_as=pass_kept_as(token), borrowed=False
    )
    return True


@transaction.atomic
def _open(entry: Entry, opens: str, kept_as: str, *, borrowed: bool) -> bool:
    held = _held(entry)
    if held is None or held.begun_at is None or must_wait(held):
        return False
    if not opens:
        count_wrong(held)
        return False
    actions.open_visit(by=_who(entry), opens=opens, kept_as=kept_as, borrowed=borrowed)
    return True


@transaction.atomic
def _first(entry: Entry, own: str, kept_as: str, *, borrowed: bool) -> bool:
    held = _held(entry)
    if held is None or held.begun_at or held.locked_at:
        return False
    if held.begin_by is None or held.begin_by <= timezone.now():
        return False
    actions.begin(by=_who(entry), own=own, kept_as=kept_as, borrowed=borrowed)
    return True


def _held(entry: Entry) -> Entry | None:
    """The entry as it stands, held; None when words or numbers were changed while we hashed."""
    held = Entry.objects.select_for_update().get(pk=entry.pk)
    same = held.lookup == entry.lookup and held.numbers == entry.numbers
    return held if same else None


def _find(lookup: str) -> tuple[uuid.UUID | None, Entry | None]:
    pointed = _pointed(lookup)
    with within(pointed):
        # Asked whatever was pointed at, so that both cost the same.
        entry = Entry.objects.filter(lookup=lookup).select_related("person").first()
    return pointed, entry


def _pointed(lookup: str) -> uuid.UUID | None:
    return Signpost.objects.filter(lookup=lookup).values_list("agency_id", flat=True).first()


def _who(entry: Entry) -> Actor:
    return young_person(entry.person_id, entry.person.agency_id)


@cache
def _nobodys() -> dict[str, str]:
    """The hashes that nobody's number fits."""
    return {name: make_password(new_pass()) for name in ("own", "other")}


def _record_failure(agency_id: uuid.UUID | None, entry: Entry | None) -> None:
    # Who tried is not known: that is the point of it.
    audit.record(
        by=Nobody(agency_id=agency_id),
        action="space.come_in",
        subject=entry.person_id if entry else None,
        outcome=AuditRow.Outcome.FAILED,
    )


def look(token: str) -> Here | None:
    """Who is in by this cookie, if anybody. A visit that was unused or lasted too long ends."""
    if not token:
        return None
    lookup = pass_kept_as(token)
    agency_id = _pointed(lookup)
    if agency_id is None:
        return None
    with within(agency_id):
        rows = Visit.objects.filter(lookup=lookup).select_related(
            "person__agency", "person__entry"
        )
        visit = rows.first()
        if visit is None:
            return None
        actor = young_person(visit.person_id, agency_id)
        if is_over(visit):
            actions.leave(by=actor, visit_id=visit.pk)
            return None
        _touch(visit)
        face = face_of(getattr(visit.person, "entry", None), newest_offer(visit.person))
        leave_to = offered_by(agency_id).leave_to
        return Here(actor, visit, face, visit.person.agency.time_zone, leave_to)


def _touch(visit: Visit) -> None:
    now = timezone.now()
    if now - visit.used_at > TOUCH_EVERY:
        visit.used_at = now
        Visit.objects.filter(pk=visit.pk).update(used_at=now)
