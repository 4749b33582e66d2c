"""What would be given, exactly, before it is: the preview and the giving rest on this one."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leeward.access.actors import Actor
from leeward.access.rules import may
from leeward.accounts.models import Agency, Worker
from leeward.consents.models import Consent
from leeward.consents.queries import standing_of
from leeward.core.agency_time import today
from leeward.disclosures.pieces import Piece, pieces_of
from leeward.disclosures.rules import Content, digest_of
from leeward.law.consents import authorities
from leeward.people.models import YoungPerson


class NothingToGive(ValueError):
    """Nothing was chosen, or something that cannot be given."""


class NobodyThere(ValueError):
    """A name of which nobody at that agency may receive anything; the same for every reason."""


class NotCovered(ValueError):
    """The consent stands no more, is for another agency, or says no to a kind of piece."""


class NoAuthority(ValueError):
    """Neither a consent nor a section of law that fits the agency, or no purpose."""


@dataclass(frozen=True)
class Asked:
    """What a worker would give: keys of pieces, to whom (a name on each line), under what.

    `consent_id` or `authority`, with the agency and the purpose for the latter. `mark` is a random
    word that the preview is drawn with (`rules.digest_of`).
    """

    pieces: Sequence[str]
    names: str
    mark: str
    consent_id: uuid.UUID | None = None
    authority: str = ""
    agency_id: uuid.UUID | None = None
    purpose: str = ""
    may_hand_on: bool = False


@dataclass(frozen=True)
class Draft:
    """What would be given, exactly: the preview draws `content`, and giving keeps it."""

    content: Content
    digest: str
    to: Agency
    workers: list[Worker]
    consent: Consent | None
    authority: str
    until: dt.date | None
    items: list[Piece]


def draft_of(*, by: Actor, person: YoungPerson, asked: Asked) -> Draft:
    """What would be given. Writes nothing. Raises NothingToGive, NobodyThere, NotCovered,
    NoAuthority."""
    chosen = _chosen(by, person, asked.pieces)
    consent = _consent(by, person, asked, chosen)
    to = consent.to_agency if consent else _agency(by, asked)
    if to is None:
        raise NoAuthority
    authority = "" if consent else asked.authority
    workers = workers_called(to, asked.names)
    purpose = consent.purpose if consent else asked.purpose.strip()
    until = consent.until if consent else None
    content = {
        "mark": asked.mark,
        "from": Agency.objects.get(pk=person.agency_id).name,
        "to": to.name,
        "workers": [each.display_name for each in workers],
        "about": person.name_used,
        "on": today().isoformat(),
        "purpose": purpose,
        "authority": authority,
        "until": until.isoformat() if until else "",
        "may_hand_on": asked.may_hand_on,
        "items": [each.as_json() for each in chosen],
    }
    return Draft(content, digest_of(content), to, workers, consent, authority, until, chosen)


def _chosen(by: Actor, person: YoungPerson, keys: Iterable[str]) -> list[Piece]:
    wanted = set(keys)
    found = [each for each in pieces_of(by, person) if each.key in wanted]
    if not found or len(found) != len(wanted):
        raise NothingToGive
    return found


def _consent(
    by: Actor, person: YoungPerson, asked: Asked, chosen: Iterable[Piece]
) -> Consent | None:
    if asked.consent_id is None:
        return None
    stands = {each.pk: each for each in standing_of(by, person)}
    found = stands.get(asked.consent_id)
    if found is None or not {each.kind for each in chosen} <= set(found.kinds):
        raise NotCovered
    return found


def _agency(by: Actor, asked: Asked) -> Agency:
    others = Agency.objects.exclude(pk=by.own_agency_id)
    to = others.filter(pk=asked.agency_id).first() if asked.agency_id else None
    if to is None or not asked.purpose.strip():
        raise NoAuthority
    if asked.authority not in {each.id for each in authorities("give", to.kind)}:
        raise NoAuthority
    return to


def workers_called(to: Agency, names: str) -> list[Worker]:
    """Each line is the one name or sign-in name of somebody there who may receive. Raises
    NobodyThere."""
    there = [
        each
        for each in Worker.objects.filter(agency=to, is_active=True).order_by("display_name")
        if may(each.role, "disclosure.receive")
    ]
    found: dict[uuid.UUID, Worker] = {}
    for line in filter(None, (_plain(each) for each in names.splitlines())):
        called = [
            each for each in there if line in (_plain(each.display_name), _plain(each.username))
        ]
        if len(called) != 1:
            raise NobodyThere
        found[called[0].pk] = called[0]
    if not found:
        raise NobodyThere
    return list(found.values())


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
