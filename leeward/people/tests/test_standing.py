import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from leeward.access.actors import actor_for
from leeward.access.rules import NotAllowed
from leeward.accounts.factories import WorkerFactory
from leeward.accounts.models import Worker
from leeward.audit.models import AuditRow
from leeward.documents.factories import DocumentFactory
from leeward.keeping.factories import DisposalFactory
from leeward.notices.factories import NoticeFactory
from leeward.notices.models import Notice
from leeward.people import queries
from leeward.people.actions import look_up
from leeward.people.factories import (
    AssignmentFactory,
    BreakGlassFactory,
    ConflictLockFactory,
    YoungPersonFactory,
)
from leeward.people.models import YoungPerson
from leeward.people.standing import actions
from leeward.people.standing.kinds import LOCK_ENDED
from leeward.people.standing.models import ConflictLock
from leeward.people.standing.queries import locks_of, may_be_kept_out, may_join
from leeward.practice_desk.notice_pages import address_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(supervisor):
    return actor_for(supervisor)


@pytest.fixture
def officer(agency):
    return actor_for(WorkerFactory(agency=agency, role="privacy_officer"))


def lock_out(by, person, worker, **given):
    return actions.lock_out(by=by, person=person, worker=worker, why="partner", **given)


def test_a_lock_takes_them_off_the_team_and_the_file_out_of_their_world(
    chief, person, wren, actor
):
    lock = lock_out(chief, person, wren, words="They lived together.")
    assert (lock.why_words, lock.words) == ("They are or were a partner", "They lived together.")
    assert queries.team(person) == []
    assert person.team.get(worker=wren).ended_by_id == chief.id
    assert not YoungPerson.objects.visible_to(actor).exists()
    assert not YoungPerson.objects.findable_by(actor).exists()
    assert list(YoungPerson.objects.locked_to(actor)) == [person]
    assert look_up(by=actor, asked=person.name_used) == []


def test_a_lock_ends_an_emergency_in_the_same_moment(chief, person, colleague):
    glass = BreakGlassFactory(person=person, worker=colleague)
    before = glass.until
    lock_out(chief, person, colleague)
    glass.refresh_from_db()
    assert glass.until < before
    assert not YoungPerson.objects.visible_to(actor_for(colleague)).exists()


@pytest.mark.parametrize("role", Worker.Role.values)
def test_no_role_wins_over_a_lock(person, wren, role):
    ConflictLockFactory(person=person, worker=wren)
    BreakGlassFactory(person=person, worker=wren)
    junior = WorkerFactory(agency=person.agency, supervised_by=wren)
    AssignmentFactory(person=person, worker=junior)
    wren.role = role
    for action in ("file.open", "file.write", "file.lock", "file.assign", "duty.answer"):
        assert not YoungPerson.objects.visible_to(actor_for(wren), action).exists()


def test_a_lock_twice_is_one_lock(chief, person, colleague):
    assert lock_out(chief, person, colleague) == lock_out(chief, person, colleague)
    assert ConflictLock.objects.count() == 1


def test_a_second_standing_lock_is_refused_by_the_database(person, colleague):
    ConflictLockFactory(person=person, worker=colleague)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConflictLockFactory(person=person, worker=colleague)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConflictLockFactory(person=person, worker=colleague, set_by=colleague)


def test_nobody_locks_themselves_out_and_workers_lock_nobody(chief, supervisor, person, actor):
    with pytest.raises(actions.OwnLock):
        lock_out(chief, person, supervisor)
    with pytest.raises(NotAllowed):
        lock_out(actor, person, supervisor)
    assert not ConflictLock.objects.exists()


def test_a_worker_of_another_agency_needs_no_lock(chief, person, outsider):
    with pytest.raises(Worker.DoesNotExist):
        lock_out(chief, person, outsider)


def test_a_lock_is_ended_by_the_privacy_officer_with_a_reason(chief, officer, person, wren, actor):
    lock = lock_out(chief, person, wren)
    with pytest.raises(NotAllowed):
        actions.end_lock(by=chief, lock=lock, reason="a mistake")
    with pytest.raises(actions.ReasonMissing):
        actions.end_lock(by=officer, lock=lock, reason="  ")
    ended = actions.end_lock(by=officer, lock=lock, reason="a mistake")
    assert (ended.ended_by_id, ended.ended_why) == (officer.id, "a mistake")
    again = actions.end_lock(by=officer, lock=lock, reason="another")
    assert again.ended_why == "a mistake"
    # Known of again, and on no team by it.
    assert YoungPerson.objects.findable_by(actor).exists()
    assert not YoungPerson.objects.visible_to(actor).exists()


