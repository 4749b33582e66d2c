"""Disposal by two people: who may, what stops it, and that nothing is left."""

import datetime as dt
import json

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from leeward.access.actors import actor_for
from leeward.access.rules import NotAllowed
from leeward.accounts.factories import WorkerFactory
from leeward.audit.models import AuditRow
from leeward.core.agency_time import today
from leeward.documents.models import Document
from leeward.drafts.actions import keep_draft
from leeward.keeping import disposal, erasers
from leeward.keeping.actions import (
    HeldBack,
    NotDue,
    NotYours,
    SamePerson,
    Settled,
    approve_disposal,
    ask_disposal,
    certify,
    end_hold,
    erase,
    hold,
    read_keeping,
    refuse_disposal,
)
from leeward.keeping.disposal import StillInUse, actor_of, carry_out, unreadable_from
from leeward.keeping.models import Disposal
from leeward.legal.actions import answer_duty
from leeward.legal.factories import DutyFactory
from leeward.legal.models import Duty
from leeward.notices.models import Notice
from leeward.observations.actions import explain, pin, resolve
from leeward.people.actions import change_details, describe
from leeward.people.factories import BreakGlassFactory, YoungPersonFactory
from leeward.people.models import FileEvent, YoungPerson
from leeward.requests.actions import take_back
from leeward.requests.models import FileRequest
from leeward.sealing import keyring
from tests.cast import full_file

pytestmark = pytest.mark.django_db

# What may still hold the id of somebody whose file is gone, and why.
MAY_STAY = {
    "audit.AuditRow": "who opened the file stays answerable",
    "keeping.Disposal": "the certificate",
}


@pytest.fixture(autouse=True)
def scrubbed(monkeypatch):
    """Files cannot be scrubbed inside a test's transaction: which would have been, in order.
    That it works is seen on real files, in tests/checks."""
    done = []
    monkeypatch.setattr(disposal, "scrub", done.append)
    return done


@pytest.fixture
def officer(agency):
    """The privacy officer: the second of two."""
    return actor_for(WorkerFactory(agency=agency, role="privacy_officer"))


@pytest.fixture
def chief(supervisor):
    """The supervisor: the first of two."""
    return actor_for(supervisor)


def close(person, on=dt.date(1999, 3, 10)):
    """Close a file on a day long ago."""
    YoungPerson.objects.filter(pk=person.pk).update(state=YoungPerson.State.CLOSED)
    FileEvent.objects.create(
        person=person, recorded_by=person.opened_by, kind=FileEvent.Kind.CLOSED, on=on
    )
    return person


@pytest.fixture
def old(person):
    """A young person whose file was closed long ago."""
    return close(person)


@pytest.fixture
def agreed(old, chief, officer):
    """A disposal that two people agreed on."""
    asked = ask_disposal(by=chief, person_id=old.pk)
    return approve_disposal(by=officer, disposal_id=asked.pk)


def a_document(person):
    """What is kept of a document, without its bytes."""
    return {
        "agency_id": person.agency_id,
        "subject_id": person.pk,
        "added_by_id": person.opened_by_id,
        "media": "text",
        "size": 1,
        "what": "a letter",
    }


def columns_of_ids(model):
    """Every column that could hold somebody's id: foreign keys, ids, and JSON with ids in it."""
    kinds = (models.ForeignKey, models.UUIDField, models.JSONField)
    return [each for each in model._meta.fields if isinstance(each, kinds)]


def where_is(person_id):
    """Every model with a row that holds this id anywhere, by its label."""
    found = set()
    for model in apps.get_models():
        for field in columns_of_ids(model):
            values = model._base_manager.values_list(field.attname, flat=True)
            if any(str(person_id) in json.dumps(each, default=str) for each in values):
                found.add(model._meta.label)
    return found


def test_nothing_that_holds_their_id_is_left_but_the_log_and_the_certificate(
    old, wren, supervisor, chief, officer
):
    file = full_file(old, wren, supervisor)
    worker = actor_for(wren)
    describe(by=worker, person=old, hair="long")
    change_details(by=worker, person=old, version=old.version, details={"name_used": "Zed"})
    BreakGlassFactory(person=old)
    pin(by=worker, observation=file.note, why="first time")
    explain(by=worker, observation=file.note, how="an aunt", on=today())
    resolve(by=chief, opinion=file.opinion, reason="both saw it")
    answer_duty(
        by=worker, duty=file.duty, outcome="reported", on=today(), who="me", society="a society"
    )
    Document.objects.create(**a_document(old))
    Notice.objects.create(agency_id=old.agency_id, to_worker_id=wren.pk, kind="x.y", about=old.pk)
    keep_draft(by=actor_for(wren), form="record", subject_id=old.pk, typed={"text": ["x"]})
    end_hold(by=officer, hold_id=file.hold.pk)
    for each in FileRequest.objects.open().filter(person=old):
        take_back(by=worker, request=each, words="leave it")
    about_them = {
        each._meta.label
        for each in apps.get_models()
        if {"person", "person_id"} & {field.name for field in each._meta.fields}
    }
    asked = ask_disposal(by=chief, person_id=old.pk)
    approve_disposal(by=officer, disposal_id=asked.pk)
    before = where_is(old.pk)
    by_other_names = {"people.YoungPerson", "drafts.Draft", "notices.Notice", "documents.Document"}
    expected = about_them | by_other_names
    assert expected <= before, f"not tried here: {expected - before}"
    done = carry_out(Disposal.objects.get(pk=asked.pk))
    assert where_is(old.pk) == set(MAY_STAY)
    assert not keyring.has_key(old.pk)
    assert done.rows_removed >= len(before - set(MAY_STAY))


