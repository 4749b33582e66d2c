"""Taking a concern, and what becomes of it. Each is atomic and audited; nothing is overwritten."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.accounts.models import Agency
from leeward.audit import actions as audit
from leeward.concerns import queries
from leeward.concerns.models import WHO_SAID, Concern, ConcernNews, ConcernSource, Referral
from leeward.core.agency_time import today
from leeward.core.ids import new_id
from leeward.observations.actions import Seen, record_observation
from leeward.observations.models import Observation
from leeward.people.actions import add_strengths, open_file
from leeward.people.models import YoungPerson
from leeward.people.opening import NameMissing
from leeward.people.queries import fetch as fetch_person
from leeward.sealing import keyring


class NothingTold(ValueError):
    """A concern holds what was said; sending it on or closing it says why."""


class NotYet(ValueError):
    """A day that has not come."""


class AlreadySettled(Exception):
    """Somebody else has settled it meanwhile."""


@dataclass(frozen=True)
class Told:
    """What somebody told, as a worker takes it down. `said_on` is the day they said it."""

    name: str
    words: str
    said_on: dt.date
    came_by: str = "phone"
    age: str = ""
    where: str = ""
    strengths: str = ""
    urgency: str = "not_said"
    # Who said it; kept in a row of its own.
    kind: str = "other"
    by_name: str = ""
    reach_at: str = ""
    withhold: str = "not_asked"
    id: uuid.UUID = field(default_factory=new_id)


@dataclass(frozen=True)
class Noted:
    """What goes into the file: words that do not tell who said it, and the question of harm."""

    text: str
    harm: str = "none"
    about: str = "self"
    other_child_age: int | None = None
    other_child: str = ""


@transaction.atomic
def take(*, by: Actor, told: Told) -> Concern:
    """Take a concern down. The same form sent twice is one concern; other words under an id that
    is used already are a concern of their own.

    Raises NameMissing (a description will do for a name), NothingTold without words, NotYet.
    """
    check(by.role, "concern.take")
    if not told.name.strip():
        raise NameMissing
    if not told.words.strip():
        raise NothingTold
    if told.said_on > today():
        raise NotYet
    # One at a time in an agency: a button pressed twice finds what the first press made.
    Agency.objects.select_for_update().get(pk=by.own_agency_id)
    already = Concern.objects.filter(pk=told.id).first()
    mine = already and already.agency_id == by.agency_id and already.taken_by_id == by.id
    if already and mine and (already.name, already.words) == (told.name.strip(), told.words):
        return already
    concern = Concern(
        # An id that is another's is like any other: nothing is learned by sending it.
        id=new_id() if already or keyring.has_key(told.id) else told.id,
        agency_id=by.own_agency_id,
        taken_by_id=by.author_id,
        came_by=Concern.CameBy(told.came_by).value,
        said_on=told.said_on,
        name=told.name.strip(),
        age=told.age,
        where=told.where,
        words=told.words,
        strengths=told.strengths,
        urgency=Concern.Urgency(told.urgency).value,
    )
    keyring.make_key(concern.pk, concern.agency_id)
    concern.save(force_insert=True)
    ConcernSource.objects.create(
        concern=concern,
        recorded_by_id=by.author_id,
        kind=ConcernSource.Kind(told.kind).value,
        name=told.by_name,
        reach_at=told.reach_at,
        withhold=told.withhold,
    )
    audit.record(by=by, action="concern.take", subject=concern.pk)
    return concern


def _mine_to_settle(by: Actor, concern: Concern) -> Concern:
    """The concern as it stands, held until the end. Raises AlreadySettled, DoesNotExist."""
    check(by.role, "concern.answer")
    Concern.objects.select_for_update().get(pk=concern.pk)
    now = queries.fetch(by, concern.pk, "concern.answer")
    if now.state != Concern.State.WAITING:
        raise AlreadySettled
    return now


def _settle(
    by: Actor, now: Concern, kind: str, *, to_whom: str = "", words: str = ""
) -> ConcernNews:
    now.state, now.settled_at = kind, timezone.now()
    now.save(update_fields=["state", "settled_at", "person"])
    return _add(by, now, kind, to_whom=to_whom, words=words)


def _add(
    by: Actor,
    concern: Concern,
    kind: str,
    *,
    on: dt.date | None = None,
    to_whom: str = "",
    words: str = "",
) -> ConcernNews:
    return ConcernNews.objects.create(
        concern=concern,
        recorded_by_id=by.author_id,
        kind=kind,
        on=on or today(),
        to_whom=to_whom,
        words=words,
    )


@transaction.atomic
def accept_as_new(
    *, by: Actor, concern: Concern, noted: Noted, name: str, not_these: Collection[uuid.UUID] = ()
) -> YoungPerson:
    """Open a file for whom it is about, with the words as its first note and their strengths.

    Raises AlreadySettled, and what `open_file` and `record_observation` raise: SomebodyAlike
    while somebody of a like name is not in `not_these`.
    """
    now = _mine_to_settle(by, concern)
    person = open_file(
        by=by, name_used=name, strengths=now.strengths.splitlines(), not_these=not_these
    )
    _put_into(by, now, person, noted)
    return person


@transaction.atomic
def accept_into(*, by: Actor, concern: Concern, person: YoungPerson, noted: Noted) -> YoungPerson:
    """Add it to a file that is there, as told by somebody else.

    Raises AlreadySettled, YoungPerson.DoesNotExist for a file that this actor may not write in,
    and what `record_observation` raises.
    """
    now = _mine_to_settle(by, concern)
    person = fetch_person(by, person.pk, "file.write")
    if now.strengths.strip():
        add_strengths(by=by, person=person, texts=now.strengths.splitlines())
    _put_into(by, now, person, noted)
    return person


def _put_into(by: Actor, now: Concern, person: YoungPerson, noted: Noted) -> Observation:
    note = record_observation(
        by=by,
        person=person,
        seen=Seen(
            text=noted.text,
            on=now.said_on.isoformat(),
            source="youth" if now.told_by.kind == ConcernSource.Kind.YOUTH else "other",
            harm=noted.harm,
            about=noted.about,
            other_child_age=noted.other_child_age,
            other_child=noted.other_child,
        ),
    )
    now.person = person
    _settle(by, now, "accepted")
    audit.record(by=by, action="concern.accept", subject=person.pk)
    return note


@transaction.atomic
def hand_to_team(*, by: Actor, concern: Concern, person_id: uuid.UUID) -> None:
    """Hand it to those who work with somebody whose file this actor does not open; they settle it.

    Whoever handed it on reads it no more, unless they open that file. Raises AlreadySettled, and
    YoungPerson.DoesNotExist for nobody whom this actor could have found.
    """
    now = _mine_to_settle(by, concern)
    check(by.role, "people.find")
    person = YoungPerson.objects.findable_by(by).get(pk=person_id)
    now.person = person
    now.save(update_fields=["person"])
    _add(by, now, "handed")
    audit.record(by=by, action="concern.hand", subject=person.pk)


@transaction.atomic
def send_on(*, by: Actor, concern: Concern, to_whom: str, why: str) -> ConcernNews:
    """It is for others to act on. Raises NothingTold without to whom and why, AlreadySettled."""
    now = _mine_to_settle(by, concern)
    if not (to_whom.strip() and why.strip()):
        raise NothingTold
    row = _settle(by, now, "sent_on", to_whom=to_whom, words=why)
    audit.record(by=by, action="concern.send_on", subject=now.person_id or now.pk)
    return row


@transaction.atomic
def close(*, by: Actor, concern: Concern, why: str) -> ConcernNews:
    """Close it with reasons. Raises NothingTold without them, AlreadySettled."""
    now = _mine_to_settle(by, concern)
    if not why.strip():
        raise NothingTold
    row = _settle(by, now, "closed", words=why)
    audit.record(by=by, action="concern.close", subject=now.person_id or now.pk)
    return row


@transaction.atomic
def tell_back(*, by: Actor, concern: Concern, language: str, on: dt.date) -> ConcernNews:
    """Record that whoever told it was told what they may know, in `en` or `fr`. Raises NotYet.

    The words are the table's of the state it is in, and are kept as they were said.
    """
    check(by.role, "concern.answer")
    if on > today():
        raise NotYet
    now = queries.fetch(by, concern.pk, "concern.answer")
    row = _add(by, now, "told", on=on, words=queries.reply_for(now).in_language(language))
    audit.record(by=by, action="concern.tell_back", subject=now.person_id or now.pk)
    return row


@dataclass(frozen=True)
class Referred:
    """What comes with a referral to a joint unit. `tool_on` and `outcome` are of the tool's own
    paper; every other word is of whoever refers."""

    unit: str
    liaison: str
    notice: str
    tool: str = "none"
    tool_name: str = ""
    tool_on: dt.date | None = None
    outcome: str = ""
    liaison_words: str = ""
    notice_words: str = ""


@transaction.atomic
def refer(*, by: Actor, concern: Concern, referred: Referred) -> Referral:
    """Add what a referral to a joint unit brings; what stood before stays.

    Raises NothingTold without a unit, or for a tool without its day and its outcome in words, and
    NotYet.
    """
    check(by.role, "concern.answer")
    now = queries.fetch(by, concern.pk, "concern.answer")
    tool = Referral.Tool(referred.tool).value
    used = tool != Referral.Tool.NONE
    if not referred.unit.strip() or (used and not (referred.tool_on and referred.outcome.strip())):
        raise NothingTold
    if used and referred.tool_on and referred.tool_on > today():
        raise NotYet
    row = Referral.objects.create(
        concern=now,
        recorded_by_id=by.author_id,
        unit=referred.unit,
        tool=tool,
        tool_name=referred.tool_name if tool == Referral.Tool.OTHER else "",
        tool_on=referred.tool_on if used else None,
        outcome=referred.outcome if used else "",
        liaison=Referral.Asked(referred.liaison).value,
        liaison_words=referred.liaison_words,
        notice=Referral.Notice(referred.notice).value,
        notice_words=referred.notice_words,
    )
    audit.record(by=by, action="concern.refer", subject=now.person_id or now.pk)
    return row


def _shown(rows: Sequence[Concern]) -> list[uuid.UUID]:
    return sorted({row.person_id or row.pk for row in rows})


@transaction.atomic
def read_concerns(*, by: Actor) -> tuple[list[Concern], list[Concern]]:
    """What waits and what was settled last, read and recorded as read."""
    check(by.role, "concern.open")
    waits, done = queries.waiting(by), queries.settled(by)
    audit.record(by=by, action="concern.list", shown=_shown([*waits, *done]), purpose="concerns")
    return waits, done


@transaction.atomic
def read_concern(*, by: Actor, concern_id: uuid.UUID, permission: str = "concern.open") -> Concern:
    """One concern, read and recorded as read. Raises Concern.DoesNotExist."""
    check(by.role, permission)
    found = queries.fetch(by, concern_id, permission)
    audit.record(
        by=by, action="concern.open", subject=found.person_id or found.pk, purpose="concern"
    )
    return found


@transaction.atomic
def read_who_said(*, by: Actor, concern_id: uuid.UUID) -> tuple[Concern, ConcernSource]:
    """Who said it, read and recorded as read. Raises Concern.DoesNotExist."""
    check(by.role, WHO_SAID)
    found = queries.fetch(by, concern_id, WHO_SAID)
    audit.record(by=by, action=WHO_SAID, subject=found.person_id or found.pk, purpose="who_said")
    return found, found.told_by
