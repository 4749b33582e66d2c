"""Reading people. Every function starts from what the actor may see."""

import datetime as dt
import uuid
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from leeward.access.actors import Actor
from leeward.people import rules
from leeward.people.covering.models import Cover
from leeward.people.models import (
    Assignment,
    Contact,
    Description,
    FileEvent,
    SafeContact,
    SearchToken,
    Strength,
    YoungPerson,
)
from leeward.people.standing.models import ConflictLock
from leeward.sealing import keyring
from leeward.sealing.codec import token

_Key = TypeVar("_Key", bound=Hashable)

# At most this many names are opened to rank one search (design.md: find opens one page).
OPENED_TO_RANK = 60
# So many words of a search are told apart: whoever is like each of them comes before whoever is
# much like one, of whom there are thousands where a name is common.
MOST_WORDS = 4
# At most this many rows that newer ones have taken the place of are read for one page.
EARLIER = 20


@dataclass(frozen=True)
class Match:
    """One person a search came upon, why, and whether this actor may open the file."""

    person: YoungPerson
    why: tuple[str, ...]
    may_open: bool
    team: tuple[str, ...] = ()


def fetch(actor: Actor, person_id: uuid.UUID, action: str = "file.open") -> YoungPerson:
    """The person behind an id, if this actor may do `action` with their file.

    Raises YoungPerson.DoesNotExist alike for a file that is not there and one that is not theirs.
    """
    return YoungPerson.objects.visible_to(actor, action).get(pk=person_id)


def locked(person: YoungPerson) -> YoungPerson:
    """The person as they stand, held by this transaction: others who write wait for its end.

    Where one press of a button must come to one row, take this first and look second.
    """
    return YoungPerson.objects.select_for_update().get(pk=person.pk)


def on_my_team(actor: Actor) -> QuerySet[YoungPerson]:
    """The young people this worker is on the team of, or covers for somebody who is; whether their
    file is open or closed."""
    on_team = Assignment.objects.filter(worker_id=actor.author_id, until__isnull=True)
    covered = Cover.objects.by(actor.author_id).values("person")
    mine = on_team.values("person").union(covered, all=True)
    return YoungPerson.objects.visible_to(actor).filter(pk__in=mine)


def my_people(actor: Actor) -> QuerySet[YoungPerson]:
    """The open files of those."""
    return on_my_team(actor).filter(state=YoungPerson.State.OPEN)


def with_last_seen(people: QuerySet[YoungPerson]) -> QuerySet[YoungPerson]:
    """Adds `last_seen`: the day somebody last met them in person, or None."""
    met = (
        Contact.objects.filter(person=OuterRef("pk"), how=Contact.How.IN_PERSON)
        .values("person")
        .annotate(latest=Max("on"))
        .values("latest")
    )
    return people.annotate(last_seen=Subquery(met))


def not_seen_since(people: QuerySet[YoungPerson], day: dt.date) -> QuerySet[YoungPerson]:
    """Those whom nobody has met in person on or after `day`; never met counts, longest first."""
    return (
        with_last_seen(people)
        .filter(Q(last_seen__lt=day) | Q(last_seen__isnull=True, opened_at__date__lt=day))
        .order_by(F("last_seen").asc(nulls_first=True), "opened_at", "id")
    )


def safe_contact(person: YoungPerson) -> SafeContact | None:
    """The newest safe contact, or None when nobody has asked."""
    return person.safe_contacts.order_by("-recorded_at", "-id").first()


def description(person: YoungPerson) -> Description | None:
    """The newest description kept for a missing sheet."""
    return person.descriptions.order_by("-recorded_at", "-id").first()


def earlier_safe_contacts(person: YoungPerson) -> list[SafeContact]:
    """Safe contacts that a newer one has taken the place of, newest first."""
    rows = person.safe_contacts.select_related("recorded_by").order_by("-recorded_at", "-id")
    return list(rows[1 : 1 + EARLIER])


def earlier_descriptions(person: YoungPerson) -> list[Description]:
    """Descriptions that a newer one has taken the place of, newest first."""
    rows = person.descriptions.select_related("recorded_by").order_by("-recorded_at", "-id")
    return list(rows[1 : 1 + EARLIER])


def strengths(person: YoungPerson) -> list[Strength]:
    """Every strength recorded, oldest first."""
    return list(person.strengths.order_by("recorded_at", "id"))


def team(person: YoungPerson) -> list[Assignment]:
    """Who works with them now, the longest-standing first."""
    return list(
        person.team.filter(until__isnull=True).select_related("worker").order_by("since", "id")
    )


def all_assignments(person: YoungPerson) -> list[Assignment]:
    """Everybody who has worked with them, in order of starting."""
    return list(person.team.select_related("worker").order_by("since", "id"))


