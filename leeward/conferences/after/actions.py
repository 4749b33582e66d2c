"""What a meeting came to: deciding, disagreeing, reading, and telling the young person. Each is
atomic and audited; nothing is overwritten."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from leeward.access.actors import Actor
from leeward.access.rules import NotAllowed, check
from leeward.accounts.models import Worker
from leeward.audit import actions as audit
from leeward.conferences.after.models import (
    Agrees,
    Decision,
    DecisionNews,
    Disagreement,
    MeetingSide,
    Reading,
    Telling,
)
from leeward.conferences.after.queries import newest_side, newest_telling, was_released
from leeward.conferences.before.actions import (
    ChangedMeanwhile,
    NothingWritten,
    NotOnTheTeam,
)
from leeward.conferences.before.models import Meeting
from leeward.conferences.before.queries import works_with
from leeward.entry.models import Entry
from leeward.people.covering.queries import stands_in
from leeward.people.queries import locked
from leeward.releases.rules import ANSWERS, QUESTIONS, may_go


class AlreadySaid(ValueError):
    """What came of a decision is said once."""


class NotTheirs(ValueError):
    """What lies on a worker's desk, that worker answers for."""


class NotOffered(ValueError):
    """Released to My space: there must be one."""


class NotReleased(ValueError):
    """What was decided is not, or was never, theirs to read in My space."""


@dataclass(frozen=True)
class Decided:
    """What was decided: who does it (a worker of the team, or a name), by when, and what the young
    person thinks of it (`agrees` of Agrees, and their words)."""

    what: str
    owner: Worker | None = None
    owner_name: str = ""
    due_on: dt.date | None = None
    agrees: str = Agrees.NOT_ASKED.value
    view: str = ""


@transaction.atomic
def decide(*, by: Actor, meeting: Meeting, decided: Decided) -> Decision:
    """Keep a decision. With a worker as its owner it is a task on their desk.

    Raises NothingWritten without what or by whom, NotOnTheTeam, and ValueError for an answer that
    there is not.
    """
    check(by.role, "conference.write")
    locked(meeting.person)
    owner, name = decided.owner, decided.owner_name.strip()
    if not decided.what.strip() or not (owner or name):
        raise NothingWritten
    if owner and not works_with(meeting.person, owner):
        raise NotOnTheTeam
    row = Decision.objects.create(
        person_id=meeting.person_id,
        meeting=meeting,
        recorded_by_id=by.author_id,
        what=decided.what,
        owner=owner,
        owner_name="" if owner else name,
        due_on=decided.due_on,
        agrees=Agrees(decided.agrees).value,
        view=decided.view,
    )
    _told(by, meeting, "decided")
    return row


def _told(by: Actor, meeting: Meeting, purpose: str) -> None:
    audit.record(by=by, action="conference.write", subject=meeting.person_id, purpose=purpose)


@transaction.atomic
def how_it_went(*, by: Actor, decision: Decision, kind: str, words: str = "") -> DecisionNews:
    """Done, or not done and why. Of what lies on a worker's desk they say it, whoever covers for
    them, or whoever may say who works on the file; of anybody else's, whoever keeps the minutes.

    Raises NotTheirs, AlreadySaid, and NothingWritten for a "not done" without its reason.
    """
    check(by.role, "conference.write")
    locked(decision.person)
    if not _may_say(by, decision):
        raise NotTheirs
    if DecisionNews.objects.filter(decision=decision).exists():
        raise AlreadySaid
    said = DecisionNews.Kind(kind)
    if said == DecisionNews.Kind.NOT_DONE and not words.strip():
        raise NothingWritten
    row = DecisionNews.objects.create(
        person_id=decision.person_id,
        decision=decision,
        recorded_by_id=by.author_id,
        kind=said.value,
        words=words,
    )
    _told(by, decision.meeting, said.value)
    return row


def _may_say(by: Actor, decision: Decision) -> bool:
    owner = decision.owner_id
    if owner is None or owner == by.id or by.role == "supervisor":
        return True
    return stands_in(by, decision.person_id, owner)


