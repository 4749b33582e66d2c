"""What a new file is made of, for one or for many at once. Part of larger actions, which have
looked for those alike while nobody else could open a file."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from leeward.access.actors import Actor
from leeward.accounts.models import Worker
from leeward.audit import actions as audit
from leeward.core.agency_time import today
from leeward.notices.actions import tell_or_seem_to
from leeward.people import rules
from leeward.people.models import (
    Assignment,
    FileEvent,
    OwnWords,
    SearchToken,
    Strength,
    YoungPerson,
)
from leeward.people.queries import locked_among
from leeward.people.standing.kinds import SAME_NAME
from leeward.sealing import keyring
from leeward.sealing.codec import token

# As what whoever opens a file joins its team, by their role.
_WORKS_AS = {"supervisor": "supervisor", "youth_in_transition": "youth_in_transition"}


class NameMissing(ValueError):
    """A file needs a name to use; everything else can wait."""


class TooManyNames(ValueError):
    """More names, or a longer one, than a person goes by (rules.MOST_NAMES, LONGEST_NAME)."""


@dataclass(frozen=True)
class NewFile:
    """What is known of a young person on the first day; `details` of YoungPerson.DETAILS."""

    name_used: str
    strengths: Sequence[str] = ()
    own_words: str = ""
    reason: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)

    def check(self) -> None:
        """Raise NameMissing or TooManyNames."""
        check_names(self.name_used, self.details.get("other_names"))


def check_names(name_used: str, other_names: Sequence[str] | None) -> None:
    """Raise NameMissing or TooManyNames."""
    if not name_used.strip():
        raise NameMissing
    others = other_names or ()
    too_long = any(len(name) > rules.LONGEST_NAME for name in (name_used.strip(), *others))
    if too_long or len(others) > rules.MOST_NAMES:
        raise TooManyNames


def person_of(by: Actor, new: NewFile) -> YoungPerson:
    """Whom a new file is about, not yet kept. Raises as `NewFile.check`."""
    new.check()
    person = YoungPerson(
        agency_id=by.own_agency_id, opened_by_id=by.author_id, name_used=new.name_used.strip()
    )
    for name in YoungPerson.DETAILS:
        if name in new.details:
            setattr(person, name, new.details[name])
    return person


def keep_new(by: Actor, opened: Sequence[tuple[YoungPerson, NewFile]]) -> None:
    """Keep the files of these people whole, with whoever opens them on the team."""
    people = [person for person, _new in opened]
    keyring.make_keys((person.pk, person.agency_id) for person in people)
    keyring.warm(person.pk for person in people)
    YoungPerson.objects.bulk_create(people)
    keep_tokens(people)
    added, day = {"recorded_by_id": by.author_id}, today()
    Strength.objects.bulk_create(
        Strength(person=person, text=text.strip(), **added)
        for person, new in opened
        for text in new.strengths
        if text.strip()
    )
    OwnWords.objects.bulk_create(
        OwnWords(person=person, said_on=day, text=new.own_words, **added)
        for person, new in opened
        if new.own_words.strip()
    )
    FileEvent.objects.bulk_create(
        FileEvent(person=person, kind="opened", on=day, reason=new.reason, **added)
        for person, new in opened
    )
    works_as = _WORKS_AS.get(by.role, "worker")
    Assignment.objects.bulk_create(
        Assignment(person=each, worker_id=by.author_id, works_as=works_as, since=day, **added)
        for each in people
    )
    _tell(by, people)
    audit.record_each(by=by, action="file.create", rows=[(each.pk, ()) for each in people])


def _tell(by: Actor, people: Sequence[YoungPerson]) -> None:
    """Always, and with the same work: whoever is locked out of a file learns nothing of it."""
    tell_or_seem_to(
        really=locked_among(by, {each.pk: names_of(each) for each in people}),
        by=by,
        agency_id=by.own_agency_id,
        kind=SAME_NAME.name,
        to_role=Worker.Role.PRIVACY_OFFICER,
        about=[each.pk for each in people],
        but_not=by.author_id,
    )


def names_of(person: YoungPerson) -> list[str]:
    """Every name they go by."""
    return [person.name_used, *(person.other_names or [])]


def keep_tokens(people: Iterable[YoungPerson]) -> None:
    """Keep the blind tokens by which these people are found."""
    SearchToken.objects.bulk_create(
        SearchToken(person=each, agency_id=each.agency_id, token=value)
        for each in people
        for value in tokens_for(each.agency_id, names_of(each), each.born)
    )


def tokens_for(agency_id: uuid.UUID, names: Sequence[str], born: str) -> set[int]:
    """The blind tokens of these names at this agency."""
    return {
        token(rules.NAME_TOKENS, each, agency_id=agency_id)
        for each in rules.tokens_of_names(names, born)
    }
