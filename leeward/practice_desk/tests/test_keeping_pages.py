"""The pages of keeping, as the two who dispose of a file and a privacy officer use them."""

import datetime as dt

import pytest
from django.urls import reverse

from leeward.access.actors import actor_for
from leeward.accounts.factories import WorkerFactory
from leeward.accounts.freshness import mark_fresh
from leeward.core.agency_time import today
from leeward.keeping import disposal
from leeward.keeping.erasers import erase_all
from leeward.keeping.factories import DisposalFactory, HoldFactory
from leeward.keeping.models import Disposal, Hold
from leeward.people.actions import read_file
from leeward.people.factories import ConflictLockFactory
from leeward.people.models import FileEvent, YoungPerson
from leeward.practice_desk.queries.keeping import PARTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(agency):
    """The privacy officer."""
    return WorkerFactory(agency=agency, role="privacy_officer")


@pytest.fixture
def old(person):
    """A file closed long ago."""
    YoungPerson.objects.filter(pk=person.pk).update(state="closed")
    FileEvent.objects.create(
        person=person, recorded_by=person.opened_by, kind="closed", on=dt.date(1999, 3, 10)
    )
    return person


def sign_in(client, worker):
    """Signed in, and lately."""
    client.force_login(worker)
    session = client.session
    mark_fresh(session)
    session.save()
    return client


def text(response):
    """The page as text."""
    return response.content.decode()


def test_from_what_is_due_to_the_certificate(client, old, supervisor, officer, monkeypatch):
    monkeypatch.setattr(disposal, "scrub", lambda _alias: None)
    sign_in(client, supervisor)
    page = text(client.get(reverse("keeping")))
    assert "Noʔeli" in page
    assert reverse("ask_disposal", args=[old.pk]) in page
    answer = client.post(reverse("ask_disposal", args=[old.pk]))
    asked = Disposal.objects.get()
    assert answer.url == reverse("disposal", args=[asked.pk])
    assert "waits for the privacy officer" in text(client.get(answer.url))
    sign_in(client, officer)
    assert "I agree: dispose of it" in text(client.get(answer.url))
    client.post(reverse("approve_disposal", args=[asked.pk]))
    assert "goes with the next nightly run" in text(client.get(answer.url))
    disposal.carry_out(Disposal.objects.get())
    certificate = text(client.get(answer.url))
    assert "Certificate of disposal" in certificate
    assert "Noʔeli" not in certificate
    assert str(old.pk) not in certificate


def test_agreeing_asks_for_a_fresh_sign_in(client, old, supervisor, officer):
    asked = DisposalFactory(person_id=old.pk, asked_by=supervisor)
    client.force_login(officer)
    client.get(reverse("keeping"))
    session = client.session
    session["fresh_at"] = 0
    session.save()
    response = client.post(reverse("approve_disposal", args=[asked.pk]))
    assert response.status_code == 401
    assert Disposal.objects.get().approved_at is None


def test_what_cannot_be_says_why(client, old, supervisor, officer):
    asked = DisposalFactory(person_id=old.pk, asked_by=supervisor)
    HoldFactory(person_id=old.pk, set_by=supervisor)
    sign_in(client, officer)
    response = client.post(reverse("approve_disposal", args=[asked.pk]))
    assert response.status_code == 422
    assert "Something keeps this file" in text(response)
    sign_in(client, supervisor)
    response = client.post(reverse("ask_disposal", args=[old.pk]))
    assert response.status_code == 422


def test_a_hold_with_a_reason_and_its_end(client, old, supervisor, officer):
    sign_in(client, supervisor)
    url = reverse("hold", args=[old.pk])
    assert "Noʔeli" in text(client.get(url))
    empty = client.post(url, {"why": " "})
    assert empty.status_code == 422
    assert "Say why" in text(empty)
    client.post(url, {"why": "They asked to see it."})
    page = text(client.get(reverse("keeping")))
    assert "They asked to see it." in page
    assert "Let go" not in page
    sign_in(client, officer)
    client.post(reverse("end_hold", args=[Hold.objects.get().pk]))
    assert not Hold.objects.open().exists()


def test_who_is_locked_out_sees_no_trace(client, old, supervisor, officer):
    asked = DisposalFactory(person_id=old.pk, asked_by=officer)
    held = HoldFactory(person_id=old.pk, set_by=officer, why="a quiet reason")
    ConflictLockFactory(person=old, worker=supervisor, set_by=officer)
    sign_in(client, supervisor)
    page = text(client.get(reverse("keeping")))
    assert str(asked.pk) not in page
    assert str(held.pk) not in page
    assert "a quiet reason" not in page
    assert client.get(reverse("disposal", args=[asked.pk])).status_code == 404
    assert client.get(reverse("hold", args=[old.pk])).status_code == 404


def test_the_breach_helper_lists_names_and_what_to_say(client, person, wren, officer):
    read_file(by=actor_for(wren), person_id=person.pk, page="overview")
    sign_in(client, officer)
    url = reverse("breach")
    assert "Noʔeli" not in text(client.get(url))
    asked = {"worker": str(wren.pk), "first": str(today()), "last": str(today())}
    page = text(client.post(url, asked))
    assert "Noʔeli" in page
    assert "You did nothing wrong." in page
    wrong = client.post(url, asked | {"last": "2001-01-01"})
    assert wrong.status_code == 422
    assert "The last day is before the first" in text(wrong)


def test_whatever_a_certificate_counts_has_words(person):
    assert set(erase_all(person.pk)) == set(PARTS)


def test_the_schedule_stands_on_the_page(client, officer, settings):
    settings.LEEWARD_RETENTION = {"file": 25}
    sign_in(client, officer)
    page = text(client.get(reverse("keeping")))
    assert "25 years" in page
    assert "30 days" in page
    assert "To be confirmed by counsel." in page
