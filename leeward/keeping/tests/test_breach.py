"""After a breach: whose files somebody opened, by day, and whose they did not."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from leeward.access.actors import actor_for
from leeward.access.rules import NotAllowed
from leeward.accounts.factories import WorkerFactory
from leeward.audit import actions as audit
from leeward.audit.models import AuditRow
from leeward.core import agency_time
from leeward.keeping.breach import NotAPeriod, by_day, whose_files
from leeward.people.actions import read_file
from leeward.people.factories import ConflictLockFactory, YoungPersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(agency):
    """The privacy officer."""
    return WorkerFactory(agency=agency, role="privacy_officer")


@pytest.fixture(autouse=True)
def _zone(agency):
    agency_time.activate(agency.time_zone)


def today():
    """The day in the agency's zone."""
    return agency_time.today()


def opens(worker, person, page="overview"):
    """Open a file, as a page does."""
    read_file(by=actor_for(worker), person_id=person.pk, page=page)


def ask(officer, worker=None, first=None, last=None):
    """Ask about a worker, today unless said."""
    return whose_files(
        by=actor_for(officer),
        worker_id=worker.pk if worker else None,
        first=first or today(),
        last=last or today(),
    )


def test_it_names_whose_file_was_opened_and_on_which_day(officer, wren, person):
    opens(wren, person)
    opens(wren, person, "notes")
    found = ask(officer, wren)
    assert [(each.person_id, each.opened) for each in found.opened] == [(person.pk, [today()])]
    assert by_day(found) == {today(): [person.pk]}
    assert found.only_listed == []


def test_whose_name_was_only_seen_in_a_list_stands_apart(officer, wren, person, agency):
    listed = YoungPersonFactory(agency=agency, opened_by=wren)
    opens(wren, person)
    with transaction.atomic():
        audit.record(by=actor_for(wren), action="people.find", shown=[listed.pk, person.pk])
    found = ask(officer, wren)
    assert [each.person_id for each in found.opened] == [person.pk]
    assert [each.person_id for each in found.only_listed] == [listed.pk]


def test_what_was_printed_is_marked(officer, wren, person):
    with transaction.atomic():
        audit.record(by=actor_for(wren), action="file.print", subject=person.pk)
    assert ask(officer, wren).opened[0].printed == [today()]


def test_an_emergency_opens_a_file_and_prints_nothing(officer, wren, person):
    with transaction.atomic():
        audit.record(by=actor_for(wren), action="file.break_glass", subject=person.pk)
    (found,) = ask(officer, wren).opened
    assert found.opened == [today()]
    assert found.printed == []


def test_what_was_refused_was_not_opened(officer, colleague, person):
    audit.record(
        by=actor_for(colleague),
        action="file.open",
        subject=person.pk,
        outcome=AuditRow.Outcome.REFUSED,
    )
    assert ask(officer, colleague).opened == []


def test_another_workers_openings_are_not_among_them(officer, wren, colleague, person):
    opens(wren, person)
    assert ask(officer, colleague).opened == []
    assert [each.person_id for each in ask(officer).opened] == [person.pk]


def test_another_day_is_not_among_them(officer, wren, person):
    opens(wren, person)
    day = today() - dt.timedelta(days=1)
    assert ask(officer, wren, day, day).opened == []
    assert ask(officer, wren, day, today()).opened
    with pytest.raises(NotAPeriod):
        ask(officer, wren, today(), day)


def test_another_agency_learns_nothing(outsider, wren, person):
    opens(wren, person)
    theirs = WorkerFactory(agency=outsider.agency, role="privacy_officer")
    assert ask(theirs, wren).opened == []
    assert ask(theirs).opened == []


def test_a_file_locked_to_the_officer_is_not_there(officer, wren, person, supervisor):
    opens(wren, person)
    ConflictLockFactory(person=person, worker=officer, set_by=supervisor)
    assert ask(officer, wren).opened == []


@pytest.mark.parametrize("role", ["worker", "supervisor", "agency_administrator"])
def test_nobody_else_may_ask(agency, role):
    with pytest.raises(NotAllowed):
        ask(WorkerFactory(agency=agency, role=role))


def test_asking_is_recorded_with_whom_it_showed(officer, wren, person):
    opens(wren, person)
    ask(officer, wren)
    row = AuditRow.objects.latest("id")
    assert (row.action, row.subject_id, row.shown) == (
        "keeping.breach",
        wren.pk,
        [str(person.pk)],
    )


def test_the_command_tells_the_same_and_names_nobody(wren, person, capsys):
    opens(wren, person)
    call_command("breach", "--worker", "wren", "--from", str(today()))
    said = capsys.readouterr().out
    assert str(person.pk) in said
    assert person.name_used not in said
    assert "You did nothing wrong." in said
    call_command("breach", "--worker", "wren", "--from", str(today()), "--json")
    assert str(person.pk) in capsys.readouterr().out


def test_the_command_says_what_is_wrong(wren):
    with pytest.raises(CommandError, match="Nobody signs in as nobody"):
        call_command("breach", "--worker", "nobody", "--from", "2025-03-10")
    with pytest.raises(CommandError, match="before --from"):
        call_command("breach", "--worker", "wren", "--from", "2025-03-10", "--to", "2025-03-09")
