"""An import: row by row, gone on with after a stop, nothing twice, nothing left out unsaid."""

import pytest
from django.db import IntegrityError

from leeward.access.actors import actor_for
from leeward.access.rules import NotAllowed
from leeward.accounts.factories import WorkerFactory
from leeward.audit.models import AuditRow
from leeward.concerns.caseload.mapping import Chosen, Column, Goes
from leeward.concerns.caseload.sheets import read_table
from leeward.concerns.importing import actions
from leeward.concerns.importing.queries import column_letters, fetch, page_of
from leeward.concerns.importing.running import go_on
from leeward.concerns.models import Import, ImportRow
from leeward.people.factories import ConflictLockFactory, YoungPersonFactory
from leeward.people.models import YoungPerson
from leeward.people.opening import keep_new

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
CSV = b"""Name,Born,Strengths
Tamsin Pretend,2010-03-04,drum; maps
Bram Invented,04/03/2010,

Odalys Madeup,2011,
Wilmot Fictif,,
"""
CHOSEN = Chosen(1, (Column(Goes.NAME), Column(Goes.BORN), Column(Goes.STRENGTHS)))


@pytest.fixture
def intake(agency):
    return actor_for(WorkerFactory(agency=agency, role="intake"))


@pytest.fixture
def run(intake):
    return actions.choose(
        by=intake, run=actions.begin(by=intake, table=read_table(CSV)), chosen=CHOSEN
    )


def names():
    return {each.name_used for each in YoungPerson.objects.all()}


def test_a_dry_run_says_every_fault_and_opens_nothing(run):
    page = page_of(run)
    assert [(each.number, each.faults) for each in page.faulty] == [(3, [("Born", "other_style")])]
    assert (page.total, page.ready) == (4, 3)
    assert not YoungPerson.objects.exists()


def test_it_goes_on_where_it_stopped_and_takes_nothing_twice(intake, run):
    assert go_on(intake, run, most=2) == []
    assert names() == {"Tamsin Pretend", "Odalys Madeup"}
    assert go_on(intake, run) == []
    assert go_on(intake, run) == []
    assert names() == {"Tamsin Pretend", "Odalys Madeup", "Wilmot Fictif"}
    tamsin = next(each for each in YoungPerson.objects.all() if each.born == "2010-03-04")
    assert {each.text for each in tamsin.strengths.all()} == {"drum", "maps"}


def test_the_same_button_pressed_twice_is_one_file(intake, run):
    row = run.rows.get(number=2)
    actions.take_rows(by=intake, run=run, rows=[row.pk])
    actions.take_rows(by=intake, run=run, rows=[row.pk])
    assert YoungPerson.objects.count() == 1
    # Each row is in the audit by itself, and so is its file.
    written = AuditRow.objects.filter(actor_id=intake.id).values_list("action", "subject_id")
    assert list(written)[-2:] == [
        ("file.create", YoungPerson.objects.get().pk),
        ("caseload.row", run.pk),
    ]


def test_one_person_in_two_rows_is_for_a_person_to_decide(intake):
    table = read_table(b"Name\nTamsin Pretend\nBram Invented\nTamsin Pretent\n")
    run = actions.begin(by=intake, table=table)
    run = actions.choose(by=intake, run=run, chosen=Chosen(1, (Column(Goes.NAME),)))
    go_on(intake, run)
    assert names() == {"Tamsin Pretend", "Bram Invented"}
    (row,) = run.rows.filter(state=ImportRow.State.ALIKE)
    tamsin = next(each for each in YoungPerson.objects.all() if each.name_used.startswith("T"))
    assert (row.number, row.alike) == (4, [str(tamsin.pk)])
    told = AuditRow.objects.get(action="caseload.row", shown=[str(tamsin.pk)])
    assert told.subject_id == run.pk


