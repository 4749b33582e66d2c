"""Reading what was given and received. Content that is closed never leaves this module."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.accounts.models import Agency
from leeward.disclosures.models import Disclosure, Received, Telling
from leeward.disclosures.rules import Content, State, is_open
from leeward.entry.models import Entry
from leeward.people.models import SearchToken, YoungPerson
from leeward.people.rules import NAME_TOKENS, tokens_by_piece
from leeward.sealing import keyring
from leeward.sealing.codec import DoesNotOpen, token

# Names, pieces of each, tokens of each piece.
Blind = list[list[list[int]]]


@dataclass(frozen=True)
class Copy:
    """What somebody received, as they may read it. Without `content` it is closed."""

    received: Received
    state: State
    content: Content | None

    @property
    def open(self) -> bool:
        """Whether its words may be read."""
        return self.content is not None


@dataclass(frozen=True)
class Known:
    """One line of "Who knows what": a disclosure that its young person may read of."""

    disclosure: Disclosure
    state: State

    @property
    def may_stop(self) -> bool:
        """Whether they can stop it: only what was shared because somebody said yes."""
        return self.state == "open" and self.disclosure.consent_id is not None


def agencies_to_give_to(agency_id: uuid.UUID) -> QuerySet[Agency]:
    """The other agencies on this installation."""
    return Agency.objects.exclude(pk=agency_id).order_by("name")


def given_from(actor: Actor, person: YoungPerson) -> QuerySet[Disclosure]:
    """What was given from a file, the newest first."""
    return (
        Disclosure.objects.visible_to(actor)
        .filter(person=person)
        .select_related("to_agency", "consent", "recorded_by")
        .prefetch_related("events__recorded_by", "tellings__recorded_by")
        .order_by("-recorded_at", "-id")
    )


def disclosure_of(actor: Actor, person: YoungPerson, disclosure_id: uuid.UUID) -> Disclosure:
    """One of them. Raises Disclosure.DoesNotExist."""
    return given_from(actor, person).get(pk=disclosure_id)


def newest_telling(disclosure: Disclosure) -> Telling | None:
    """What was decided last about letting the young person read of it."""
    return disclosure.tellings.select_related("recorded_by").order_by("-number").first()


def may_be_released(disclosure: Disclosure) -> bool:
    """Whether there is a My space to release it to."""
    return Entry.objects.filter(person=disclosure.person_id).exists()


def known_to(actor: Actor, person: YoungPerson) -> list[Known]:
    """What a worker let the young person read of, the newest first."""
    rows = Disclosure.objects.visible_to(actor, "sharing.read").filter(person=person)
    rows = rows.select_related("to_agency", "consent").prefetch_related("events", "tellings")
    found = []
    for each in rows.order_by("-recorded_at", "-id"):
        last = max(each.tellings.all(), key=lambda one: one.number, default=None)
        if last is not None and last.kind == Telling.Kind.RELEASED:
            found.append(Known(each, each.state))
    return found


def blind_tokens(names: Iterable[str], agency_id: uuid.UUID) -> Blind:
    """Names as an agency can compare them with its own, and nobody can read them."""
    return [
        [
            [token(NAME_TOKENS, each, agency_id=agency_id) for each in sorted(piece)]
            for piece in tokens_by_piece(name)
        ]
        for name in names
    ]


def received_by(actor: Actor, since: dt.datetime | None = None) -> list[Received]:
    """What was given to this worker by name, perhaps since a moment, the newest first.

    What may be about somebody whose file is locked to them here is not there. The same questions
    are asked whatever the answer.
    """
    found = Received.objects.naming(actor)
    if since is not None:
        found = found.filter(given_at__gte=since)
    rows = list(
        found.select_related("agency", "from_agency")
        .prefetch_related("events")
        .order_by("-given_at", "-id")
    )
    locked = _tokens_of_locked(actor)
    keyring.warm(each.now_under or each.pk for each in rows)
    return [each for each in rows if _opens(each) and not _may_be(each.blind or [], locked)]


def newly_received(actor: Actor, days: int) -> list[Received]:
    """Those of the last days that are open."""
    found = received_by(actor, timezone.now() - dt.timedelta(days=days))
    return [each for each in found if is_open(each.state)]


def copy_of(actor: Actor, received_id: uuid.UUID) -> Copy:
    """One of them, held until the transaction ends: a withdrawal waits, or was before this.

    Raises Received.DoesNotExist alike for what is not there and what is not theirs.
    """
    if not any(each.pk == received_id for each in received_by(actor)):
        raise Received.DoesNotExist
    Received.objects.select_for_update().get(pk=received_id)
    row = Received.objects.select_related("agency", "from_agency").get(pk=received_id)
    state = row.state
    content: dict[str, Any] | None = row.content if is_open(state) else None
    return Copy(row, state, content)


def _opens(row: Received) -> bool:
    """Whether there is a key for what stays: an older backup brings back rows whose words had
    gone since, and they open for nobody."""
    try:
        row.blind  # noqa: B018  # opened once, here
    except DoesNotOpen:
        return False
    return True


def _tokens_of_locked(actor: Actor) -> list[set[int]]:
    files = YoungPerson.objects.locked_to(actor).values("pk")
    held: dict[uuid.UUID, set[int]] = {}
    rows = SearchToken.objects.filter(agency_id=actor.own_agency_id, person__in=files)
    for person_id, value in rows.values_list("person_id", "token"):
        held.setdefault(person_id, set()).add(value)
    return list(held.values())


def _may_be(blind: Blind, locked: list[set[int]]) -> bool:
    return any(
        bool(name) and all(values & set(piece) for piece in name)
        for values in locked
        for name in blind
    )
