"""What the one invented young person of the demo let others know, and a police partner who sees
that alone, and answers it: no file."""

import datetime as dt

from django.db import transaction

from leeward.access.actors import SYSTEM, Actor, actor_for
from leeward.accounts.actions import found_agency, take_on_worker
from leeward.accounts.models import Agency, Worker
from leeward.consents.actions import Decided, record_decision, withdraw
from leeward.consents.models import Consent, Kind
from leeward.core.agency_time import today
from leeward.disclosures.actions import give, let_know
from leeward.disclosures.drafting import Asked, draft_of
from leeward.disclosures.models import Disclosure
from leeward.disclosures.pieces import pieces_of
from leeward.disclosures.without_file.actions import give_without_file
from leeward.disclosures.without_file.drafting import (
    AskedWithoutFile,
    Typed,
    draft_without_file,
)
from leeward.people.models import YoungPerson
from leeward.practice_desk.invented.my_space import NAME, WORKER
from leeward.releases.rules import NO, QUESTIONS

POLICE, PARTNER, NEIGHBOUR = "Made-Up Harbour Police Service", "piper", "tala"
TOLD = (
    "Whoever looks for her calls her Auntie first, comes without a uniform, and asks about bikes."
)
CAR = "People told us of a grey car that waits there after school. We pass by more often."
FIND, ROOM, RIDE = (
    "So that they can look for her the way she wants, if nobody knows where she is.",
    "So that the bike workshop knows what she likes and what helps on a bad day.",
    "So that she gets a ride home from the workshop.",
)


@transaction.atomic
def share_some() -> None:
    """Add the partner and what was shared, the first time that this is asked."""
    worker = Worker.objects.filter(username=WORKER).first()
    neighbour = Worker.objects.filter(username=NEIGHBOUR).first()
    if not (worker and neighbour) or Agency.objects.filter(name=POLICE).exists():
        return
    police = found_agency(
        by=SYSTEM, name=POLICE, kind="police", time_zone="America/Toronto", invented=True
    )
    take_on_worker(
        by=SYSTEM,
        agency=police,
        username=PARTNER,
        display_name="Piper Sample",
        role=Worker.Role.POLICE_PARTNER,
        password=None,
    )
    by = actor_for(worker)
    people = YoungPerson.objects.visible_to(by).filter(opened_by=worker)
    person = next((each for each in people if each.name_used == NAME), None)
    if person is not None:
        _share(by, person, police, neighbour.agency)


def _share(by: Actor, person: YoungPerson, police: Agency, rivers: Agency) -> None:
    look = _yes(by, person, police, FIND, 90, Kind.STRENGTHS, Kind.CONTACT)
    told = _give(by, person, PARTNER, consent=look)
    let_know(by=by, disclosure=told, answers=dict.fromkeys(QUESTIONS, NO))
    _answer(told)
    _give(
        by,
        person,
        PARTNER,
        Kind.MISSING,
        agency=police,
        authority="police-investigation",
        purpose="The search in autumn.",
    )
    room = _yes(by, person, rivers, ROOM, 6, Kind.STRENGTHS, Kind.PLAN)
    let_know(
        by=by,
        disclosure=_give(by, person, NEIGHBOUR, consent=room),
        answers=dict.fromkeys(QUESTIONS, NO),
    )
    ride = _yes(by, person, rivers, RIDE, 30, Kind.CONTACT)
    _give(by, person, NEIGHBOUR, consent=ride)
    withdraw(by=by, consent=ride, reason="Auntie drives her now.")


def _answer(told: Disclosure) -> None:
    """What the partner writes back to whoever told them how she likes to be found."""
    officer = actor_for(Worker.objects.get(username=PARTNER))
    asked = AskedWithoutFile(
        pieces=[
            Typed("police_step", "Her wishes are known to every shift", TOLD, today()),
            Typed("police_safety", "A car by the bus station", CAR),
        ],
        purpose="So that she and her worker know what to expect from us.",
        authority="police-protection",
        mark=told.pk.hex,
        answers=told.received_id,
    )
    draft = draft_without_file(by=officer, asked=asked)
    give_without_file(by=officer, asked=asked, digest=draft.given.digest)


def _yes(
    by: Actor, person: YoungPerson, to: Agency, purpose: str, days: int, *kinds: Kind
) -> Consent:
    said = Decided(
        given=True,
        kinds=[each.value for each in kinds],
        purpose=purpose,
        until=today() + dt.timedelta(days=days),
        decided_on=today(),
        to_agency_id=to.pk,
        form="oral",
        heard_by=by.name,
        heard_when=today().isoformat(),
        words="ok but only for that",
    )
    return record_decision(by=by, person=person, decided=said)


def _give(
    by: Actor,
    person: YoungPerson,
    to: str,
    *kinds: Kind,
    consent: Consent | None = None,
    agency: Agency | None = None,
    authority: str = "",
    purpose: str = "",
) -> Disclosure:
    wanted = set(consent.kinds) if consent else {each.value for each in kinds}
    asked = Asked(
        pieces=[each.key for each in pieces_of(by, person) if each.kind in wanted],
        names=to,
        mark=person.pk.hex,
        consent_id=consent.pk if consent else None,
        authority=authority,
        agency_id=agency.pk if agency else None,
        purpose=purpose,
    )
    draft = draft_of(by=by, person=person, asked=asked)
    return give(by=by, person=person, asked=asked, digest=draft.digest)