@pytest.mark.parametrize("still_here", [True, False])
def test_whoever_set_a_lock_is_told_when_somebody_else_ends_it(
    chief, officer, person, colleague, still_here
):
    """The young person said: not them. Nobody lets that worker in again unseen."""
    lock = lock_out(chief, person, colleague)
    Worker.objects.filter(pk=chief.id).update(is_active=still_here)
    another = actor_for(WorkerFactory(agency=person.agency, supervisor=True))
    Worker.objects.filter(pk=colleague.pk).update(role="supervisor")
    colleague.refresh_from_db()
    actions.end_lock(by=officer, lock=lock, reason="a mistake")
    actions.end_lock(by=officer, lock=lock, reason="another")
    (notice,) = Notice.objects.for_(chief if still_here else another)
    assert (notice.kind, notice.about) == (LOCK_ENDED.name, person.pk)
    assert address_of(notice) == reverse("locks", args=[person.pk])
    assert not Notice.objects.for_(actor_for(colleague)).exists()


def test_whoever_ends_their_own_lock_is_told_nothing(officer, person, colleague):
    lock = lock_out(officer, person, colleague)
    actions.end_lock(by=officer, lock=lock, reason="a mistake")
    assert not Notice.objects.exists()


def test_whoever_is_kept_out_cannot_be_put_on_the_team(chief, person, colleague):
    assert colleague in may_join(person)
    lock_out(chief, person, colleague)
    assert colleague not in may_join(person)
    with pytest.raises(actions.CannotJoin):
        actions.assign(
            by=chief, person=person, worker=colleague, works_as="worker", since=dt.date(2025, 3, 1)
        )
    with pytest.raises(actions.CannotJoin):
        actions.transfer_file(by=chief, person=person, to=colleague, reason="leave")


@pytest.mark.parametrize(
    ("given", "joins"),
    [
        ({}, True),
        ({"role": "survivor_peer"}, True),
        ({"role": "privacy_officer"}, False),
        ({"role": "police_partner"}, False),
        ({"is_active": False}, False),
    ],
)
def test_a_team_is_of_those_who_open_files_here(person, given, joins):
    worker = WorkerFactory(agency=person.agency, **given)
    assert (worker in may_join(person)) is joins
    assert worker in may_be_kept_out(actor_for(WorkerFactory(agency=person.agency)), person)


def test_an_ended_lock_is_on_the_list_beneath_those_that_stand(person, colleague):
    ConflictLockFactory(person=person, worker=colleague, ended=True)
    stands = ConflictLockFactory(person=person)
    ConflictLockFactory(person=person, ended=True)
    assert [lock.until is None for lock in locks_of(person)] == [True, False, False]
    assert locks_of(person)[0] == stands


def test_the_privacy_officer_reads_the_locks_and_opens_nothing(officer, person, chief):
    lock_out(chief, person, WorkerFactory(agency=person.agency))
    whose, locks = actions.read_locks(by=officer, person_id=person.pk)
    assert (whose, len(locks)) == (person, 1)
    newest = AuditRow.objects.latest("id")
    assert (newest.action, newest.subject_id) == ("file.read_locks", person.pk)
    assert not YoungPerson.objects.visible_to(officer).exists()


def test_a_locked_name_takes_no_place_among_those_opened(actor, person, wren, monkeypatch):
    monkeypatch.setattr(queries, "OPENED_TO_RANK", 1)
    ConflictLockFactory(
        person=YoungPersonFactory(agency=person.agency, name_used=person.name_used), worker=wren
    )
    assert [match.person for match in look_up(by=actor, asked=person.name_used)] == [person]


def test_a_file_without_a_team_stays_with_the_supervisor_of_whoever_was_on_it(
    chief, person, wren, colleague
):
    other = actor_for(WorkerFactory(agency=person.agency, supervisor=True))
    actions.end_assignment(
        by=chief, assignment=person.team.get(worker=wren), until=dt.date(2025, 3, 1)
    )
    assert person in YoungPerson.objects.visible_to(chief)
    assert person not in YoungPerson.objects.visible_to(other)
    AssignmentFactory(person=person, worker=colleague)
    assert person not in YoungPerson.objects.visible_to(chief)


def test_intake_hands_a_file_on_and_sees_it_no_longer(agency, colleague):
    intake = WorkerFactory(agency=agency, role="intake")
    person = YoungPersonFactory(agency=agency, opened_by=intake, team=[intake])
    by = actor_for(intake)
    actions.transfer_file(by=by, person=person, to=colleague, reason="first call done")
    assert person in YoungPerson.objects.visible_to(actor_for(colleague))
    assert person not in YoungPerson.objects.visible_to(by)
    with pytest.raises(NotAllowed):
        actions.assign(
            by=by, person=person, worker=intake, works_as="worker", since=dt.date(2025, 3, 1)
        )


def test_a_notice_about_what_is_in_a_file_is_kept_from_whoever_is_locked_out(person, wren):
    officers = [WorkerFactory(agency=person.agency, role="privacy_officer") for _each in "ab"]
    ConflictLockFactory(person=person, worker=officers[0])
    for about in (
        DocumentFactory(person=person),
        DisposalFactory(person_id=person.pk, asked_by=wren),
    ):
        notice = NoticeFactory(
            agency_id=person.agency_id, to_role="privacy_officer", about=about.pk
        )
        told = [Notice.objects.for_(actor_for(each)).filter(pk=notice.pk) for each in officers]
        assert [each.exists() for each in told] == [False, True]
