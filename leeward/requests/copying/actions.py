"""Preparing the copy of a file, making it and giving it. Each is atomic and audited.

A worker goes through every part; decides what is held back, on what ground; is shown where a name
that was held back still stands; and looks again at whatever changed meanwhile. Only then is there
a copy, and only while nothing has changed since is it given.
"""

import dataclasses
import uuid

from django.db import transaction
from django.utils import timezone, translation

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.audit import actions as audit
from leeward.core.agency_time import today
from leeward.law.requests import grounds
from leeward.people.queries import locked
from leeward.requests.actions import Ended, WordsMissing, answer_with_copy
from leeward.requests.copying.content import content_of
from leeward.requests.copying.lines import all_lines, lines_of, parts
from leeward.requests.copying.queries import (
    Progress,
    as_decided,
    asked_of,
    own_names,
    progress_of,
    standing_decisions,
)
from leeward.requests.kinds import Kind
from leeward.requests.models import Answer, Copy, Decision, FileRequest, Looked, Preparation
from leeward.requests.rules import (
    WHOLE_ROW,
    Changes,
    Held,
    Left,
    Line,
    Place,
    changes,
    digest_of,
    digests,
    still_standing,
)


class NotYours(LookupError):
    """Another worker prepares this one: what was decided there is theirs."""


class LookAgain(Exception):
    """This part is otherwise now than on the page that was read."""


class NoSuchLine(LookupError):
    """There is no such line, or the passage does not stand in it."""


class NobodyNamed(ValueError):
    """On this ground somebody is protected: who, must be said."""


