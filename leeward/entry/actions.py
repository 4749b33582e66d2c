"""Everything that changes how a young person comes in. Each is atomic and audited."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.audit import actions as audit
from leeward.audit.models import AuditRow
from leeward.entry.codes import new_pass, new_words, words_kept_as
from leeward.entry.faces import FACES, lines_for
from leeward.entry.held import end_passkeys, end_visits, mine
from leeward.entry.kinds import CODE_ANSWERED, CODE_ASKED
from leeward.entry.models import CodeRequest, Entry, Offer, Signpost, Visit
from leeward.entry.queries import (
    could_agree,
    limits,
    may_code_for,
    newest_offer,
    offered_by,
    waiting_request,
)
from leeward.entry.tries import count_wrong
from leeward.notices.actions import settle_about, tell
from leeward.notices.models import Notice
from leeward.people.models import YoungPerson
from leeward.people.queries import locked

# What the second notebook may hold in all, so that its row is as long as any other.
MOST_LINES, LONGEST_LINE, MOST_BYTES = 40, 120, 3600


class NotOffered(ValueError):
    """Words are asked for once it was offered, together with the young person."""


class FaceNotOffered(ValueError):
    """A face that the agency does not offer."""


class ReasonMissing(ValueError):
    """A request says why."""


class AlreadyAsked(ValueError):
    """Words are asked for already, and wait."""


class MayNotAgree(ValueError):
    """Whoever asked does not agree; and whoever asked must still stand near the file."""


class SameNumber(ValueError):
    """The second number is another than the first."""


class TooManyLines(ValueError):
    """More than the second notebook holds."""


@dataclass(frozen=True)
class Agreed:
    """What was agreed to. `words` are told this once, to whoever agreed."""

    request: CodeRequest
    words: str


# --- Workers --------------------------------------------------------------------------------


@transaction.atomic
def offer(
    *, by: Actor, person: YoungPerson, face: str, language: str, watched: str, where: str
) -> Offer:
    """Keep what a worker and the young person found together; makes their entry the first time.

    `face`, `watched` and `where` are of Offer's; `language` is `en` or `fr`.
    Raises FaceNotOffered.
    """
    check(by.role, "space.offer")
    if face not in {each.slug for each in offered_by(person.agency_id).faces}:
        raise FaceNotOffered
    row = Offer.objects.create(
        person=person,
        recorded_by_id=by.author_id,
        face=Offer.Face(face).value,
        language=language,
        watched=Offer.Watched(watched).value,
        where=Offer.Where(where).value,
    )
    locked(person)
    entry = Entry.objects.select_for_update().filter(person=person).first()
    if entry is None:
        Entry.objects.create(
            person=person,
            numbers={name: _of_chance() for name in ("own", "other", "back")},
            lines=FACES[face].lines_in(language),
        )
    else:
        # What was chosen together now counts, and not what they chose alone before.
        entry.face, entry.lines = "", lines_for(face, language, entry.lines)
        entry.save(update_fields=["face", "lines"])
    audit.record(by=by, action="space.offer", subject=person.pk)
    return row


@transaction.atomic
def ask_for_words(*, by: Actor, person: YoungPerson, reason: str) -> CodeRequest:
    """Ask that words are made, the first or new ones. Those who could agree are told.

    Raises NotOffered, ReasonMissing and AlreadyAsked.
    """
    check(by.role, "space.code")
    if not reason.strip():
        raise ReasonMissing
    locked(person)
    if not Entry.objects.filter(person=person).exists():
        raise NotOffered
    if waiting_request(person):
        raise AlreadyAsked
    request = CodeRequest.objects.create(
        person=person,
        asked_by_id=by.author_id,
        ends_at=timezone.now() + dt.timedelta(hours=settings.LEEWARD_REQUEST_HOURS),
        reason=reason.strip(),
    )
    for each in could_agree(person, request.asked_by):
        tell(
            by=by,
            agency_id=person.agency_id,
            kind=CODE_ASKED.name,
            to_worker=each.pk,
            about=person.pk,
            until=request.ends_at,
        )
    audit.record(by=by, action="space.ask_words", subject=person.pk)
    return request


@transaction.atomic
def agree_to_words(*, by: Actor, request_id: uuid.UUID) -> Agreed:
    """Agree: new words are made at once. What was open ends, every number with it.

    Raises MayNotAgree, and CodeRequest.DoesNotExist for one that is answered, has run out, or is
    not theirs to know.
    """
    check(by.role, "space.code")
    request = _held_request(by, request_id)
    if request.asked_by_id == by.id or not may_code_for(request.asked_by, request.person):
        raise MayNotAgree
    words = _new_words_for(request.person)
    _answer(by, request, CodeRequest.Answer.AGREED, Notice.Outcome.DONE)
    return Agreed(request, words)


def _new_words_for(person: YoungPerson) -> str:
    entry = Entry.objects.select_for_update().get(person=person)
    found = newest_offer(person)
    words = new_words(found.language if found else "en")
    end_visits(person.pk)
    end_passkeys(person.pk)
    now = timezone.now()
    if entry.begun_at:
        entry.private_until = now + dt.timedelta(hours=settings.LEEWARD_PRIVATE_HOURS)
    Signpost.objects.filter(lookup=entry.lookup).delete()
    entry.lookup, entry.made_at, entry.begun_at = words_kept_as(words), now, None
    entry.begin_by = now + dt.timedelta(hours=settings.LEEWARD_CODE_HOURS)
    entry.failures, entry.failed_at, entry.locked_at = 0, None, None
    entry.numbers = entry.numbers | {"own": _of_chance(), "other": _of_chance()}
    entry.save()
    Signpost.objects.create(lookup=entry.lookup, agency_id=person.agency_id)
    return words


@transaction.atomic
def refuse_words(*, by: Actor, request_id: uuid.UUID) -> CodeRequest:
    """Do not agree: nothing happens. Raises as `agree_to_words` does."""
    check(by.role, "space.code")
    request = _held_request(by, request_id)
    if request.asked_by_id == by.id:
        raise MayNotAgree
    _answer(by, request, CodeRequest.Answer.REFUSED, Notice.Outcome.REFUSED)
    return request


@transaction.atomic
def take_back_words(*, by: Actor, request_id: uuid.UUID) -> CodeRequest:
    """Take back what one has asked for oneself. Raises MayNotAgree for another's."""
    check(by.role, "space.code")
    request = _held_request(by, request_id)
    if request.asked_by_id != by.id:
        raise MayNotAgree
    _answer(by, request, CodeRequest.Answer.TAKEN_BACK, Notice.Outcome.NOT_NEEDED)
    return request


