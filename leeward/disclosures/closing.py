"""Closing what was shared, in the transaction that ends the consent it was shared under."""

from leeward.access.actors import Actor, actor_for
from leeward.accounts.models import Worker
from leeward.audit import actions as audit
from leeward.consents.models import Consent
from leeward.disclosures.crossing import at, seen_from
from leeward.disclosures.kinds import STOPPED
from leeward.disclosures.models import (
    Disclosure,
    DisclosureEvent,
    Happened,
    Received,
    ReceivedEvent,
)
from leeward.notices.actions import tell
from leeward.people.covering.queries import covering
from leeward.people.models import YoungPerson
from leeward.people.queries import team


def close_under(by: Actor, consent: Consent) -> None:
    """Close every disclosure under this consent on both sides, and tell those whose work it is.

    The copy at the other agency is held first: whoever is opening it at this moment, or makes a
    page of it, has done so before this, or finds it closed.
    """
    given = list(
        Disclosure.objects.filter(consent=consent).select_related("recorded_by").order_by("id")
    )
    for each in given:
        _close(by, each)
    if given:
        _tell(by, consent, given)


def _close(by: Actor, disclosure: Disclosure) -> None:
    withdrawn = Happened.WITHDRAWN.value
    DisclosureEvent.objects.create(
        person_id=disclosure.person_id,
        disclosure=disclosure,
        recorded_by_id=None if by.kind == "young_person" else by.author_id,
        kind=withdrawn,
    )
    there = disclosure.to_agency_id
    with at(there):
        copy = Received.objects.select_for_update().filter(pk=disclosure.received_id).first()
        if copy is None:
            return
        ReceivedEvent.objects.create(agency_id=there, received=copy, kind=withdrawn)
        audit.record(
            by=seen_from(by, there), action="disclosure.close", subject=copy.pk, purpose=withdrawn
        )


def _tell(by: Actor, consent: Consent, given: list[Disclosure]) -> None:
    on_team = {each.worker_id for each in team(consent.person)} | covering(consent.person)
    gave = {each.recorded_by_id: each.recorded_by for each in given}
    # Whoever gave it and may no longer open the file has nothing to look at.
    still = {key for key, worker in gave.items() if _may_open(worker, consent)}
    for worker_id in sorted((still | on_team) - {by.id}):
        tell(
            by=by,
            agency_id=consent.person.agency_id,
            kind=STOPPED.name,
            to_worker=worker_id,
            about=consent.person_id,
        )


def _may_open(worker: Worker, consent: Consent) -> bool:
    files = YoungPerson.objects.visible_to(actor_for(worker))
    return worker.is_active and files.filter(pk=consent.person_id).exists()
