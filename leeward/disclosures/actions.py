"""Giving a copy, reading one, keeping one by law, and letting the young person read of it."""

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.audit import actions as audit
from leeward.audit.queries import ELSEWHERE
from leeward.core.ids import new_id
from leeward.disclosures.crossing import at, seen_from
from leeward.disclosures.drafting import Asked, NoAuthority, draft_of
from leeward.disclosures.handing import hand_over
from leeward.disclosures.models import (
    Disclosure,
    DisclosureEvent,
    Given,
    Happened,
    Received,
    ReceivedEvent,
    Telling,
)
from leeward.disclosures.queries import Copy, copy_of, may_be_released, received_by
from leeward.law.consents import authorities
from leeward.people.models import YoungPerson
from leeward.people.queries import locked
from leeward.releases.rules import ANSWERS, QUESTIONS, may_go
from leeward.sealing import keyring


class ChangedSince(Exception):
    """What would be given is not what was previewed."""


class Closed(Exception):
    """It cannot be done with what is closed, or is done already."""


class WordsGone(Closed):
    """Its time in the schedule was over: there is nothing left to keep."""


class NotOffered(ValueError):
    """Released to My space: there must be one."""


class NotReleased(ValueError):
    """The young person does not read of it."""


@transaction.atomic
def give(*, by: Actor, person: YoungPerson, asked: Asked, digest: str) -> Disclosure:
    """Give what was previewed, and nothing else: `digest` is the preview's.

    The copy is sealed under a key of its own at the agency that receives it, and is in both logs.
    Raises ChangedSince, and what `draft_of` raises.
    """
    check(by.role, "disclosure.give")
    draft = draft_of(by=by, person=locked(person), asked=asked)
    if draft.digest != digest:
        raise ChangedSince
    received_id, disclosure_id = new_id(), new_id()
    keyring.make_key(received_id, draft.to.pk)
    hand_over(
        by,
        draft,
        names=[person.name_used, *(person.other_names or [])],
        from_agency_id=person.agency_id,
        received_id=received_id,
        disclosure_id=disclosure_id,
    )
    row = Disclosure.objects.create(
        id=disclosure_id,
        person_id=person.pk,
        recorded_by_id=by.author_id,
        to_agency=draft.to,
        consent=draft.consent,
        authority=draft.authority,
        until=draft.until,
        digest=draft.digest,
        may_hand_on=asked.may_hand_on,
        received_id=received_id,
        purpose=draft.content["purpose"],
        items=[each.as_item() for each in draft.items],
        names=draft.content["workers"],
    )
    audit.record(by=by, action="disclosure.give", subject=person.pk)
    return row


@transaction.atomic
def read_received_list(*, by: Actor) -> list[Received]:
    """What was given to this worker, read and recorded as listed."""
    check(by.role, "disclosure.receive")
    found = received_by(by)
    audit.record(
        by=by, action="disclosure.list", shown=[each.pk for each in found], purpose="received"
    )
    return found


@transaction.atomic
def read_received(*, by: Actor, received_id: uuid.UUID, trace: str = "") -> Copy:
    """One copy. Where its words are shown, it is an opening, and stands in the logs of both
    agencies; `trace` is the code on paper. Raises Received.DoesNotExist."""
    check(by.role, "disclosure.receive")
    copy = copy_of(by, received_id)
    received = copy.received
    if copy.open:
        with at(received.from_agency_id):
            given = _given_there(received)
        if given:
            there = seen_from(by, received.from_agency_id)
            audit.record(by=there, action=ELSEWHERE, subject=_subject_of(given))
    action = "disclosure.read" if copy.open else "disclosure.closed"
    audit.record(by=by, action=action, subject=received.pk, trace=trace if copy.open else "")
    return copy


@transaction.atomic
def keep_by_law(
    *, by: Actor, received_id: uuid.UUID, authority: str, reason: str
) -> ReceivedEvent:
    """Record that the law requires this agency to keep a copy, also where consent ends. Both
    sides know of it. Raises Received.DoesNotExist, Closed (kept already), WordsGone and
    NoAuthority."""
    check(by.role, "disclosure.receive")
    copy = copy_of(by, received_id)
    received = copy.received
    if copy.state == "gone":
        raise WordsGone
    known = {each.id for each in authorities("keep", received.agency.kind)}
    if authority not in known or not reason.strip():
        raise NoAuthority
    kept = Happened.KEPT.value
    if received.events.filter(kind=kept).exists():
        raise Closed
    row = ReceivedEvent.objects.create(
        agency_id=received.agency_id,
        received=received,
        kind=kept,
        authority=authority,
        worker_id=by.author_id,
        reason=reason,
    )
    with at(received.from_agency_id):
        given = _given_there(received)
        if given:
            _keep_there(given, authority)
    if given:
        there = seen_from(by, received.from_agency_id)
        audit.record(by=there, action="disclosure.keep", subject=_subject_of(given))
    audit.record(by=by, action="disclosure.keep", subject=received.pk)
    return row


@transaction.atomic
def let_know(*, by: Actor, disclosure: Disclosure, answers: Mapping[str, str]) -> Telling:
    """Keep a worker's three answers, and let the young person read of it in My space if each is a
    plain no. Raises NotOffered, and ValueError for an answer that there is not."""
    check(by.role, "disclosure.release")
    given = {each: str(answers.get(each)) for each in QUESTIONS}
    if not set(given.values()) <= set(ANSWERS):
        raise ValueError(given)
    locked(disclosure.person)
    if not may_be_released(disclosure):
        raise NotOffered
    kind = Telling.Kind.RELEASED if may_go(given) else Telling.Kind.NOT_NOW
    return _tell(by, disclosure, kind, given)


@transaction.atomic
def take_back(*, by: Actor, disclosure: Disclosure) -> Telling:
    """They read of it in My space no more. Raises NotReleased."""
    check(by.role, "disclosure.release")
    locked(disclosure.person)
    newest = disclosure.tellings.order_by("-number").first()
    if newest is None or newest.kind != Telling.Kind.RELEASED:
        raise NotReleased
    return _tell(by, disclosure, Telling.Kind.TAKEN_BACK, None)


def _tell(
    by: Actor, disclosure: Disclosure, kind: Telling.Kind, answers: Mapping[str, str] | None
) -> Telling:
    row = Telling.objects.create(
        person_id=disclosure.person_id,
        disclosure=disclosure,
        recorded_by_id=by.author_id,
        number=disclosure.tellings.count() + 1,
        kind=kind.value,
        answers=answers,
    )
    audit.record(
        by=by, action="disclosure.release", subject=disclosure.person_id, purpose=kind.value
    )
    return row


def _given_there(received: Received) -> Disclosure | Given | None:
    """The giving side of it; None when the file it was given from is gone. Inside `at` alone."""
    from_file = Disclosure.objects.filter(pk=received.disclosure_id).first()
    return from_file or Given.objects.filter(pk=received.disclosure_id).first()


def _keep_there(given: Disclosure | Given, authority: str) -> None:
    if isinstance(given, Disclosure):
        DisclosureEvent.objects.create(
            person_id=given.person_id,
            disclosure=given,
            kind=Happened.KEPT.value,
            authority=authority,
        )
    else:
        rows = Given.objects.filter(pk=given.pk)
        rows.update(kept_at=timezone.now(), kept_under=authority)


def _subject_of(given: Disclosure | Given) -> uuid.UUID:
    """Whom the log of the giving side names: the one in the file, or where there is none, what
    was given."""
    return given.person_id if isinstance(given, Disclosure) else given.pk