def _held_request(by: Actor, request_id: uuid.UUID) -> CodeRequest:
    # Two may press at once: the second waits, and finds it answered.
    held = CodeRequest.objects.visible_to(by).waiting().select_for_update().get(pk=request_id)
    return CodeRequest.objects.select_related("person", "asked_by").get(pk=held.pk)


def _answer(
    by: Actor, request: CodeRequest, answer: CodeRequest.Answer, told: Notice.Outcome
) -> None:
    request.answer, request.answered_by_id = answer.value, by.author_id
    request.answered_at = timezone.now()
    CodeRequest.objects.filter(pk=request.pk).update(
        answer=request.answer,
        answered_by_id=request.answered_by_id,
        answered_at=request.answered_at,
    )
    audit.record(
        by=by, action="space.answer_words", subject=request.person_id, purpose=request.answer
    )
    settle_about(by=by, kind=CODE_ASKED.name, about=request.person_id, outcome=told.value)
    if request.asked_by_id != by.id:
        tell(
            by=by,
            agency_id=request.person.agency_id,
            kind=CODE_ANSWERED.name,
            to_worker=request.asked_by_id,
            about=request.person_id,
        )


@transaction.atomic
def lock(*, by: Actor, person: YoungPerson) -> Entry:
    """Lock it now: a phone was taken, or somebody else knows the number. Ends every visit."""
    check(by.role, "space.lock")
    entry = Entry.objects.select_for_update().get(person=person)
    entry.locked_at = entry.locked_at or timezone.now()
    entry.save(update_fields=["locked_at"])
    end_visits(person.pk)
    audit.record(by=by, action="space.lock", subject=person.pk)
    return entry


@transaction.atomic
def unlock(*, by: Actor, person: YoungPerson) -> Entry:
    """Unlock it: the worker has the young person before them, and knows that it is they."""
    check(by.role, "space.lock")
    entry = Entry.objects.select_for_update().get(person=person)
    entry.locked_at, entry.failures, entry.failed_at = None, 0, None
    entry.save(update_fields=["locked_at", "failures", "failed_at"])
    audit.record(by=by, action="space.unlock", subject=person.pk)
    return entry


# --- The young person -----------------------------------------------------------------------


@transaction.atomic
def begin(*, by: Actor, own: str, kept_as: str, borrowed: bool) -> Visit:
    """Come in the first time: `own` is the hash of the number they chose."""
    entry = mine(by, "space.come_in")
    entry.begun_at, entry.numbers = timezone.now(), entry.numbers | {"own": own}
    entry.save(update_fields=["begun_at", "numbers"])
    return _open(by, entry, Visit.OWN, kept_as, borrowed=borrowed)


