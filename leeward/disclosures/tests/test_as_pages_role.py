"""The whole way as the role that serves pages: on PostgreSQL row-level security stands behind it.

What one side does reaches the other side's rows, and nothing else of that agency's; a third agency
finds neither.
"""

from pathlib import Path

import pytest
from django.db import connection, transaction

import leeward
from leeward.access.actors import actor_for, young_person
from leeward.access.boundary import current, within
from leeward.accounts.factories import AgencyFactory, WorkerFactory
from leeward.audit.models import AuditRow
from leeward.consents.actions import withdraw
from leeward.consents.factories import ConsentFactory
from leeward.consents.models import Consent
from leeward.disclosures import actions
from leeward.disclosures.crossing import at
from leeward.disclosures.drafting import Asked, draft_of
from leeward.disclosures.models import (
    Disclosure,
    DisclosureEvent,
    Given,
    Received,
    ReceivedEvent,
)
from leeward.disclosures.pieces import pieces_of
from leeward.disclosures.without_file.actions import give_without_file, read_given
from leeward.disclosures.without_file.drafting import (
    AskedWithoutFile,
    Typed,
    draft_without_file,
)
from leeward.people.factories import StrengthFactory
from leeward.people.models import YoungPerson
from tests.two_agencies import served_as_app_role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def partner(person):
    """Somebody at another agency, who may be given what is good about this young person."""
    StrengthFactory(person=person, text="kind")
    there = AgencyFactory(kind="police")
    partner = WorkerFactory(agency=there, role="police_partner", username="piper")
    ConsentFactory(person=person, to_agency=partner.agency)
    return partner


@pytest.fixture
def served(partner):
    """From here on every connection is of the role that serves, and this thread stands nowhere."""
    if connection.vendor == "sqlite":
        yield partner
        return
    with served_as_app_role(), within(None):
        yield partner


def rows(*models):
    return [model.objects.count() for model in models]


def test_given_opened_kept_and_withdrawn(served, person, actor, outsider):
    piper, holds = actor_for(served), connection.vendor == "postgresql"
    with within(person.agency_id), transaction.atomic():
        consent = Consent.objects.get()
        key = pieces_of(actor, person)[0].key
        asked = Asked(pieces=[key], names="piper", mark="m", consent_id=consent.pk)
        digest = draft_of(by=actor, person=person, asked=asked).digest
        row = actions.give(by=actor, person=person, asked=asked, digest=digest)
        assert current().agency_id == person.agency_id
        assert rows(Disclosure, Received) == [1, 0 if holds else 1]
    with within(served.agency_id), transaction.atomic():
        copy = actions.read_received(by=piper, received_id=row.received_id)
        assert copy.content["items"][0]["lines"] == [["", "kind"]]
        law = {"received_id": row.received_id, "authority": "kept-by-order", "reason": "order 1"}
        actions.keep_by_law(by=piper, **law)
        if holds:
            assert rows(Disclosure, DisclosureEvent, YoungPerson, Consent) == [0, 0, 0, 0]
    with within(person.agency_id), transaction.atomic():
        own = young_person(person.pk, person.agency_id)
        withdraw(by=own, consent=Consent.objects.get())
        assert {each.kind for each in Disclosure.objects.get().events.all()} == {
            "kept",
            "withdrawn",
        }
        assert AuditRow.objects.filter(action="disclosure.open", subject_id=person.pk).count() == 1
    with within(served.agency_id), transaction.atomic():
        assert actions.read_received(by=piper, received_id=row.received_id).state == "kept"
        assert ReceivedEvent.objects.count() == 2
    with within(outsider.agency_id):
        if holds:
            assert rows(Disclosure, DisclosureEvent, Received, ReceivedEvent) == [0, 0, 0, 0]
        assert not Received.objects.naming(actor_for(outsider)).exists()
        assert not Disclosure.objects.visible_to(actor_for(outsider)).exists()


def test_answered_from_no_file(served, person, wren, actor, outsider):
    officer, holds = actor_for(served), connection.vendor == "postgresql"
    with within(person.agency_id), transaction.atomic():
        key = pieces_of(actor, person)[0].key
        asked = Asked(pieces=[key], names="piper", mark="m", consent_id=Consent.objects.get().pk)
        digest = draft_of(by=actor, person=person, asked=asked).digest
        row = actions.give(by=actor, person=person, asked=asked, digest=digest)
    with within(served.agency_id), transaction.atomic():
        back = AskedWithoutFile(
            pieces=[Typed("police_step", "A visit", "Nobody was home.")],
            purpose="So that she is met.",
            authority="police-protection",
            mark="m",
            answers=row.received_id,
        )
        digest = draft_without_file(by=officer, asked=back).given.digest
        given = give_without_file(by=officer, asked=back, digest=digest)
        assert current().agency_id == served.agency_id
        assert rows(Given, Received, YoungPerson) == [1, 1, 0] if holds else [1, 2, 1]
    with within(person.agency_id), transaction.atomic():
        copy = actions.read_received(by=actor, received_id=given.received_id)
        assert "Nobody was home." in str(copy.content)
        law = {"authority": "kept-by-order", "reason": "order 1"}
        actions.keep_by_law(by=actor, received_id=given.received_id, **law)
        if holds:
            assert rows(Given) == [0]
    with within(served.agency_id):
        assert read_given(by=officer, given_id=given.pk).kept_at
    with within(outsider.agency_id):
        if holds:
            assert rows(Given, Received) == [0, 0]
        assert not Given.objects.visible_to(actor_for(outsider)).exists()


def test_where_it_crosses_one_agency_stands_open_and_not_both(served, person):
    with within(person.agency_id), at(served.agency_id):
        assert current().agency_id == served.agency_id
        if connection.vendor == "postgresql":
            assert rows(YoungPerson, Consent) == [0, 0]


def test_one_module_crosses_beside_the_audit():
    root = Path(leeward.__file__).parent
    crosses = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if "tests" not in path.parts and "for_row_of(" in path.read_text(encoding="utf-8")
    }
    assert crosses == {"core/boundary.py", "audit/models.py", "disclosures/crossing.py"}
