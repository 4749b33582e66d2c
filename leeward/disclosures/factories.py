"""Invented disclosures, both sides, for tests."""

import factory
from factory.django import DjangoModelFactory

from leeward.accounts.factories import AgencyFactory, WorkerFactory
from leeward.consents.factories import ConsentFactory
from leeward.core.ids import new_id
from leeward.disclosures.models import (
    Disclosure,
    DisclosureEvent,
    Given,
    Received,
    ReceivedEvent,
    Recipient,
    Telling,
)
from leeward.disclosures.queries import blind_tokens
from leeward.disclosures.rules import digest_of
from leeward.releases.rules import NO, QUESTIONS
from leeward.sealing import keyring


class DisclosureFactory(DjangoModelFactory[Disclosure]):
    """What was given from a file under a consent; the copy is at nobody's. `by_law` without."""

    class Meta:
        model = Disclosure

    class Params:
        by_law = factory.Trait(consent=None, until=None, authority="protection")

    consent = factory.SubFactory(ConsentFactory)
    person = factory.SelfAttribute("consent.person")
    recorded_by = factory.SelfAttribute("person.opened_by")
    to_agency = factory.SelfAttribute("consent.to_agency")
    until = factory.SelfAttribute("consent.until")
    digest = "0" * 64
    received_id = factory.LazyFunction(new_id)
    purpose = "So that the residence can get the room ready."
    items = factory.LazyFunction(lambda: [{"kind": "strengths", "on": "2025-03-10"}])
    names = factory.LazyFunction(lambda: ["Piper Sample"])


class DisclosureEventFactory(DjangoModelFactory[DisclosureEvent]):
    """Kept by law at the other agency."""

    class Meta:
        model = DisclosureEvent

    disclosure = factory.SubFactory(DisclosureFactory)
    person = factory.SelfAttribute("disclosure.person")
    kind = "kept"
    authority = "kept-by-order"


class TellingFactory(DjangoModelFactory[Telling]):
    """The young person may read of it."""

    class Meta:
        model = Telling

    disclosure = factory.SubFactory(DisclosureFactory)
    person = factory.SelfAttribute("disclosure.person")
    recorded_by = factory.SelfAttribute("disclosure.recorded_by")
    number = 1
    kind = Telling.Kind.RELEASED
    answers = factory.LazyFunction(lambda: dict.fromkeys(QUESTIONS, NO))


def given_without_file(worker, *, about="Ilo Pretend", **facts):
    """What a worker gave from no file; the copy is at nobody's."""
    row = Given(
        agency=worker.agency,
        worker=worker,
        to_agency=facts.pop("to_agency", None) or AgencyFactory(),
        received_id=new_id(),
        authority="police-protection",
        digest="0" * 64,
        about=about,
        purpose="So that they are safe tonight.",
        items=[{"kind": "police_step", "on": "2025-03-10"}],
        names=["Wren Example"],
        **facts,
    )
    keyring.make_key(row.pk, row.agency_id)
    row.save()
    return row


def received(worker=None, *, about="Ilo Pretend", text="Ilo is good at maps.", **facts):
    """A copy given to a worker by law, unless `until` says a day; its words are `text`."""
    worker = worker or WorkerFactory()
    sender = facts.pop("from_agency", None) or AgencyFactory()
    content = {
        "mark": "invented",
        "from": sender.name,
        "to": worker.agency.name,
        "workers": [worker.display_name],
        "about": about,
        "on": "2025-03-10",
        "purpose": "So that the room is ready.",
        "authority": "" if "until" in facts else "protection",
        "until": facts["until"].isoformat() if "until" in facts else "",
        "may_hand_on": False,
        "items": [{"kind": "strengths", "on": "2025-03-10", "lines": [["", text]]}],
    }
    received_id = new_id()
    keyring.make_key(received_id, worker.agency_id)
    row = Received.objects.create(
        id=received_id,
        agency=worker.agency,
        from_agency=sender,
        disclosure_id=facts.pop("disclosure_id", None) or new_id(),
        digest=digest_of(content),
        about=about,
        items=[{"kind": "strengths", "on": "2025-03-10"}],
        content=content,
        authority=content["authority"],
        blind=blind_tokens([about], worker.agency_id),
        **facts,
    )
    Recipient.objects.create(agency=worker.agency, received=row, worker=worker)
    return row


def kept(row, worker):
    """The law requires keeping it, as a worker of the agency that has it said."""
    return ReceivedEvent.objects.create(
        agency_id=row.agency_id,
        received=row,
        kind="kept",
        authority="kept-by-order",
        worker=worker,
        reason="An invented order.",
    )