def test_nobody_elses_file_is_touched(agreed, agency, wren, supervisor):
    other = YoungPersonFactory(agency=agency, opened_by=wren, name_used="Sol", team=[wren])
    full_file(other, wren, supervisor)
    before = where_is(other.pk)
    carry_out(agreed)
    assert where_is(other.pk) == before
    assert YoungPerson.objects.get(pk=other.pk).name_used == "Sol"


def test_a_duty_about_another_child_stands(agreed, old, wren):
    alone = DutyFactory(observation__person=old, about_another_child=True)
    carry_out(agreed)
    assert Duty.objects.get().pk == alone.pk
    assert Duty.objects.get().child == "a friend of about 13"


def test_the_certificate_names_nobody_and_gives_the_day(agreed, old):
    done = carry_out(agreed)
    assert done.unreadable_from == today() + dt.timedelta(days=31)
    assert unreadable_from(dt.date(2026, 1, 1)) == dt.date(2026, 2, 1)
    said = json.dumps([getattr(done, each.attname) for each in done._meta.fields], default=str)
    assert "Noʔeli" not in said
    assert old.born not in said


def test_whoever_asked_may_not_agree(old, agency):
    both = actor_for(WorkerFactory(agency=agency, supervisor=True))
    asked = ask_disposal(by=both, person_id=old.pk)
    now_officer = type(both)(both.kind, both.id, both.agency_id, "privacy_officer")
    with pytest.raises(SamePerson):
        approve_disposal(by=now_officer, disposal_id=asked.pk)
    # Nor does the database let it stand.
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposal.objects.filter(pk=asked.pk).update(
            approved_by=both.id, approved_at=asked.asked_at
        )


def test_neither_can_do_the_others_part(old, chief, officer):
    with pytest.raises(NotAllowed):
        ask_disposal(by=officer, person_id=old.pk)
    asked = ask_disposal(by=chief, person_id=old.pk)
    with pytest.raises(NotAllowed):
        approve_disposal(by=chief, disposal_id=asked.pk)
    with pytest.raises(NotAllowed):
        erase(by=officer, disposal=asked)


def test_nothing_goes_before_it_is_agreed_to(old, chief):
    asked = ask_disposal(by=chief, person_id=old.pk)
    with pytest.raises(Settled):
        carry_out(asked)
    assert not Disposal.objects.to_carry_out().exists()
    assert YoungPerson.objects.filter(pk=old.pk).exists()
    assert keyring.has_key(old.pk)


@pytest.mark.parametrize("years", [1, 19])
def test_a_file_whose_time_is_not_over_stays(person, chief, years):
    on = today().replace(month=1, day=1) - dt.timedelta(days=365 * years)
    close(person, on)
    with pytest.raises(NotDue) as fault:
        ask_disposal(by=chief, person_id=person.pk)
    assert fault.value.until == on.replace(year=on.year + 20)
    assert read_keeping(by=chief)["due"] == []


def test_an_open_file_is_never_due(person, chief):
    with pytest.raises(NotDue) as fault:
        ask_disposal(by=chief, person_id=person.pk)
    assert fault.value.until is None


def test_the_last_closing_counts(old, chief):
    close(old, today())
    with pytest.raises(NotDue):
        ask_disposal(by=chief, person_id=old.pk)


def test_another_agencys_file_is_not_there(old, outsider):
    stranger = actor_for(outsider)
    with pytest.raises(NotYours):
        ask_disposal(by=stranger, person_id=old.pk)
    with pytest.raises(NotYours):
        hold(by=stranger, person_id=old.pk, why="mine?")


def test_another_agencys_officer_cannot_agree(old, chief, outsider):
    asked = ask_disposal(by=chief, person_id=old.pk)
    theirs = actor_for(WorkerFactory(agency=outsider.agency, role="privacy_officer"))
    for answer in (approve_disposal, refuse_disposal):
        with pytest.raises(NotYours):
            answer(by=theirs, disposal_id=asked.pk)