@transaction.atomic
def open_visit(*, by: Actor, opens: str, kept_as: str, borrowed: bool) -> Visit:
    """Come in: words and number were right. `opens` is one of Visit's two notebooks."""
    return _open(by, mine(by, "space.come_in"), opens, kept_as, borrowed=borrowed)


def _open(by: Actor, entry: Entry, opens: str, kept_as: str, *, borrowed: bool) -> Visit:
    entry.failures, entry.failed_at = 0, None
    entry.save(update_fields=["failures", "failed_at"])
    now = timezone.now()
    end_visits(entry.person_id, ends_at__lte=now)
    found = newest_offer(entry.person)
    borrowed = borrowed or bool(found and found.where == Offer.Where.BORROWED)
    visit = Visit.objects.create(
        person_id=entry.person_id,
        lookup=kept_as,
        used_at=now,
        ends_at=now + limits(borrowed=borrowed)[1],
        borrowed=borrowed,
        opens=opens,
    )
    Signpost.objects.create(lookup=kept_as, agency_id=by.own_agency_id)
    audit.record(by=by, action="space.come_in", subject=entry.person_id)
    return visit


@transaction.atomic
def leave(*, by: Actor, visit_id: uuid.UUID) -> None:
    """End this visit, on the server, whatever the browser keeps."""
    entry = mine(by, "space.leave")
    end_visits(entry.person_id, pk=visit_id)
    audit.record(by=by, action="space.leave", subject=entry.person_id)


@transaction.atomic
def read_space(*, by: Actor, page: str) -> Entry:
    """What is theirs, read and recorded as read."""
    check(by.role, "space.read")
    entry = Entry.objects.visible_to(by).select_related("person").get()
    audit.record(by=by, action="space.read", subject=entry.person_id, purpose=page)
    return entry


@transaction.atomic
def choose_second(*, by: Actor, number: str, lines: Sequence[str]) -> Entry:
    """Choose a second number, and the lines of the notebook it opens.

    Without lines, those that are there stay. Raises SameNumber and TooManyLines.
    """
    entry = mine(by, "space.second")
    if check_password(number, entry.numbers["own"]):
        raise SameNumber
    entry.numbers = entry.numbers | {"other": make_password(number)}
    entry.lines = _fitting(lines) or entry.lines
    entry.save(update_fields=["numbers", "lines"])
    audit.record(by=by, action="space.second", subject=entry.person_id)
    return entry


@transaction.atomic
def add_line(*, by: Actor, line: str) -> Entry:
    """Put one more line on top of the second notebook; the oldest makes room."""
    entry = mine(by, "space.second")
    lines = [line.strip()[:LONGEST_LINE], *entry.lines][:MOST_LINES]
    while _size(lines) > MOST_BYTES:
        lines.pop()
    entry.lines = lines
    entry.save(update_fields=["lines"])
    audit.record(by=by, action="space.second", subject=entry.person_id)
    return entry


@transaction.atomic
def make_words_back(*, by: Actor) -> str:
    """New words for coming back, in place of any before. They are told this once."""
    entry = mine(by, "space.words_back")
    found = newest_offer(entry.person)
    words = new_words(found.language if found else "en")
    entry.numbers = entry.numbers | {"back": make_password(words)}
    entry.save(update_fields=["numbers"])
    audit.record(by=by, action="space.words_back", subject=entry.person_id)
    return words


@transaction.atomic
def give_words_back(*, by: Actor, words: str) -> bool:
    """Give the words for coming back: right ones open at once what only they see.

    `words` as `codes.as_compared` says them. Wrong ones count as wrong numbers do, and too many
    lock; the answer is False.
    """
    entry = mine(by, "space.words_back")
    right = check_password(words, entry.numbers["back"]) and entry.locked_at is None
    if right:
        entry.private_until = None
        entry.save(update_fields=["private_until"])
    elif count_wrong(entry):
        end_visits(entry.person_id)
    outcome = AuditRow.Outcome.DONE if right else AuditRow.Outcome.FAILED
    audit.record(by=by, action="space.words_back", subject=entry.person_id, outcome=outcome)
    return right


def _of_chance() -> str:
    return make_password(new_pass())


def _fitting(lines: Sequence[str]) -> list[str]:
    kept = [each.strip()[:LONGEST_LINE] for each in lines if each.strip()]
    if len(kept) > MOST_LINES or _size(kept) > MOST_BYTES:
        raise TooManyLines
    return kept


def _size(lines: Sequence[str]) -> int:
    return sum(len(each.encode()) + 3 for each in lines)
