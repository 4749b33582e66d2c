"""What gives somebody more: one asks, another agrees, and the right people are told."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from leeward.access.actors import actor_for
from leeward.access.rules import NotAllowed
from leeward.accounts.factories import WorkerFactory
from leeward.accounts.models import Invitation, Worker
from leeward.administration import actions
from leeward.administration.factories import AdministratorFactory, RequestFactory
from leeward.administration.models import Request
from leeward.administration.queries import requests_of, waiting
from leeward.audit.models import AuditRow
from leeward.notices.models import Notice

pytestmark = pytest.mark.django_db

NEW = {
    "display_name": "Ilo Sample",
    "username": "ilo.sample",
    "role": "worker",
    "reason": "starts on Monday",
}


@pytest.fixture
def robin(agency):
    return AdministratorFactory(agency=agency)


@pytest.fixture
def noor(agency):
    return AdministratorFactory(agency=agency, display_name="Noor Invented")


@pytest.fixture
def officer(agency):
    return WorkerFactory(agency=agency, role="privacy_officer", display_name="Lise Exemple")


def told(worker):
    return sorted(Notice.objects.for_(actor_for(worker)).open().values_list("kind", flat=True))


def test_somebody_new_cannot_sign_in_until_another_agrees(robin, noor, supervisor):
    asked = actions.ask_to_take_on(by=actor_for(robin), supervised_by=supervisor, **NEW)
    ilo = asked.worker
    ilo.refresh_from_db()
    assert (ilo.is_active, ilo.has_usable_password(), ilo.supervised_by) == (False, False, None)
    assert not Invitation.objects.exists()
    agreed = actions.agree(by=actor_for(noor), request_id=asked.pk)
    ilo.refresh_from_db()
    assert (ilo.is_active, ilo.role, ilo.supervised_by) == (True, "worker", supervisor)
    assert agreed.link_secret
    assert Invitation.objects.get().worker == ilo


def test_a_change_happens_when_another_agrees_and_signs_them_out(robin, officer, wren, supervisor):
    epoch = wren.session_epoch
    asked = actions.ask_to_change(
        by=actor_for(robin), worker=wren, role="intake", supervised_by=None, reason="moves"
    )
    wren.refresh_from_db()
    assert wren.role == "worker"
    assert actions.agree(by=actor_for(officer), request_id=asked.pk).link_secret == ""
    wren.refresh_from_db()
    assert (wren.role, wren.supervised_by) == ("intake", None)
    assert wren.session_epoch == epoch + 1
    assert told(wren) == ["administration.yours_changed"]
    assert told(robin) == ["administration.answered"]


def test_a_reset_takes_the_sign_in_and_tells_the_worker_and_their_supervisor(
    robin, supervisor, wren
):
    asked = actions.ask_to_reset(by=actor_for(robin), worker=wren, reason="lost it")
    assert told(supervisor) == ["administration.asked"]
    agreed = actions.agree(by=actor_for(supervisor), request_id=asked.pk)
    wren.refresh_from_db()
    assert not wren.has_usable_password()
    assert agreed.link_secret
    assert told(wren) == ["administration.yours_reset"]
    assert told(supervisor) == ["administration.reset_in_team"]
    actions_done = list(AuditRow.objects.values_list("action", flat=True))
    assert {"administration.ask_reset", "administration.agreed"} <= set(actions_done)


def test_those_who_could_agree_are_told_and_nobody_else(robin, noor, officer, supervisor, wren):
    actions.ask_to_reset(by=actor_for(robin), worker=wren, reason="lost it")
    assert [told(each) for each in (noor, officer, supervisor)] == [["administration.asked"]] * 3
    assert [told(each) for each in (robin, wren)] == [[], []]


def test_a_refusal_changes_nothing_and_is_told(robin, noor, officer, wren):
    asked = actions.ask_to_reset(by=actor_for(robin), worker=wren, reason="lost it")
    actions.refuse(by=actor_for(noor), request_id=asked.pk)
    assert Worker.objects.get(pk=wren.pk).has_usable_password()
    assert told(robin) == ["administration.answered"]
    assert told(officer) == []
    with pytest.raises(Request.DoesNotExist):
        actions.agree(by=actor_for(officer), request_id=asked.pk)


def test_what_was_asked_for_can_be_taken_back_by_whoever_asked(robin, noor, officer, wren):
    asked = actions.ask_to_reset(by=actor_for(robin), worker=wren, reason="lost it")
    with pytest.raises(actions.MayNotAgree):
        actions.take_back(by=actor_for(noor), request_id=asked.pk)
    actions.take_back(by=actor_for(robin), request_id=asked.pk)
    assert told(noor) == told(officer) == []
    assert Request.objects.get().answer == "taken_back"


def test_nobody_agrees_when_the_time_is_over(robin, noor, wren):
    asked = RequestFactory(worker=wren, asked_by=robin, ends_at=timezone.now())
    with pytest.raises(Request.DoesNotExist):
        actions.agree(by=actor_for(noor), request_id=asked.pk)
    assert waiting(actor_for(noor)) == []
    actions.ask_to_reset(by=actor_for(robin), worker=wren, reason="once more")


def test_how_long_it_waits_is_a_setting(robin, wren, settings):
    settings.LEEWARD_REQUEST_HOURS = 2
    asked = actions.ask_to_reset(by=actor_for(robin), worker=wren, reason="lost it")
    waits = asked.ends_at - asked.asked_at
    assert abs(waits - dt.timedelta(hours=2)) < dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"username": "wren"}, actions.NameTaken),
        ({"reason": " "}, actions.ReasonMissing),
        ({"role": "owner"}, ValueError),
    ],
)
def test_what_is_not_right_about_somebody_new_keeps_nobody(robin, wren, given, fault):
    before = Worker.objects.count()
    with pytest.raises(fault):
        actions.ask_to_take_on(by=actor_for(robin), **NEW | given)
    assert Worker.objects.count() == before


def test_what_asks_for_nothing_or_for_the_same_again_is_said(robin, wren, supervisor, colleague):
    by = {"by": actor_for(robin), "reason": "moves"}
    with pytest.raises(actions.NothingChanges):
        actions.ask_to_change(**by, worker=wren, role="worker", supervised_by=supervisor)
    with pytest.raises(actions.NotASupervisor):
        actions.ask_to_change(**by, worker=wren, role="worker", supervised_by=colleague)
    with pytest.raises(actions.NotHere):
        actions.ask_to_let_back(**by, worker=wren)
    actions.ask_to_reset(**by, worker=wren)
    with pytest.raises(actions.AlreadyAsked):
        actions.ask_to_reset(**by, worker=wren)


def test_whoever_has_left_has_nothing_to_change(robin, agency):
    left = WorkerFactory(agency=agency, is_active=False)
    by = {"by": actor_for(robin), "worker": left, "reason": "moves"}
    for ask in (actions.ask_to_reset, actions.ask_to_change):
        more = {"role": "intake", "supervised_by": None} if ask is actions.ask_to_change else {}
        with pytest.raises(actions.NotHere):
            ask(**by, **more)
    with pytest.raises(actions.NotHere):
        actions.leave(by=actor_for(robin), worker=left)


def test_what_has_changed_since_stands_in_the_way(robin, noor, wren, supervisor, colleague):
    reset = actions.ask_to_reset(by=actor_for(robin), worker=wren, reason="lost it")
    actions.leave(by=actor_for(robin), worker=wren)
    with pytest.raises(actions.NotHere):
        actions.agree(by=actor_for(noor), request_id=reset.pk)
    assert not Worker.objects.get(pk=wren.pk).is_active
    change = actions.ask_to_change(
        by=actor_for(robin),
        worker=colleague,
        role="worker",
        supervised_by=supervisor,
        reason="moves",
    )
    actions.leave(by=actor_for(robin), worker=supervisor)
    with pytest.raises(actions.NotASupervisor):
        actions.agree(by=actor_for(noor), request_id=change.pk)


def test_somebody_who_has_left_comes_back_as_what_they_were(robin, noor, agency, supervisor):
    left = WorkerFactory(agency=agency, is_active=False, supervised_by=supervisor)
    asked = actions.ask_to_let_back(by=actor_for(robin), worker=left, reason="is back")
    assert (asked.role, asked.supervised_by) == ("worker", supervisor)
    assert actions.agree(by=actor_for(noor), request_id=asked.pk).link_secret
    left.refresh_from_db()
    assert left.is_active


def test_another_agency_asks_and_agrees_to_nothing_here(wren, robin):
    theirs = AdministratorFactory()
    with pytest.raises(Worker.DoesNotExist):
        actions.ask_to_reset(by=actor_for(theirs), worker=wren, reason="let me in")
    asked = RequestFactory(worker=wren, asked_by=robin)
    with pytest.raises(Request.DoesNotExist):
        actions.agree(by=actor_for(theirs), request_id=asked.pk)
    assert not requests_of(actor_for(theirs)).exists()


def test_a_supervisor_agrees_for_those_they_supervise_alone(robin, supervisor, wren, colleague):
    for_wren = RequestFactory(worker=wren, asked_by=robin)
    for_another = RequestFactory(worker=colleague, asked_by=robin)
    assert list(requests_of(actor_for(supervisor))) == [for_wren]
    with pytest.raises(Request.DoesNotExist):
        actions.agree(by=actor_for(supervisor), request_id=for_another.pk)


def test_a_worker_asks_for_nothing(wren, colleague):
    with pytest.raises(NotAllowed):
        actions.ask_to_reset(by=actor_for(wren), worker=colleague, reason="let me in")
    assert not requests_of(actor_for(wren)).exists()


def test_nobody_reads_what_is_asked_for_themself(robin, noor):
    asked = RequestFactory(worker=noor, asked_by=robin)
    assert not requests_of(actor_for(noor)).exists()
    assert list(requests_of(actor_for(robin))) == [asked]


def test_a_request_is_neither_changed_nor_removed(robin, wren):
    asked = RequestFactory(worker=wren, asked_by=robin)
    with pytest.raises(TypeError, match="answered by its actions"):
        asked.save()
    with pytest.raises(TypeError, match="stays"):
        asked.delete()


@pytest.mark.parametrize("who", ["asked_by", "worker", "supervised_by"])
def test_the_database_itself_refuses_an_answer_by_whoever_asked_or_gains(
    who, robin, wren, supervisor
):
    asked = RequestFactory(
        worker=wren, asked_by=robin, what="change", role="intake", supervised_by=supervisor
    )
    answer = {"answer": "agreed", "answered_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.update(answered_by=getattr(asked, who), **answer)
    with pytest.raises(IntegrityError), transaction.atomic():
        RequestFactory(worker=robin, asked_by=robin)


@pytest.mark.parametrize("now", [{"is_active": False}, {"role": "worker"}])
def test_what_was_asked_by_somebody_who_administers_no_more_is_not_agreed_to(
    robin, officer, wren, now
):
    asked = actions.ask_to_reset(by=actor_for(robin), worker=wren, reason="they said so")
    Worker.objects.filter(pk=robin.pk).update(**now)
    with pytest.raises(actions.NotHere):
        actions.agree(by=actor_for(officer), request_id=asked.pk)
    wren.refresh_from_db()
    assert wren.has_usable_password()
    actions.refuse(by=actor_for(officer), request_id=asked.pk)
