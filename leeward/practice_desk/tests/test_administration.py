"""Pages of administration, of one's own sign-in, of reviews, and of files to hand on."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from leeward.accounts.factories import WorkerFactory
from leeward.accounts.models import Session, Worker
from leeward.administration import kinds
from leeward.administration.factories import AdministratorFactory, RequestFactory
from leeward.administration.models import Request
from leeward.audit.models import AuditRow
from leeward.notices.factories import NoticeFactory
from leeward.notices.models import Notice

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
NEW = {"display_name": "Ilo Sample", "username": "ilo", "role": "worker", "language": "en"}


def signed_in_as(worker, agent=FIREFOX):
    browser = Client(headers={"User-Agent": agent})
    browser.force_login(worker)
    browser.get(reverse("home"))
    return browser


@pytest.fixture
def robin(agency):
    return AdministratorFactory(agency=agency)


@pytest.fixture
def office(robin):
    return signed_in_as(robin)


def test_somebody_is_taken_on_from_the_first_page_to_their_own(office, robin, agency, supervisor):
    given = NEW | {"supervised_by": supervisor.pk, "reason": "starts on Monday"}
    assert office.post(reverse("take_on"), given).url == reverse("administration")
    asked = Request.objects.get()
    here = reverse("request", args=[asked.pk])
    assert here in office.get(reverse("administration")).content.decode()
    second = signed_in_as(AdministratorFactory(agency=agency))
    assert here in second.get(reverse("requests")).content.decode()
    answer = second.post(here, {"answer": "agree"})
    link = re.search(r"http://testserver(/start/[\w-]{43}/)", answer.content.decode())[1]
    ilo = Client()
    ilo.post(link)
    chosen = {"password": "another invented password", "once_more": "another invented password"}
    assert ilo.post(reverse("start"), chosen).status_code == 302
    assert ilo.get(reverse("home")).status_code == 200


def test_a_mistake_keeps_what_was_typed_and_says_how_to_mend_it(office, wren):
    given = NEW | {"username": "wren", "reason": "starts on Monday"}
    answer = office.post(reverse("take_on"), given)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Somebody signs in with this name already. Choose another." in page
    assert "starts on Monday" in page
    answer = office.post(reverse("take_on"), given | {"username": "Wren Example"})
    assert "Use small letters" in answer.content.decode()


def test_trying_who_signs_in_here_or_elsewhere_leaves_a_row_without_the_name(
    office, robin, outsider
):
    """Names to sign in with are one list for every agency: asking it tells, so asking is told."""
    given = NEW | {"username": outsider.username, "reason": "starts on Monday"}
    assert office.post(reverse("take_on"), given).status_code == 422
    row = AuditRow.objects.latest("id")
    assert (row.actor_id, row.action, row.outcome) == (
        robin.pk,
        "administration.ask_start",
        "refused",
    )
    assert (row.subject_id, row.purpose) == (None, "")


@pytest.mark.parametrize(
    "name", ["administration", "requests", "administration_worker", "request"]
)
def test_a_look_writes_its_audit_row_and_nothing_else(
    office, wren, robin, name, assert_get_writes_only_audit
):
    asked = RequestFactory(worker=wren, asked_by=robin)
    about = {"administration_worker": [wren.pk], "request": [asked.pk]}.get(name, [])
    before = AuditRow.objects.count()
    answer = assert_get_writes_only_audit(office, reverse(name, args=about))
    assert (answer.status_code, AuditRow.objects.count()) == (200, before + 1)


@pytest.mark.parametrize("name", ["change_worker", "reset_worker", "leave", "worker_lost"])
def test_each_form_about_a_worker_names_them(office, wren, name):
    assert wren.display_name in office.get(reverse(name, args=[wren.pk])).content.decode()


def test_a_change_is_asked_for_agreed_to_and_shown(office, agency, wren, supervisor):
    given = {"role": "intake", "supervised_by": supervisor.pk, "reason": "moves"}
    theirs = reverse("administration_worker", args=[wren.pk])
    assert office.post(reverse("change_worker", args=[wren.pk]), given).url == theirs
    second = signed_in_as(WorkerFactory(agency=agency, role="privacy_officer"))
    here = reverse("request", args=[Request.objects.get().pk])
    assert second.post(here, {"answer": ""}).status_code == 422
    assert second.post(here, {"answer": "agree"}).url == reverse("requests")
    assert second.post(here, {"answer": "agree"}).status_code == 422
    assert "Intake worker" in office.get(theirs).content.decode()


def test_a_refusal_and_taking_back_end_a_request(office, robin, agency, wren, colleague):
    second = signed_in_as(AdministratorFactory(agency=agency))
    refused = RequestFactory(worker=wren, asked_by=robin)
    second.post(reverse("request", args=[refused.pk]), {"answer": "refuse"})
    back = RequestFactory(worker=colleague, asked_by=robin)
    assert second.post(reverse("take_back", args=[back.pk])).status_code == 404
    assert office.post(reverse("take_back", args=[back.pk])).status_code == 302
    answers = Request.objects.order_by("asked_at").values_list("answer", flat=True)
    assert list(answers) == ["refused", "taken_back"]


def test_somebody_leaves_and_comes_back_by_the_forms(office, wren):
    theirs = reverse("administration_worker", args=[wren.pk])
    back = reverse("let_back", args=[wren.pk])
    assert back not in office.get(theirs).content.decode()
    office.post(reverse("leave", args=[wren.pk]))
    assert not Worker.objects.get(pk=wren.pk).is_active
    assert back in office.get(theirs).content.decode()
    assert office.post(back, {"reason": "is back"}).status_code == 302


def test_the_supervisor_is_led_from_the_notice_to_the_files(office, wren, supervisor, person):
    office.post(reverse("leave", args=[wren.pk]))
    lead = signed_in_as(supervisor)
    notice = Notice.objects.get(kind=kinds.HAND_OVER.name)
    there = lead.post(reverse("notice_open", args=[notice.pk])).url
    assert there == reverse("hand_over", args=[wren.pk])
    page = lead.get(there).content.decode()
    assert person.name_used in page
    assert reverse("transfer", args=[person.pk]) in page


def test_i_see_where_i_am_signed_in_and_end_the_others(wren, colleague):
    here, phone = signed_in_as(wren), signed_in_as(wren, PHONE)
    signed_in_as(colleague)
    page = here.get(reverse("my_sign_in")).content.decode()
    assert "Firefox, Linux" in page
    assert "Safari, iPhone" in page
    assert page.count('name="session"') == 1
    ref = re.search(r'name="session" value="(\w+)"', page)[1]
    assert here.post(reverse("end_my_sessions"), {"session": ref}).status_code == 302
    assert phone.get(reverse("home")).status_code == 302
    assert here.get(reverse("home")).status_code == 200
    third = signed_in_as(wren)
    here.post(reverse("end_my_sessions"))
    assert third.get(reverse("home")).status_code == 302
    assert Session.objects.filter(worker_id=colleague.pk).count() == 1


def test_nobody_ends_somebody_elses_sign_in_by_its_ref(wren, colleague):
    here, theirs = signed_in_as(wren), signed_in_as(colleague)
    ref = Session.objects.get(worker_id=colleague.pk).pk
    here.post(reverse("end_my_sessions"), {"session": ref})
    assert theirs.get(reverse("home")).status_code == 200


def test_a_sign_in_that_lay_too_long_is_not_listed(wren):
    here, other = signed_in_as(wren), signed_in_as(wren, PHONE)
    session = other.session
    session["used_at"] = 0.0
    session.save()
    assert "iPhone" not in here.get(reverse("my_sign_in")).content.decode()


def test_reporting_a_lost_device_signs_out_here_too(wren, robin):
    here, phone = signed_in_as(wren), signed_in_as(wren, PHONE)
    assert here.post(reverse("report_lost")).url == reverse("account_login")
    assert [each.get(reverse("home")).status_code for each in (here, phone)] == [302, 302]
    assert Notice.objects.filter(kind=kinds.LOST.name, about=wren.pk).exists()


def test_reviews_that_wait_and_how_the_last_ended(agency, wren):
    officer = WorkerFactory(agency=agency, role="privacy_officer")
    at = signed_in_as(officer)
    assert "Nothing waits." in at.get(reverse("reviews")).content.decode()
    notice = NoticeFactory(to=officer, kind=kinds.LOST_DEVICE.name, about=wren.pk)
    NoticeFactory(to=officer)
    page = at.get(reverse("reviews")).content.decode()
    assert "Look at what was opened" in page
    assert "You have something new" not in page
    at.post(reverse("notice_settle", args=[notice.pk]), {"outcome": "taken_further"})
    page = at.get(reverse("reviews")).content.decode()
    assert "Taken further" in page
    assert "Nothing waits." in page