@transaction.atomic
def disagree(*, by: Actor, meeting: Meeting, who: str, what: str) -> Disagreement:
    """Keep that somebody saw it another way. It is not talked away. Raises NothingWritten."""
    check(by.role, "conference.write")
    locked(meeting.person)
    if not who.strip() or not what.strip():
        raise NothingWritten
    row = Disagreement.objects.create(
        person_id=meeting.person_id,
        meeting=meeting,
        recorded_by_id=by.author_id,
        who=who,
        what=what,
    )
    _told(by, meeting, "disagreed")
    return row


@transaction.atomic
def mark_read(*, by: Actor, meeting: Meeting) -> Reading:
    """Whoever acts says that they have read what was decided. The young person says so of what
    was released to them. Raises NotReleased.
    """
    own = by.kind == "young_person"
    check(by.role, "meeting.write" if own else "conference.read")
    if own and by.id != meeting.person_id:
        raise NotAllowed("meeting.write")
    locked(meeting.person)
    telling = newest_telling(meeting)
    if own and (telling is None or telling.kind != Telling.Kind.RELEASED):
        raise NotReleased
    row = Reading.objects.create(
        person_id=meeting.person_id,
        meeting=meeting,
        recorded_by_id=None if own else by.author_id,
    )
    action = "meeting.write" if own else "conference.write"
    audit.record(by=by, action=action, subject=meeting.person_id, purpose="read")
    return row


@transaction.atomic
def tell(*, by: Actor, meeting: Meeting, words: str, answers: Mapping[str, str]) -> Telling:
    """Keep what was decided in words for the young person, and a worker's three answers; it may
    be read in My space if each is a plain no.

    `answers` holds one of `releases.rules.ANSWERS` for each of its QUESTIONS. Raises NotOffered,
    NothingWritten, and ValueError for an answer that there is not.
    """
    check(by.role, "conference.release")
    given = {each: str(answers.get(each)) for each in QUESTIONS}
    if not set(given.values()) <= set(ANSWERS):
        raise ValueError(given)
    locked(meeting.person)
    if not Entry.objects.filter(person=meeting.person_id).exists():
        raise NotOffered
    if not words.strip():
        raise NothingWritten
    kind = Telling.Kind.RELEASED if may_go(given) else Telling.Kind.NOT_NOW
    return _tell(by, meeting, kind, words, given)


@transaction.atomic
def take_back(*, by: Actor, meeting: Meeting) -> Telling:
    """It is not read in My space from now on. Their side stays. Raises NotReleased."""
    check(by.role, "conference.release")
    locked(meeting.person)
    newest = newest_telling(meeting)
    if newest is None or newest.kind != Telling.Kind.RELEASED:
        raise NotReleased
    return _tell(by, meeting, Telling.Kind.TAKEN_BACK, "", None)


def _tell(
    by: Actor,
    meeting: Meeting,
    kind: Telling.Kind,
    words: str,
    answers: Mapping[str, str] | None,
) -> Telling:
    newest = newest_telling(meeting)
    row = Telling.objects.create(
        person_id=meeting.person_id,
        meeting=meeting,
        recorded_by_id=by.author_id,
        number=newest.number + 1 if newest else 1,
        kind=kind.value,
        words=words,
        answers=answers,
    )
    audit.record(by=by, action="conference.release", subject=meeting.person_id, purpose=kind.value)
    return row


@transaction.atomic
def write_meeting_side(*, by: Actor, meeting: Meeting, version: int, words: str) -> MeetingSide:
    """The young person says their side of what was decided, exactly so, as a new version.

    `version` is the one the form was filled from, 0 for none. Also where it was taken back since:
    they have read it. Raises NotReleased, NothingWritten and ChangedMeanwhile.
    """
    check(by.role, "meeting.write")
    if by.kind != "young_person" or by.id != meeting.person_id:
        raise NotAllowed("meeting.write")
    locked(meeting.person)
    newest = newest_side(meeting)
    if not was_released(meeting):
        raise NotReleased
    if not words.strip():
        raise NothingWritten
    if version != (newest.number if newest else 0):
        raise ChangedMeanwhile
    if newest and newest.words == words:
        return newest
    row = MeetingSide.objects.create(
        person_id=meeting.person_id, meeting=meeting, number=version + 1, words=words
    )
    audit.record(by=by, action="meeting.write", subject=meeting.person_id, purpose="side")
    return row