def file_events(person: YoungPerson) -> list[FileEvent]:
    """The history of the file itself, oldest first."""
    return list(person.file_events.select_related("recorded_by").order_by("on", "recorded_at"))


def contacts(person: YoungPerson) -> list[Contact]:
    """Contact with them, newest first."""
    return list(person.contacts.select_related("recorded_by").order_by("-on", "-recorded_at"))


def find(actor: Actor, asked: str, *, born: str = "", limit: int = 20) -> list[Match]:
    """People of the actor's agency whose name is like `asked`, the likest first.

    Works on blind tokens: at most `OPENED_TO_RANK` names are opened, whatever the number of
    people. Returns an empty list for words without letters.
    """
    wanted = rules.tokens_to_ask(asked, born)
    if not wanted:
        return []
    words = rules.tokens_by_piece(asked)[:MOST_WORDS]
    candidates = _candidates(actor, wanted, words)
    people = YoungPerson.objects.findable_by(actor).in_bulk(candidates)
    keyring.warm(people)
    alike = []
    for person in people.values():
        names = [person.name_used, *(person.other_names or [])]
        likeness = rules.compare(asked, names, born, person.born)
        if likeness.why:
            alike.append((likeness, person))
    alike.sort(key=lambda pair: (-pair[0].order, pair[1].state != "open", str(pair[1].pk)))
    return _as_matches(actor, alike[:limit])


def _candidates(actor: Actor, wanted: Iterable[str], words: Sequence[set[str]]) -> list[uuid.UUID]:
    """The ids that are like most of the words, and of those the ones that share most tokens.

    A file locked to this actor takes no place here: it is never opened, not even to be left out.
    """

    def blind(texts: Iterable[str]) -> list[int]:
        return [token(rules.NAME_TOKENS, each, agency_id=actor.own_agency_id) for each in texts]

    locks = ConflictLock.objects.against(actor.id).filter(person=OuterRef("person"))
    like_each = [
        Max(Case(When(token__in=blind(word), then=1), default=0, output_field=IntegerField()))
        for word in words
    ]
    rows = (
        SearchToken.objects.filter(agency_id=actor.own_agency_id, token__in=blind(wanted))
        .filter(~Exists(locks))
        .values("person_id")
        .annotate(words=sum(like_each, Value(0)), shared=Count("token"))
        .order_by("-words", "-shared", "-person_id")
    )
    return [row["person_id"] for row in rows[:OPENED_TO_RANK]]


def locked_alike(actor: Actor, names: Iterable[str]) -> bool:
    """Whether a file that is locked to this actor may be of somebody with one of these names.

    One query whatever the answer is, and no name is opened: the time it takes tells nothing. It
    looks wider than `find`, since whoever is told can look closer.
    """
    return bool(locked_among(actor, {None: names}))


def locked_among(actor: Actor, names: Mapping[_Key, Iterable[str]]) -> set[_Key]:
    """The keys of those of whom a file locked to this actor may be, by the names under each.

    As `locked_alike`, for as many as there are: one query, however many.
    """
    asked = {key: [rules.tokens_by_piece(each) for each in held] for key, held in names.items()}
    parts = {part for held in asked.values() for name in held for piece in name for part in piece}
    blind = {each: token(rules.NAME_TOKENS, each, agency_id=actor.own_agency_id) for each in parts}
    theirs = YoungPerson.objects.locked_to(actor).filter(pk=OuterRef("person"))
    held: dict[uuid.UUID, set[int]] = {}
    for person_id, value in (
        SearchToken.objects.filter(agency_id=actor.own_agency_id, token__in=blind.values())
        .filter(Exists(theirs))
        .values_list("person_id", "token")
    ):
        held.setdefault(person_id, set()).add(value)

    def is_like(name: Sequence[set[str]]) -> bool:
        return bool(name) and any(
            all(values & {blind[each] for each in piece} for piece in name)
            for values in held.values()
        )

    return {key for key, found in asked.items() if any(is_like(name) for name in found)}


def _as_matches(actor: Actor, alike: list[tuple[rules.Likeness, YoungPerson]]) -> list[Match]:
    ids = [person.pk for _likeness, person in alike]
    mine = set(
        YoungPerson.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True)
    )
    teams: dict[uuid.UUID, list[str]] = {}
    for row in (
        Assignment.objects.filter(person_id__in=ids, until__isnull=True)
        .select_related("worker")
        .order_by("since")
    ):
        teams.setdefault(row.person_id, []).append(row.worker.display_name)
    return [
        Match(person, likeness.why, person.pk in mine, tuple(teams.get(person.pk, ())))
        for likeness, person in alike
    ]
