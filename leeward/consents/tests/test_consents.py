"""Decisions about sharing: who may, what a no ends, and that nothing is overwritten."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from leeward.access.actors import young_person
from leeward.access.rules import NotAllowed
from leeward.accounts.factories import AgencyFactory
from leeward.audit.models import AuditRow
from leeward.consents.actions import (
    AlreadyOver,
    Decided,
    EndsTooLate,
    MayNotDecide,
    record_decision,
    withdraw,
)
from leeward.consents.factories import ConsentFactory
from leeward.consents.models import Consent, ConsentEvent
from leeward.consents.queries import ending_soon, standing_of
from leeward.consents.rules import state_of
from leeward.core.agency_time import today
from leeward.people.factories import YoungPersonFactory
from leeward.relationships.factories import TieVersionFactory

pytestmark = pytest.mark.django_db


def in_days(days):
    return today() + dt.timedelta(days=days)


@pytest.fixture
def other():
    return AgencyFactory(name="Made-Up Residence")


@pytest.fixture
def decided(other):
    """`decided(given=False)`: what was decided, by the young person unless it says another."""

    def of(**more):
        said = {
            "given": True,
            "kinds": ["notes"],
            "purpose": "So that the room is ready.",
            "until": in_days(30),
            "decided_on": today(),
            "to_agency_id": other.pk,
        }
        return Decided(**said | more)

    return of


PARENT = {
    "decider": "parent",
    "decider_name": "Uma Pretend",
    "implicated": "no",
    "custody": "alone",
}


def born(person, years):
    """The same person, born so many years ago."""
    day = today()
    person.born = day.replace(year=day.year - years, day=1).isoformat()
    person.save()
    return person


@given(st.sampled_from(["given", "refused", "withdrawn"]), st.integers(-3, 3))
def test_only_a_yes_that_is_not_over_opens_anything(newest, days):
    on = dt.date(2026, 3, 10)
    opens = state_of(newest, on + dt.timedelta(days=days), on) == "given"
    assert opens is (newest == "given" and days >= 0)


def test_a_decision_is_kept_as_it_was_said(actor, person, decided, other):
    said = decided(form="oral", heard_by="Wren Example", heard_when="at 3", words="ok, the room")
    row = Consent.objects.get(pk=record_decision(by=actor, person=person, decided=said).pk)
    assert (row.state, row.to_words, row.words) == ("given", other.name, "ok, the room")
    assert (row.decider, row.capacity, row.kinds) == ("own", "presumed", ["notes"])
    assert row.facts["because"] == ["own-decides"]
    assert standing_of(actor, person) == [row]


@pytest.mark.parametrize(
    "left_out",
    [
        {"kinds": []},
        {"kinds": ["everything"]},
        {"purpose": " "},
        {"to_name": "Somebody Invented"},
        {"to_agency_id": None},
        {"decided_on": dt.date(2999, 1, 1)},
        {"decider": "parent"},
        {"decider": "anybody"},
        {"capacity": "not_able"},
        {"form": "oral", "heard_by": "me"},
    ],
)
def test_what_no_decision_can_leave_out(actor, person, decided, left_out):
    with pytest.raises(ValueError, match=r".*"):
        record_decision(by=actor, person=person, decided=decided(**left_out))
    assert not Consent.objects.exists()


def test_a_parent_decides_under_sixteen_until_the_young_person_does(actor, person, decided):
    born(person, 12)
    yes = record_decision(by=actor, person=person, decided=decided(**PARENT))
    no = record_decision(by=actor, person=person, decided=decided(given=False))
    assert (Consent.objects.get(pk=yes.pk).state, no.state) == ("withdrawn", "refused")
    with pytest.raises(MayNotDecide) as fault:
        record_decision(by=actor, person=person, decided=decided(**PARENT))
    assert [each.id for each in fault.value.finding.because] == ["own-decision-wins"]
    # About something else, they have not decided.
    record_decision(by=actor, person=person, decided=decided(**PARENT, kinds=["strengths"]))


def test_a_no_of_somebody_found_unable_stops_nobody(actor, person, decided):
    born(person, 12)
    unable = {"capacity": "not_able", "capacity_why": "very ill", "capacity_by": "a nurse"}
    with pytest.raises(MayNotDecide):
        record_decision(by=actor, person=person, decided=decided(**unable))
    record_decision(by=actor, person=person, decided=decided(**PARENT | unable))


def test_whoever_is_of_concern_in_the_circle_never_decides(actor, person, decided):
    born(person, 12)
    TieVersionFactory(tie__person=person, name="Uma Pretend", answers={"of_concern": True})
    with pytest.raises(MayNotDecide) as fault:
        record_decision(by=actor, person=person, decided=decided(**PARENT))
    assert [each.id for each in fault.value.finding.because] == ["never-implicated"]


def test_what_a_parent_decided_ends_before_they_turn_sixteen(actor, person, decided):
    born(person, 15)
    with pytest.raises(EndsTooLate) as fault:
        record_decision(by=actor, person=person, decided=decided(**PARENT, until=in_days(900)))
    latest = fault.value.latest
    row = record_decision(by=actor, person=person, decided=decided(**PARENT, until=latest))
    assert row.until == latest


def test_from_sixteen_and_at_eighteen_nobody_else_decides(actor, person, decided):
    for years in (16, 18):
        born(person, years)
        with pytest.raises(MayNotDecide):
            record_decision(by=actor, person=person, decided=decided(**PARENT))
        record_decision(by=actor, person=person, decided=decided())


def test_it_is_withdrawn_once_by_them_or_a_worker_they_told(actor, person):
    for by in (actor, young_person(person.pk, person.agency_id)):
        consent = ConsentFactory(person=person)
        withdraw(by=by, consent=consent)
        assert Consent.objects.get(pk=consent.pk).state == "withdrawn"
        assert AuditRow.objects.latest("id").actor_kind == by.kind
        with pytest.raises(AlreadyOver):
            withdraw(by=by, consent=consent)


def test_nobody_stops_what_is_anothers(person):
    other = YoungPersonFactory(agency=person.agency, opened_by=person.opened_by)
    with pytest.raises(NotAllowed):
        withdraw(by=young_person(other.pk, other.agency_id), consent=ConsentFactory(person=person))


def test_the_database_lets_no_service_depend_on_it(person):
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentFactory(person=person, no_condition=False)


def test_nothing_is_given_again_after_it_was_withdrawn(person):
    consent = ConsentFactory(person=person)
    again = {"person_id": person.pk, "consent": consent, "recorded_by": person.opened_by}
    for number, kind in ((2, "given"), (3, "withdrawn"), (1, "given")):
        with pytest.raises(IntegrityError), transaction.atomic():
            ConsentEvent.objects.create(**again, number=number, kind=kind)


def test_what_ends_soon_is_seen_ahead_and_what_is_over_is_not(person):
    soon = ConsentFactory(person=person, until=in_days(3))
    ConsentFactory(person=person, until=in_days(90))
    ConsentFactory(person=person, ended=True)
    ConsentFactory(person=person, until=in_days(3), said="refused")
    assert list(ending_soon([person.pk], dt.timedelta(days=14))) == [soon]


def test_another_team_and_another_agency_see_none_of_it(person, colleague, outsider):
    ConsentFactory(person=person)
    for worker in (colleague, outsider):
        actor = type(young_person(person.pk, person.agency_id))(
            "worker", worker.pk, worker.agency_id, worker.role
        )
        assert not Consent.objects.visible_to(actor).exists()
