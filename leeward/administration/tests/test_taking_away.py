"""What takes away: leaving and a lost device, at once and by one person."""

import pytest
from django.test import Client
from django.urls import reverse

from leeward.access.actors import actor_for
from leeward.access.rules import NotAllowed
from leeward.accounts.factories import WorkerFactory
from leeward.accounts.models import Session, Worker
from leeward.administration import actions
from leeward.administration.factories import AdministratorFactory
from leeward.audit.models import AuditRow
from leeward.notices.models import Notice
from leeward.people.factories import ConflictLockFactory, YoungPersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def robin(agency):
    return AdministratorFactory(agency=agency)


def told(worker):
    return sorted(Notice.objects.for_(actor_for(worker)).open().values_list("kind", flat=True))


def signed_in(client):
    return client.get(reverse("home")).status_code == 200


def test_whoever_leaves_is_signed_out_and_their_supervisor_hands_on(
    robin, wren, supervisor, desk, person
):
    assert signed_in(desk)
    actions.leave(by=actor_for(robin), worker=wren)
    assert not signed_in(desk)
    sign_in = {"login": "wren", "password": "an invented long password"}
    assert Client().post(reverse("account_login"), sign_in).status_code == 200
    notice = Notice.objects.for_(actor_for(supervisor)).get()
    assert (notice.kind, notice.about) == ("administration.hand_over", wren.pk)
    # Who was on the team stays on its record, until somebody takes their place.
    _worker, people = actions.read_left_files(by=actor_for(supervisor), worker_id=wren.pk)
    assert people == [person]
    row = AuditRow.objects.latest("id")
    assert (row.subject_id, row.shown) == (wren.pk, [str(person.pk)])


def test_without_a_supervisor_every_supervisor_is_told(robin, colleague, agency):
    lead = WorkerFactory(agency=agency, supervisor=True)
    actions.leave(by=actor_for(robin), worker=colleague)
    assert told(lead) == ["administration.hand_over"]


def test_a_supervisor_sees_no_file_of_another_team_to_hand_on(robin, wren, person, agency):
    elsewhere = WorkerFactory(agency=agency, supervisor=True)
    YoungPersonFactory(agency=agency, opened_by=wren, team=[wren])
    actions.leave(by=actor_for(robin), worker=wren)
    _worker, people = actions.read_left_files(by=actor_for(elsewhere), worker_id=wren.pk)
    assert people == []


def test_a_file_that_is_locked_is_not_among_those_to_hand_on(robin, wren, supervisor, person):
    lock = ConflictLockFactory(person=person, worker=supervisor, set_by=robin)
    actions.leave(by=actor_for(robin), worker=wren)
    asked = {"by": actor_for(supervisor), "worker_id": wren.pk}
    assert actions.read_left_files(**asked)[1] == []
    lock.delete()
    assert actions.read_left_files(**asked)[1] == [person]


def test_a_worker_who_is_here_has_nothing_to_hand_on(supervisor, wren, person):
    with pytest.raises(Worker.DoesNotExist):
        actions.read_left_files(by=actor_for(supervisor), worker_id=wren.pk)


def test_somebody_is_always_left_to_administer(robin, agency):
    noor = AdministratorFactory(agency=agency)
    AdministratorFactory()
    actions.leave(by=actor_for(robin), worker=noor)
    with pytest.raises(actions.AboutOneself):
        actions.leave(by=actor_for(robin), worker=robin)
    # One whose own sign-in was ended meanwhile, and who still holds the page.
    with pytest.raises(actions.LastAdministrator):
        actions.leave(by=actor_for(noor), worker=robin)


def test_a_lost_device_ends_every_session_and_is_told(robin, wren, agency, desk):
    officer = WorkerFactory(agency=agency, role="privacy_officer")
    other = Client()
    other.force_login(wren)
    assert signed_in(desk)
    assert signed_in(other)
    actions.report_lost(by=actor_for(wren), worker=wren)
    assert not signed_in(desk)
    assert not signed_in(other)
    assert not Session.objects.filter(worker_id=wren.pk).exists()
    assert told(robin) == ["administration.lost"]
    assert told(officer) == ["administration.lost_device"]
    assert told(wren) == []


def test_an_administrator_reports_for_a_worker_who_is_told(robin, wren):
    actions.report_lost(by=actor_for(robin), worker=wren)
    assert told(wren) == ["administration.yours_ended"]


def test_a_worker_reports_for_nobody_else(wren, colleague):
    with pytest.raises(NotAllowed):
        actions.report_lost(by=actor_for(wren), worker=colleague)
    assert not Notice.objects.exists()


def test_nobody_looks_into_the_loss_of_their_own_device(robin, agency):
    noor = AdministratorFactory(agency=agency)
    actions.report_lost(by=actor_for(noor), worker=robin)
    assert "administration.lost" in told(noor)
    assert "administration.lost" not in told(robin)