def test_a_row_that_cannot_be_taken_holds_up_no_other(intake, run, monkeypatch):
    def refuse(by, opened):
        if any(person.name_used == "Odalys Madeup" for person, _new in opened):
            raise IntegrityError
        keep_new(by, opened)

    monkeypatch.setattr(actions, "keep_new", refuse)
    assert go_on(intake, run) == [5]
    assert names() == {"Tamsin Pretend", "Wilmot Fictif"}
    assert run.rows.get(number=5).state == ImportRow.State.WAITING
    assert run.rows.get(number=5).cells
    with pytest.raises(IntegrityError):
        go_on(intake, run)
    monkeypatch.undo()
    assert go_on(intake, run) == []
    assert "Odalys Madeup" in names()


@pytest.mark.parametrize("somebody_else", [True, False])
def test_whoever_is_alike_is_for_a_person_to_decide(intake, run, agency, wren, somebody_else):
    YoungPersonFactory(agency=agency, opened_by=wren, name_used="Tamsin Pretend")
    go_on(intake, run)
    (row,) = page_of(run).alike
    assert row.number == 2
    found = actions.read_row(by=intake, import_id=run.pk, row_id=row.pk)[1]
    assert [each.person.name_used for each in found] == ["Tamsin Pretend"]
    actions.decide(by=intake, row=row, somebody_else=somebody_else)
    assert YoungPerson.objects.count() == 3 + somebody_else
    with pytest.raises(actions.Ended):
        actions.decide(by=intake, row=row, somebody_else=True)


def test_it_ends_when_every_row_is_accounted_for_and_keeps_nothing(intake, run):
    go_on(intake, run)
    with pytest.raises(actions.StillWaiting):
        actions.end(by=intake, run=run)
    actions.end(by=intake, run=run, leave_out=True)
    assert [each.cells for each in run.rows.all()] == [None] * 5
    assert run.rows.filter(state=ImportRow.State.LEFT_OUT).count() == 1
    with pytest.raises(actions.Ended):
        actions.end(by=intake, run=run)


def test_another_mapping_mends_a_fault(intake, run):
    chosen = Chosen(1, (Column(Goes.NAME), Column(Goes.OUT), Column(Goes.STRENGTHS)))
    assert not page_of(actions.choose(by=intake, run=run, chosen=chosen)).faulty


def test_whoever_is_locked_out_of_a_file_learns_nothing_of_it_from_a_row(
    intake, run, agency, wren, supervisor
):
    tamsin = YoungPersonFactory(agency=agency, opened_by=wren, name_used="Tamsin Pretend")
    go_on(intake, run)
    (row,) = page_of(run).alike
    ConflictLockFactory(person=tamsin, worker_id=intake.id, set_by=supervisor)
    assert actions.read_row(by=intake, import_id=run.pk, row_id=row.pk)[1] == []
    assert actions.decide(by=intake, row=row, somebody_else=True).state == ImportRow.State.DONE


def test_another_mapping_looks_anew_for_those_alike(intake, run, agency, wren):
    YoungPersonFactory(agency=agency, opened_by=wren, name_used="Tamsin Pretend")
    go_on(intake, run)
    (row,) = page_of(run).alike
    other = Chosen(1, (Column(Goes.OTHER_NAMES), Column(Goes.OUT), Column(Goes.NAME)))
    run = actions.choose(by=intake, run=run, chosen=other)
    assert not page_of(run).alike
    # Nobody answers for a name that the row does not say any more.
    with pytest.raises(actions.Ended):
        actions.decide(by=intake, row=row, somebody_else=True)


def test_an_import_is_for_whoever_brought_it(intake, run, supervisor, wren):
    with pytest.raises(Import.DoesNotExist):
        fetch(actor_for(supervisor), run.pk)
    with pytest.raises(NotAllowed):
        actions.begin(by=actor_for(wren), table=read_table(CSV))


def test_columns_are_called_as_a_spreadsheet_does():
    assert [column_letters(each) for each in (0, 25, 26, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]