class NotReady(Exception):
    """Something stands between the file and its copy; `progress` says what."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress


class ChangedSince(Exception):
    """The file, or what is held back, is otherwise than when the copy was made. `found` says of
    the file what; it is empty where only a decision changed, or a newer copy was made."""

    def __init__(self, found: Changes) -> None:
        super().__init__()
        self.found = found


@transaction.atomic
def begin(*, by: Actor, request: FileRequest) -> Preparation:
    """Begin to prepare the copy; whoever has begun goes on where they were. Raises Ended, and
    TypeError for a request for a correction."""
    check(by.role, "request.answer")
    if request.kind != Kind.COPY:
        raise TypeError(request.kind)
    held = FileRequest.objects.select_for_update().get(pk=request.pk)
    if held.answered_at is not None:
        raise Ended
    found, made = Preparation.objects.get_or_create(
        request=held, recorded_by_id=by.author_id, defaults={"person_id": held.person_id}
    )
    if made:
        audit.record(by=by, action="request.prepare", subject=held.person_id)
    return found


def _own(by: Actor, preparation: Preparation) -> Preparation:
    """The preparation, held by this transaction, if it is theirs. Raises NotYours and Ended."""
    check(by.role, "request.answer")
    held = Preparation.objects.select_for_update().get(pk=preparation.pk)
    if held.recorded_by_id != by.author_id:
        raise NotYours
    if FileRequest.objects.filter(pk=held.request_id, answered_at__isnull=False).exists():
        raise Ended
    # As they stand now, not as a page once fetched them.
    held.person = locked(preparation.person)
    return held


@transaction.atomic
def look_through(*, by: Actor, preparation: Preparation, part: str, seen: str) -> Looked:
    """The worker has read this part through as the page showed it: `seen` is its digest.

    Raises LookAgain when it is otherwise now, and KeyError for a part that there is not.
    """
    held = _own(by, preparation)
    lines = lines_of(asked_of(by, held), parts()[part])
    found = digests(lines)
    if digest_of(found) != seen:
        raise LookAgain
    row = Looked.objects.create(
        person_id=held.person_id,
        preparation=held,
        recorded_by_id=by.author_id,
        part=part,
        lines=found,
    )
    audit.record(by=by, action="request.look", subject=held.person_id)
    return row


@transaction.atomic
def hold_back(*, by: Actor, preparation: Preparation, held: Held) -> Decision:
    """Hold back a line, or a passage of it, on a ground that the law has, with a reason.

    Raises NoSuchLine, WordsMissing, KeyError for another ground, and NobodyNamed where the ground
    protects somebody who is not named.
    """
    own = _own(by, preparation)
    ground = grounds()[held.ground]
    if not held.reason.strip():
        raise WordsMissing
    if ground.protects == "person" and not held.whose.strip():
        raise NobodyNamed
    if not _stands(all_lines(asked_of(by, own)), held):
        raise NoSuchLine
    return _decide(by, own, Decision.Kind.HOLD, dataclasses.asdict(held))


def _stands(lines: list[Line], held: Held) -> bool:
    """Whether there is such a line, or row, and the passage stands in it."""
    for each in lines:
        if each.key == held.line:
            return held.passage in each.words or held.passage in each.head
        if held.line == f"{each.row}:{WHOLE_ROW}":
            return not held.passage
    return False


@transaction.atomic
def look_for(*, by: Actor, preparation: Preparation, words: str) -> Decision:
    """A name or a word that must be looked for in every part. Raises WordsMissing."""
    own = _own(by, preparation)
    if not words.strip():
        raise WordsMissing
    return _decide(by, own, Decision.Kind.LOOK_FOR, {"words": words.strip()})


@dataclasses.dataclass(frozen=True)
class Settled:
    """What is done about a term in some lines: held back on a `ground`, or left without one."""

    term: str
    lines: tuple[str, ...]
    reason: str
    ground: str = ""


@transaction.atomic
def settle(*, by: Actor, preparation: Preparation, settled: Settled) -> list[Decision]:
    """Decide about the places where a held name still stands, line by line.

    Held back, every way in which it is written in the line is. Raises WordsMissing, KeyError for
    another ground, and NoSuchLine when it stands in none of these lines any more.
    """
    own = _own(by, preparation)
    if not settled.reason.strip():
        raise WordsMissing
    if settled.ground:
        grounds()[settled.ground]
    lines = [one for one in all_lines(asked_of(by, own)) if one.key in settled.lines]
    done: list[Decision] = []
    while found := _of_term(by, own, settled.term, lines):
        done += [_decide(by, own, *_about(each, settled)) for each in found]
    if not done:
        raise NoSuchLine
    return done


def _of_term(by: Actor, preparation: Preparation, term: str, lines: list[Line]) -> list[Place]:
    """Where the term still stands in these lines, as things are decided by now."""
    decided = as_decided(standing_decisions(preparation))
    whole = all_lines(asked_of(by, preparation))
    keys = {each.key for each in lines}
    found = still_standing(whole, decided, own_names(preparation.person))
    return [each for each in found if each.term.key == term and each.line.key in keys]


def _about(place: Place, settled: Settled) -> tuple[Decision.Kind, dict[str, str]]:
    if not settled.ground:
        left = Left(place.line.key, place.term.key, settled.reason)
        return Decision.Kind.LEAVE, dataclasses.asdict(left)
    held = Held(place.line.key, settled.ground, place.found, place.found, settled.reason)
    return Decision.Kind.HOLD, dataclasses.asdict(held)


def _decide(
    by: Actor, preparation: Preparation, kind: Decision.Kind, what: dict[str, str]
) -> Decision:
    row = Decision.objects.create(
        person_id=preparation.person_id,
        preparation=preparation,
        recorded_by_id=by.author_id,
        kind=kind.value,
        what=what,
    )
    audit.record(by=by, action="request.decide", subject=preparation.person_id, purpose=kind.value)
    return row


@transaction.atomic
def lift(*, by: Actor, preparation: Preparation, decision_id: uuid.UUID) -> Decision:
    """This counts no longer; that it was decided stays. Raises Decision.DoesNotExist."""
    own = _own(by, preparation)
    row = Decision.objects.select_for_update().get(
        pk=decision_id, preparation=own, lifted_at__isnull=True
    )
    row.lifted_at, row.lifted_by_id = timezone.now(), by.author_id
    Decision.objects.filter(pk=row.pk).update(
        lifted_at=row.lifted_at, lifted_by_id=row.lifted_by_id
    )
    audit.record(by=by, action="request.lift", subject=own.person_id, purpose=row.kind)
    return row


@transaction.atomic
def make(*, by: Actor, preparation: Preparation, language: str) -> Copy:
    """Make the copy, in English or French, and keep every word of it with its digest.

    Everything is gathered anew, in its language: raises NotReady when a part was not read through
    as it stands now, a held name still stands somewhere, or a held passage stands no longer.
    """
    own = _own(by, preparation)
    with translation.override(language):
        progress = progress_of(by, own)
        if not progress.ready:
            raise NotReady(progress)
        content = content_of(progress, language, today())
    row = Copy.objects.create(
        person_id=own.person_id,
        preparation=own,
        recorded_by_id=by.author_id,
        language=language,
        content=content,
        lines=digests(progress.lines),
        digest=digest_of(content),
    )
    audit.record(by=by, action="request.make_copy", subject=own.person_id)
    return row


@transaction.atomic
def give(*, by: Actor, copy: Copy) -> Answer:
    """The copy is in their hands, and the request is answered. Raises ChangedSince and Ended."""
    check(by.role, "request.answer")
    preparation = copy.preparation
    preparation.person = locked(preparation.person)
    found = changes(copy.lines or {}, all_lines(asked_of(by, preparation)))
    of_request = Copy.objects.filter(preparation__request=preparation.request_id)
    decided = Decision.objects.filter(preparation=preparation)
    since = {"recorded_at__gt": copy.recorded_at}
    if (
        found
        or of_request.filter(**since).exists()
        or decided.filter(**since).exists()
        or decided.filter(lifted_at__gt=copy.recorded_at).exists()
    ):
        raise ChangedSince(found)
    request = FileRequest.objects.get(pk=preparation.request_id)
    return answer_with_copy(by=by, request=request, copy=copy)
