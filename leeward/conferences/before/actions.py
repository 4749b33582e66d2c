"""Calling a meeting, preparing it with the young person, and asking people to it. Each is atomic
and audited; nothing is overwritten."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction

from leeward.access.actors import Actor
from leeward.access.rules import NotAllowed, check
from leeward.accounts.models import Worker
from leeward.audit import actions as audit
from leeward.conferences import rules
from leeward.conferences.before.models import (
    Hears,
    Invitation,
    InvitationNews,
    Meeting,
    Pack,
    PackItem,
    Preparation,
    Saying,
    Shape,
    Sitting,
)
from leeward.conferences.before.queries import (
    called,
    likest,
    may_be_chosen,
    never_names,
    newest_pack,
    newest_preparation,
    newest_saying,
    newest_sitting,
    works_with,
)
from leeward.people.models import YoungPerson
from leeward.people.queries import locked


class ChangedMeanwhile(Exception):
    """Somebody saved a newer one since the form was opened."""


class NothingWritten(ValueError):
    """It has to say something: a purpose, a reason, a name."""


class CalledOff(ValueError):
    """The meeting was called off, and stays so."""


class NotAskedFirst(ValueError):
    """Nobody recorded that the young person was asked, or why not yet."""


class NeverInvited(ValueError):
    """This person is not asked to a meeting about this young person. It does not say why."""


class IsThatSomebodyElse(ValueError):
    """The name is like one in the file: a worker must look before it is taken."""


class NotOnTheTeam(ValueError):
    """A worker who is asked works with the young person today."""


class AlreadySo(ValueError):
    """Each thing comes to an invitation once, and in its order."""


class NotTogether(ValueError):
    """A pack is chosen by the young person and a worker together."""


class NotForAPack(ValueError):
    """Not a piece of the plan that may lie in a pack, or not one that this worker may read."""


@dataclass(frozen=True)
class When:
    """When and where: a moment in UTC, how long in minutes, by which clocks, and the place."""

    starts_at: dt.datetime
    minutes: int
    zone: str
    place: str = ""


@dataclass(frozen=True)
class Who:
    """Whom to ask, as what (a key of roles.csv), and why; `worker` for one of the team."""

    name: str
    role: str
    why: str
    worker: Worker | None = None


@transaction.atomic
def call(*, by: Actor, person: YoungPerson, shape: str, purpose: str, when: When) -> Meeting:
    """Call a meeting about this young person. Raises NothingWritten, and ValueError for a shape,
    a zone or a length that there is not."""
    check(by.role, "conference.write")
    locked(person)
    if not purpose.strip():
        raise NothingWritten
    meeting = Meeting.objects.create(
        person=person, recorded_by_id=by.author_id, shape=Shape(shape).value, purpose=purpose
    )
    _sit(by, meeting, 1, Sitting.Kind.SET, when, "")
    _told(by, person.pk, "called")
    return meeting


@transaction.atomic
def move(*, by: Actor, meeting: Meeting, version: int, when: When, why: str) -> Sitting:
    """Another day, time or place. `version` is the number of the sitting that the form showed.

    Raises ChangedMeanwhile, CalledOff and NothingWritten.
    """
    _changing(by, meeting, version, why)
    row = _sit(by, meeting, version + 1, Sitting.Kind.MOVED, when, why)
    _told(by, meeting.person_id, "moved")
    return row


@transaction.atomic
def call_off(*, by: Actor, meeting: Meeting, version: int, why: str) -> Sitting:
    """It will not be. Raises as `move` does."""
    last = _changing(by, meeting, version, why)
    when = When(last.starts_at, last.minutes, last.zone, last.place)
    row = _sit(by, meeting, version + 1, Sitting.Kind.CALLED_OFF, when, why)
    _told(by, meeting.person_id, "called_off")
    return row


def _changing(by: Actor, meeting: Meeting, version: int, why: str) -> Sitting:
    check(by.role, "conference.write")
    locked(meeting.person)
    last = newest_sitting(meeting)
    if last.kind == Sitting.Kind.CALLED_OFF:
        raise CalledOff
    if last.number != version:
        raise ChangedMeanwhile
    if not why.strip():
        raise NothingWritten
    return last


def _sit(
    by: Actor, meeting: Meeting, number: int, kind: Sitting.Kind, when: When, why: str
) -> Sitting:
    if when.zone not in rules.ZONES or not rules.SHORTEST <= when.minutes <= rules.LONGEST:
        raise ValueError(when.zone, when.minutes)
    return Sitting.objects.create(
        person_id=meeting.person_id,
        meeting=meeting,
        recorded_by_id=by.author_id,
        number=number,
        kind=kind.value,
        starts_at=when.starts_at,
        minutes=when.minutes,
        zone=when.zone,
        place=when.place,
        why=why,
    )


def _told(by: Actor, person_id: uuid.UUID, purpose: str) -> None:
    audit.record(by=by, action="conference.write", subject=person_id, purpose=purpose)


@transaction.atomic
def prepare(
    *,
    by: Actor,
    meeting: Meeting,
    version: int,
    asked: bool,
    presence: str = "",
    words: str = "",
    why_not: str = "",
    said: Mapping[str, str] | None = None,
    hears: str = Hears.TEAM.value,
) -> Preparation:
    """Record that the young person was asked, how they take part and what they say; or why they
    were not asked yet. Everything else about a meeting comes after this.

    `said` holds, by kind of Saying, what a worker wrote down with them, for their team or for
    everyone at the meeting (`hears`). `version` is that of the newest preparation, 0 for none.
    Raises ChangedMeanwhile, and NothingWritten for a "not yet" without its reason.
    """
    check(by.role, "conference.write")
    locked(meeting.person)
    newest = newest_preparation(meeting)
    if version != (newest.number if newest else 0):
        raise ChangedMeanwhile
    if not asked and not why_not.strip():
        raise NothingWritten
    row = Preparation.objects.create(
        person_id=meeting.person_id,
        meeting=meeting,
        recorded_by_id=by.author_id,
        number=version + 1,
        asked=asked,
        presence=presence if asked else "",
        words=words if asked else "",
        why_not="" if asked else why_not,
    )
    if hears not in (Hears.TEAM, Hears.ROOM):
        raise ValueError(hears)
    for kind, each in (said or {}).items():
        _pen(meeting, by.author_id, kind, each, hears)
    _told(by, meeting.person_id, "prepared")
    return row


@transaction.atomic
def say(
    *, by: Actor, meeting: Meeting, kind: str, version: int, words: str, hears: str
) -> Saying | None:
    """The young person says something before a meeting, exactly so, and who hears it; nothing, to
    take it out. `version` is the one the form was filled from, 0 for none.

    Raises ChangedMeanwhile; and ValueError for a kind or hearers that there are not.
    """
    check(by.role, "meeting.write")
    if by.kind != "young_person" or by.id != meeting.person_id:
        raise NotAllowed("meeting.write")
    locked(meeting.person)
    newest = newest_saying(meeting, kind, own=True)
    if version != (newest.number if newest else 0):
        raise ChangedMeanwhile
    if newest is None and not words.strip():
        return None
    row = _say(meeting, None, kind, words if words.strip() else "", hears)
    audit.record(by=by, action="meeting.write", subject=meeting.person_id)
    return row


def _pen(meeting: Meeting, writer: uuid.UUID, kind: str, words: str, hears: str) -> None:
    """What a worker wrote down with them, where it says something new; nothing, to take it out."""
    newest = newest_saying(meeting, kind, own=False)
    said = words if words.strip() else ""
    if (said, hears) != ((newest.words, newest.hears) if newest else ("", hears)):
        _say(meeting, writer, kind, said, hears)


def _say(meeting: Meeting, writer: uuid.UUID | None, kind: str, words: str, hears: str) -> Saying:
    newest = newest_saying(meeting, kind, own=writer is None)
    return Saying.objects.create(
        person_id=meeting.person_id,
        meeting=meeting,
        recorded_by_id=writer,
        kind=Saying.Kind(kind).value,
        number=newest.number + 1 if newest else 1,
        hears=Hears(hears).value,
        words=words,
    )


@transaction.atomic
def invite(*, by: Actor, meeting: Meeting, who: Who, sure: bool = False) -> Invitation:
    """Put somebody on the list of those who are asked. Nothing goes out by it.

    Raises NeverInvited for whoever the circle, or a lock, keeps away; IsThatSomebodyElse where
    the name is only like theirs and nobody is `sure` yet. Also NothingWritten, NotOnTheTeam,
    CalledOff, and KeyError for a role that there is not.
    """
    check(by.role, "conference.write")
    locked(meeting.person)
    name = who.worker.display_name if who.worker else who.name
    if not name.strip() or not who.why.strip():
        raise NothingWritten
    if newest_sitting(meeting).kind == Sitting.Kind.CALLED_OFF:
        raise CalledOff
    if who.worker and not works_with(meeting.person, who.worker):
        raise NotOnTheTeam
    found = likest(name, never_names(meeting.person))
    if found == "same":
        raise NeverInvited
    if found == "alike" and not sure:
        raise IsThatSomebodyElse
    row = Invitation.objects.create(
        person_id=meeting.person_id,
        meeting=meeting,
        recorded_by_id=by.author_id,
        worker=who.worker,
        name=name,
        role_key=rules.roles()[who.role].key,
        why=who.why,
    )
    _told(by, meeting.person_id, "invited")
    return row


@transaction.atomic
def tell_of(*, by: Actor, invitation: Invitation, kind: str) -> InvitationNews:
    """An invitation went out, was taken back, or its person came or stayed away.

    Sent: only after the young person was asked (NotAskedFirst), never for a meeting that was
    called off (CalledOff), nor to whoever may not be asked since (NeverInvited). Raises AlreadySo
    for what came before.
    """
    check(by.role, "conference.write")
    meeting = invitation.meeting
    locked(meeting.person)
    said = InvitationNews.Kind(kind).value
    before = set(invitation.news.values_list("kind", flat=True))
    if said in before or before & {"taken_back", "came", "stayed_away"}:
        raise AlreadySo
    if said == InvitationNews.Kind.SENT:
        _may_go_out(meeting, invitation)
    row = InvitationNews.objects.create(
        person_id=meeting.person_id,
        invitation=invitation,
        recorded_by_id=by.author_id,
        kind=said,
    )
    _told(by, meeting.person_id, said)
    return row


def _may_go_out(meeting: Meeting, invitation: Invitation) -> None:
    stands = called(meeting)
    if stands.called_off:
        raise CalledOff
    if not stands.may_go_out:
        raise NotAskedFirst
    if likest(invitation.name, never_names(meeting.person)) == "same":
        raise NeverInvited


@transaction.atomic
def choose_pack(
    *, by: Actor, meeting: Meeting, version: int, chosen: Collection[uuid.UUID], together: bool
) -> Pack:
    """Choose what of the plan lies in the pack, by the ids of its versions; none for nothing.

    `version` is the number of the pack that the form showed, 0 for none. Raises NotTogether,
    NotForAPack and ChangedMeanwhile.
    """
    check(by.role, "conference.write")
    locked(meeting.person)
    if not together:
        raise NotTogether
    newest = newest_pack(meeting)
    if version != (newest.number if newest else 0):
        raise ChangedMeanwhile
    may = {each.pk for each in may_be_chosen(by, meeting.person)}
    if not set(chosen) <= may:
        raise NotForAPack
    pack = Pack.objects.create(
        person_id=meeting.person_id,
        meeting=meeting,
        recorded_by_id=by.author_id,
        number=version + 1,
        together=True,
    )
    for each in sorted(set(chosen)):
        PackItem.objects.create(person_id=meeting.person_id, pack=pack, version_id=each)
    _told(by, meeting.person_id, "pack")
    return pack
