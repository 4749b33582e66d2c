"""Everything that changes what is known of a young person. Each is atomic and audited."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

from django.db import transaction

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.accounts.models import Agency, Worker
from leeward.audit import actions as audit
from leeward.core.agency_time import today
from leeward.people.models import (
    Contact,
    Description,
    DetailsChange,
    FileEvent,
    OwnWords,
    SafeContact,
    SearchToken,
    Strength,
    YoungPerson,
)
from leeward.people.opening import (
    NewFile,
    check_names,
    keep_new,
    keep_tokens,
    person_of,
)
from leeward.people.queries import (
    Match,
    description,
    fetch,
    find,
    locked,
    safe_contact,
)
from leeward.people.watching.actions import raise_review
from leeward.people.watching.queries import too_many_searches


class ChangedMeanwhile(Exception):
    """Somebody else changed the same details since this form was opened.

    `now` is the person as they stand; nobody's words are lost until a worker chooses.
    """

    def __init__(self, now: YoungPerson) -> None:
        super().__init__()
        self.now = now


class NewerAnswers(Exception):
    """A newer safe contact or description stands than the one this form was filled from.

    `now` is that row; nothing was saved, so that an old page never undoes a newer one unseen.
    """

    def __init__(self, now: SafeContact | Description) -> None:
        super().__init__()
        self.now = now


class WrongState(Exception):
    """The file is already closed, or already open."""


class TooManySearches(Exception):
    """More searches than one worker needs in that time (LEEWARD_SEARCHES)."""


class SomebodyAlike(Exception):
    """Somebody has a name like this whom nobody has yet said to be another person."""


_Answers = TypeVar("_Answers", SafeContact, Description)

# What leaves Leeward with whoever opened it, by the permission that its page asks.
LEAVES_AS = {
    "file.print": "file.print",
    "document.open": "file.export",
    "request.copy": "file.export",
}
# How many of those alike are shown before a file is opened.
ALIKE_SHOWN = 5


@transaction.atomic
def open_file(
    *,
    by: Actor,
    name_used: str,
    strengths: Sequence[str] = (),
    own_words: str = "",
    reason: str = "",
    details: Mapping[str, Any] | None = None,
    not_these: Collection[uuid.UUID] = (),
) -> YoungPerson:
    """Open a file for a young person and put whoever opens it on the team.

    `details` may hold any of YoungPerson.DETAILS; `not_these` are the people alike whom the worker
    has seen and said to be somebody else. Raises NameMissing without a name, TooManyNames, and
    SomebodyAlike when there are others alike than `not_these`.
    """
    check(by.role, "people.create")
    new = NewFile(name_used, strengths, own_words, reason, details or {})
    new.check()
    # One file at a time in an agency: the same button pressed twice finds the file of the first.
    Agency.objects.select_for_update().get(pk=by.own_agency_id)
    born = str(new.details.get("born") or "")
    alike = find(by, name_used, born=born, limit=ALIKE_SHOWN)
    if any(match.person.pk not in not_these for match in alike):
        raise SomebodyAlike
    person = person_of(by, new)
    keep_new(by, [(person, new)])
    return person


def index_names(person: YoungPerson) -> None:
    """Renew the blind tokens by which this person is found. Part of a larger action."""
    SearchToken.objects.filter(person=person).delete()
    keep_tokens([person])


@transaction.atomic
def change_details(
    *, by: Actor, person: YoungPerson, version: int, details: Mapping[str, Any]
) -> YoungPerson:
    """Change some of YoungPerson.DETAILS, keeping what stood before.

    `version` is the one the form was filled from. Raises ChangedMeanwhile when another has been
    saved since, NameMissing when the name would be emptied, TooManyNames.
    """
    check(by.role, "file.write")
    now = locked(person)
    if now.version != version:
        raise ChangedMeanwhile(now)
    check_names(str(details.get("name_used", now.name_used)), details.get("other_names"))
    before = {
        field: getattr(now, field)
        for field in details
        if field in YoungPerson.DETAILS and getattr(now, field) != details[field]
    }
    if not before:
        return now
    DetailsChange.objects.create(
        person=now, recorded_by_id=by.author_id, version=now.version, before=before
    )
    for field in before:
        setattr(now, field, details[field])
    now.version += 1
    now.save()
    if {"name_used", "other_names", "born"} & before.keys():
        index_names(now)
    audit.record(by=by, action="file.change_details", subject=now.pk)
    return now


@transaction.atomic
def confirm_safe_contact(
    *, by: Actor, person: YoungPerson, filled_from: uuid.UUID | None = None, **answers: Any
) -> SafeContact:
    """Add a safe contact as confirmed today (or on `confirmed_on`); the newest is used.

    `filled_from` is the row the form was filled from, None for an empty form. Raises NewerAnswers
    when another one stands by now.
    """
    check(by.role, "file.write")
    answers.setdefault("confirmed_on", today())
    newest = safe_contact(locked(person))
    if already := _already(newest, filled_from, answers):
        return already
    row = SafeContact.objects.create(person=person, recorded_by_id=by.author_id, **answers)
    audit.record(by=by, action="file.safe_contact", subject=person.pk)
    return row


def _already(
    newest: _Answers | None, filled_from: Any, answers: Mapping[str, Any]
) -> _Answers | None:
    # The same form sent twice, as an old phone on a slow line does, is one row.
    if newest is None or newest.pk == filled_from:
        return None
    if all(getattr(newest, name) == said for name, said in answers.items()):
        return newest
    raise NewerAnswers(newest)


@transaction.atomic
def add_strengths(*, by: Actor, person: YoungPerson, texts: Sequence[str]) -> list[Strength]:
    """Add strengths, one row each; empty texts are passed over."""
    check(by.role, "file.write")
    rows = [
        Strength.objects.create(person=person, recorded_by_id=by.author_id, text=text.strip())
        for text in texts
        if text.strip()
    ]
    if rows:
        audit.record(by=by, action="file.add_strengths", subject=person.pk)
    return rows


@transaction.atomic
def keep_own_words(*, by: Actor, person: YoungPerson, text: str, said_on: dt.date) -> OwnWords:
    """Keep what the young person said, exactly."""
    check(by.role, "file.write")
    row = OwnWords.objects.create(
        person=person, recorded_by_id=by.author_id, text=text, said_on=said_on
    )
    audit.record(by=by, action="file.own_words", subject=person.pk)
    return row


@transaction.atomic
def describe(
    *, by: Actor, person: YoungPerson, filled_from: uuid.UUID | None = None, **answers: str
) -> Description:
    """Keep a description ahead, for a missing sheet alone.

    `filled_from` is the row the form was filled from, None for an empty form. Raises NewerAnswers
    when another one stands by now.
    """
    check(by.role, "file.write")
    newest = description(locked(person))
    if already := _already(newest, filled_from, answers):
        return already
    row = Description.objects.create(person=person, recorded_by_id=by.author_id, **answers)
    audit.record(by=by, action="file.describe", subject=person.pk)
    return row


@transaction.atomic
def record_contact(
    *, by: Actor, person: YoungPerson, how: str, on: dt.date, note: str = ""
) -> Contact:
    """Record that somebody met, called or tried to reach them. `how` is one of Contact.How."""
    check(by.role, "file.write")
    row = Contact.objects.create(
        person=person, recorded_by_id=by.author_id, how=Contact.How(how), on=on, note=note
    )
    audit.record(by=by, action="file.contact", subject=person.pk)
    return row


@transaction.atomic
def close_file(*, by: Actor, person: YoungPerson, reason: str) -> YoungPerson:
    """Close an open file, with the reason. Raises WrongState when it is closed."""
    return _turn(by=by, person=person, kind="closed", to="closed", reason=reason)


@transaction.atomic
def reopen_file(*, by: Actor, person: YoungPerson, reason: str) -> YoungPerson:
    """Open a closed file again, with the reason. Raises WrongState when it is open."""
    return _turn(by=by, person=person, kind="reopened", to="open", reason=reason)


def _turn(*, by: Actor, person: YoungPerson, kind: str, to: str, reason: str) -> YoungPerson:
    check(by.role, "file.close")
    now = locked(person)
    if now.state == to:
        raise WrongState
    now.state = to
    now.save(update_fields=["state"])
    FileEvent.objects.create(
        person=now, recorded_by_id=by.author_id, kind=kind, on=today(), reason=reason
    )
    audit.record(by=by, action=f"file.{kind}", subject=now.pk)
    return now


@transaction.atomic
def read_file(
    *,
    by: Actor,
    person_id: uuid.UUID,
    page: str,
    permission: str = "file.open",
    trace: str = "",
) -> YoungPerson:
    """Fetch a person to read their file, and record that it was read.

    One audit row a request; `page` says which. Whatever permission the page asks, to fetch a file
    is to open it; a print or an export is more, and `trace` is the code on that copy. Raises
    NotAllowed for a role that never may, YoungPerson.DoesNotExist for a file that is not theirs.
    """
    check(by.role, permission)
    person = fetch(by, person_id, permission)
    opened = LEAVES_AS.get(permission, "file.open")
    audit.record(by=by, action=opened, subject=person.pk, purpose=page, trace=trace)
    return person


@transaction.atomic
def look_up(*, by: Actor, asked: str, born: str = "", limit: int = 20) -> list[Match]:
    """Search by name, and record whose names were shown (never the words asked for).

    Raises NotAllowed, and TooManySearches past LEEWARD_SEARCHES.
    """
    check(by.role, "people.find")
    if too_many_searches(by.author_id):
        raise TooManySearches
    matches = find(by, asked, born=born, limit=limit)
    audit.record(
        by=by, action="people.find", shown=[match.person.pk for match in matches], purpose="find"
    )
    raise_review(worker=Worker.objects.get(pk=by.author_id))
    return matches
