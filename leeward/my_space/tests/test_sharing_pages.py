"""Who knows what: what is released, why it may be closed, and stopping it at once."""

import pytest
from django.test import Client

from leeward.audit.models import AuditRow
from leeward.consents.factories import ConsentFactory
from leeward.consents.models import Consent, ConsentEvent
from leeward.disclosures.actions import take_back
from leeward.disclosures.factories import (
    DisclosureEventFactory,
    DisclosureFactory,
    TellingFactory,
)
from leeward.disclosures.models import Disclosure
from leeward.entry.factories import OfferFactory
from leeward.my_space.tests.conftest import come_in
from leeward.notices.models import Notice
from leeward.people.factories import YoungPersonFactory

# What a page says is the same on any engine; that stopping it reaches the other side is tried
# below the door.
pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
MINE = "/notes/knows/"


def said(client, address=MINE):
    return client.get(address).content.decode()


@pytest.fixture
def given(person):
    """What was given under a consent and released to them."""
    consent = ConsentFactory(person=person, to_agency__name="Made-Up Residence")
    row = DisclosureFactory(consent=consent, purpose="So that <the> room is ready.")
    TellingFactory(disclosure=row)
    return row


def stop(client, row):
    return client.post(f"{MINE}{row.pk}/")


def test_it_says_who_has_what_why_and_until_when(own, given):
    page = said(own)
    for words in (
        "Made-Up Residence",
        "So that &lt;the&gt; room is ready.",
        "what you are good at",
    ):
        assert words in page
    assert f"They can read it until {given.until:%Y-%m-%d}, because somebody said yes." in page
    assert given.names[0] not in page
    assert given.digest not in page


def test_what_is_not_released_is_on_no_page(own, person, given, actor):
    DisclosureFactory(consent__person=person, purpose="Xylograph")
    kept = TellingFactory(disclosure__consent__person=person, kind="not_now").disclosure
    back = TellingFactory(disclosure__consent__person=person).disclosure
    take_back(by=actor, disclosure=back)
    page = said(own)
    assert page.count("Stop sharing this") == 1
    assert "Xylograph" not in page
    for row in (kept, back):
        assert own.get(f"{MINE}{row.pk}/").status_code == 404
        assert stop(own, row).status_code == 404
    assert not ConsentEvent.objects.filter(kind="withdrawn").exists()


def test_stopping_it_says_first_what_it_cannot_undo_and_takes_effect_at_once(own, given, wren):
    page = said(own, f"{MINE}{given.pk}/")
    assert "It cannot make them forget what they read." in page
    assert Disclosure.objects.get(pk=given.pk).state == "open"
    assert stop(own, given).url == MINE
    assert Consent.objects.get(pk=given.consent_id).state == "withdrawn"
    assert Disclosure.objects.get(pk=given.pk).state == "withdrawn"
    row = AuditRow.objects.get(action="consent.withdraw")
    assert (row.actor_kind, row.subject_id) == ("young_person", given.person_id)
    assert Notice.objects.get(kind="disclosures.stopped").to_worker_id == wren.pk
    page = said(own)
    assert "It is shared no more." in page
    assert "Stop sharing this" not in page
    assert stop(own, given).status_code == 404


def test_what_the_law_gives_or_keeps_has_no_button(own, person, given):
    law = DisclosureFactory(person=person, to_agency=given.to_agency, by_law=True)
    TellingFactory(disclosure=law)
    DisclosureEventFactory(disclosure=given)
    stop(own, given)
    page = said(own)
    assert "The law lets your workers share this." in page
    assert "A law says that they must keep what they have." in page
    assert "Stop sharing this" not in page
    assert stop(own, law).status_code == 404


@pytest.mark.parametrize("watched", ["yes", "unsure"])
def test_on_a_phone_that_may_be_watched_nothing_is_shown_or_stopped(own, person, given, watched):
    OfferFactory(person=person, watched=watched)
    page = said(own)
    assert "Closed for now" in page
    assert "Made-Up Residence" not in page
    assert own.get(f"{MINE}{given.pk}/").url == MINE
    assert stop(own, given).url == MINE
    assert Disclosure.objects.get(pk=given.pk).state == "open"


def test_on_a_borrowed_device_it_opens(person, given, door, entry):
    OfferFactory(person=person, watched="yes")
    client = Client()
    assert come_in(client, borrowed="yes").status_code == 302
    assert "Made-Up Residence" in said(client)


def test_another_young_persons_is_not_there(own, person, given):
    other = YoungPersonFactory(agency=person.agency, opened_by=person.opened_by)
    row = TellingFactory(disclosure__consent__person=other).disclosure
    assert stop(own, row).status_code == 404
    assert said(own).count("Stop sharing this") == 1