def test_a_hold_stops_it_at_every_step_until_it_ends(old, chief, officer):
    first = hold(by=chief, person_id=old.pk, why="They asked to see it.")
    with pytest.raises(HeldBack):
        ask_disposal(by=chief, person_id=old.pk)
    end_hold(by=officer, hold_id=first.pk)
    asked = ask_disposal(by=chief, person_id=old.pk)
    second = hold(by=chief, person_id=old.pk, why="A court asked.")
    with pytest.raises(HeldBack):
        approve_disposal(by=officer, disposal_id=asked.pk)
    end_hold(by=officer, hold_id=second.pk)
    agreed = approve_disposal(by=officer, disposal_id=asked.pk)
    third = hold(by=officer, person_id=old.pk, why="A review.")
    with pytest.raises(HeldBack):
        carry_out(agreed)
    assert keyring.has_key(old.pk)
    end_hold(by=officer, hold_id=third.pk)
    assert carry_out(agreed).done_at


def test_a_closed_document_that_the_law_keeps_stops_it_too(old, chief):
    closed = {"closed_at": timezone.now(), "closed_by_id": chief.id}
    Document.objects.create(**a_document(old), **closed)
    with pytest.raises(HeldBack):
        ask_disposal(by=chief, person_id=old.pk)


def test_ending_one_hold_leaves_the_other(old, chief, officer):
    first = hold(by=chief, person_id=old.pk, why="one")
    hold(by=chief, person_id=old.pk, why="two")
    end_hold(by=officer, hold_id=first.pk)
    with pytest.raises(HeldBack):
        ask_disposal(by=chief, person_id=old.pk)
    with pytest.raises(NotYours):
        end_hold(by=officer, hold_id=first.pk)


def test_a_file_that_is_opened_again_stays(agreed, old):
    YoungPerson.objects.filter(pk=old.pk).update(state=YoungPerson.State.OPEN)
    with pytest.raises(NotDue):
        carry_out(agreed)
    assert YoungPerson.objects.filter(pk=old.pk).exists()


def test_it_is_asked_for_once_and_again_after_a_no(old, chief, officer):
    asked = ask_disposal(by=chief, person_id=old.pk)
    with pytest.raises(Settled):
        ask_disposal(by=chief, person_id=old.pk)
    refuse_disposal(by=officer, disposal_id=asked.pk)
    with pytest.raises(Settled):
        approve_disposal(by=officer, disposal_id=asked.pk)
    assert ask_disposal(by=chief, person_id=old.pk).pk != asked.pk


def test_the_officer_is_told_and_no_longer_once_it_is_answered(old, chief, officer):
    asked = ask_disposal(by=chief, person_id=old.pk)
    told = Notice.objects.for_(officer).open().get(kind="keeping.approve")
    assert told.about == asked.pk
    approve_disposal(by=officer, disposal_id=asked.pk)
    assert not Notice.objects.for_(officer).open().exists()


def test_a_run_that_was_cut_off_is_finished_by_the_next(agreed, old, monkeypatch):
    def stops(_holder):
        raise OSError("power")

    with monkeypatch.context() as patch:
        patch.setattr(keyring, "destroy_key", stops)
        with pytest.raises(OSError, match="power"):
            carry_out(agreed)
    half = Disposal.objects.to_carry_out().get()
    assert half.erased_at
    assert not half.done_at
    assert carry_out(half).done_at
    assert not keyring.has_key(old.pk)


def test_both_databases_are_scrubbed_before_it_is_certified(agreed, scrubbed, monkeypatch):
    def in_use(alias):
        raise StillInUse(alias)

    with monkeypatch.context() as patch:
        patch.setattr(disposal, "scrub", in_use)
        with pytest.raises(StillInUse):
            carry_out(agreed)
    half = Disposal.objects.to_carry_out().get()
    assert half.unreadable_from is None
    carry_out(half)
    assert scrubbed == ["default", "keyring"]


def test_an_eraser_that_fails_undoes_all_of_them(agreed, old, monkeypatch):
    def fails(_person_id):
        raise IntegrityError("still pointed at")

    monkeypatch.setitem(erasers._erasers, "people", fails)
    with pytest.raises(IntegrityError):
        carry_out(agreed)
    assert YoungPerson.objects.filter(pk=old.pk).exists()
    assert old.team.exists()
    assert keyring.has_key(old.pk)


def test_what_stands_highest_goes_first():
    order = list(reversed(erasers._erasers))
    assert order.index("plans") < order.index("observations") < order.index("people")


def test_two_erasers_never_share_a_name():
    with pytest.raises(ValueError, match="registered already"):
        erasers.register("people", lambda _person_id: 0)


def test_certified_once_and_only_what_is_erased(agreed):
    by = actor_of(agreed.agency_id)
    with pytest.raises(Settled):
        certify(by=by, disposal=agreed, unreadable_from=today())
    carry_out(agreed)
    with pytest.raises(Settled):
        certify(by=by, disposal=agreed, unreadable_from=today())


def test_every_step_is_in_the_audit(agreed, old):
    carry_out(agreed)
    rows = AuditRow.objects.filter(subject_id=old.pk, action__startswith="keeping.")
    said = list(rows.order_by("id").values_list("action", "actor_kind"))
    assert said == [
        ("keeping.ask", "worker"),
        ("keeping.approve", "worker"),
        ("keeping.erase", "system"),
        ("keeping.certify", "system"),
    ]
