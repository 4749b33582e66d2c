"""Check: an agency administrator, acting alone, opens no file and makes nobody who does.

The attacker holds an administrator's sign-in and every page it opens.
"""

import itertools
import re

import pytest
from django.test import Client
from django.urls import reverse

from leeward.access.actors import actor_for
from leeward.access.rules import NotAllowed, reach
from leeward.accounts.factories import WorkerFactory
from leeward.accounts.models import Invitation, Worker
from leeward.administration import actions
from leeward.administration.factories import AdministratorFactory
from leeward.administration.models import Request
from leeward.administration.queries import to_hand_over, waiting
from leeward.audit.models import AuditRow
from leeward.notices.models import Notice
from leeward.people.factories import YoungPersonFactory
from leeward.people.models import YoungPerson
from leeward.people.queries import find
from leeward.people.standing.actions import end_lock
from leeward.practice_desk.queries.administration import request_page
from leeward.practice_desk.urls import urlpatterns
from tests.cast import full_file

pytestmark = pytest.mark.django_db

NAME = "Zéphirine Exemple-Unseen"
OF_A_FILE = [each for each in urlpatterns if "<uuid:person_id>" in str(each.pattern)]


@pytest.fixture
def person(agency, wren):
    return YoungPersonFactory(agency=agency, opened_by=wren, name_used=NAME, team=[wren])


@pytest.fixture
def file(person, wren, supervisor):
    return full_file(person, wren, supervisor)


@pytest.fixture
def robin(agency):
    return AdministratorFactory(agency=agency, username="robin")


@pytest.fixture
def noor(agency):
    return AdministratorFactory(agency=agency, username="noor", display_name="Noor Invented")


@pytest.fixture
def desk(robin):
    browser = Client()
    browser.force_login(robin)
    return browser


def address(each, file):
    asked = re.findall(r"<(?:\w+:)?(\w+)>", str(each.pattern))
    return reverse(each.name, kwargs={name: file.ids()[name] for name in asked})


def test_insider_with_power(desk, robin, wren, supervisor, person):
    """Each way to power, tried in turn by one person: each waits for another, and none opens."""
    page = reverse("administration_worker", args=[robin.pk])
    # To give oneself a role.
    for name in ("change_worker", "reset_worker"):
        given = {"role": "supervisor", "supervised_by": "", "reason": "I need to look"}
        answer = desk.post(reverse(name, args=[robin.pk]), given)
        assert answer.status_code == 403
    assert desk.get(page).status_code == 200
    # To make a second account that opens files, and to agree to it.
    new = {"display_name": "Robin Sample", "username": "robin2", "role": "supervisor"}
    more = {"supervised_by": "", "language": "en", "reason": "new"}
    assert desk.post(reverse("take_on"), new | more).status_code == 302
    # To put Wren under a supervisor of one's own making, and to take over Wren's sign-in.
    assert (
        desk.post(reverse("reset_worker", args=[wren.pk]), {"reason": "they said so"}).status_code
        == 302
    )
    for asked in Request.objects.all():
        here = reverse("request", args=[asked.pk])
        answer = desk.post(here, {"answer": "agree"})
        assert answer.status_code == 403
        assert b"/start/" not in answer.content
    robin.refresh_from_db()
    wren.refresh_from_db()
    assert robin.role == "agency_administrator"
    assert wren.has_usable_password()
    assert not Worker.objects.get(username="robin2").is_active
    assert not Invitation.objects.exists()
    # Every try is in the audit, under the name of whoever tried.
    tried = AuditRow.objects.filter(actor_id=robin.pk).values_list("action", "outcome")
    assert ("administration.ask_start", "done") in tried
    assert ("administration.ask_reset", "done") in tried
    refused = [action for action, outcome in tried if outcome == "refused"]
    assert sorted(refused) == ["change_worker", "request", "request", "reset_worker"]


@pytest.mark.one_engine
def test_no_page_of_a_file_opens_for_an_administrator(desk, file):
    for each, method in itertools.product(OF_A_FILE, ("get", "post")):
        answer = getattr(desk, method)(address(each, file))
        # A draft is only ever kept, and has no page to get.
        right = {405} if (each.name, method) == ("draft", "get") else {403, 404}
        assert answer.status_code in right, (each.name, method)
        assert NAME not in answer.content.decode(), (each.name, method)


def test_no_page_an_administrator_has_names_a_young_person(desk, robin, wren, file):
    actions.leave(by=actor_for(robin), worker=wren)
    seen = 0
    for each in urlpatterns:
        if each in OF_A_FILE or each.name == "start_link":
            continue
        answer = desk.get(address(each, file))
        seen += answer.status_code == 200
        assert NAME not in answer.content.decode(), each.name
    assert seen >= 8


def test_no_list_search_or_lock_gives_an_administrator_a_file(robin, file, person):
    me = actor_for(robin)
    assert not YoungPerson.objects.visible_to(me).exists()
    assert not YoungPerson.objects.visible_to(me, "file.lock").exists()
    assert find(me, NAME) == []
    assert [each.person for each in find(actor_for(file.assignment.worker), NAME)] == [person]
    assert not to_hand_over(me, file.left.pk).exists()
    with pytest.raises(NotAllowed):
        end_lock(by=me, lock=file.lock, reason="I need to look")
    assert reach(robin.role, "file.open") == "no"


def test_the_link_goes_to_whoever_agreed_and_the_worker_is_told(desk, robin, noor, wren):
    """Whoever asks for a new sign-in never holds it, however often they look."""
    desk.post(reverse("reset_worker", args=[wren.pk]), {"reason": "they said so"})
    asked = Request.objects.get()
    second = Client()
    second.force_login(noor)
    answer = second.post(reverse("request", args=[asked.pk]), {"answer": "agree"})
    assert re.search(rb"/start/[\w-]{43}/", answer.content)
    for name in ("request", "administration_worker"):
        about = asked.pk if name == "request" else wren.pk
        assert b"/start/" not in desk.get(reverse(name, args=[about])).content
    # Not again for whoever agreed either.
    assert b"/start/" not in second.get(reverse("request", args=[asked.pk])).content
    kinds = Notice.objects.for_(actor_for(wren)).values_list("kind", flat=True)
    assert list(kinds) == ["administration.yours_reset"]


def test_a_second_account_that_one_made_agrees_to_nothing_one_asks(robin, noor, wren, agency):
    """Whoever agreed to a new colleague did not agree to one person with two names."""
    officer = WorkerFactory(agency=agency, role="privacy_officer")
    new = {"display_name": "Robin Sample", "username": "robin2", "role": "agency_administrator"}
    asked = actions.ask_to_take_on(by=actor_for(robin), reason="more hands", **new)
    actions.agree(by=actor_for(officer), request_id=asked.pk)
    second = Worker.objects.get(username="robin2")
    for one, other in ((robin, second), (second, robin)):
        Notice.objects.all().delete()
        asked = actions.ask_to_reset(by=actor_for(one), worker=wren, reason="they said so")
        assert not request_page(by=actor_for(other), request_id=asked.pk).may_agree
        assert [each.may_agree for each in waiting(actor_for(other))] == [False]
        for answer in (actions.agree, actions.refuse):
            with pytest.raises(actions.MayNotAgree):
                answer(by=actor_for(other), request_id=asked.pk)
        # Nobody is told to agree who may not; others still may.
        told = set(Notice.objects.values_list("to_worker_id", flat=True))
        assert told >= {noor.pk, officer.pk}
        assert other.pk not in told
        actions.refuse(by=actor_for(noor), request_id=asked.pk)


def test_a_supervisor_does_not_agree_to_their_own_reach(robin, supervisor, colleague, agency):
    """Whose files one may open hangs on whom one supervises: that takes another person too."""
    asked = actions.ask_to_change(
        by=actor_for(robin),
        worker=colleague,
        role=colleague.role,
        supervised_by=supervisor,
        reason="a smaller team",
    )
    with pytest.raises(Request.DoesNotExist):
        actions.agree(by=actor_for(supervisor), request_id=asked.pk)
    moved = WorkerFactory(agency=agency, supervised_by=supervisor)
    asked = actions.ask_to_change(
        by=actor_for(robin),
        worker=moved,
        role="intake",
        supervised_by=supervisor,
        reason="another role",
    )
    with pytest.raises(actions.MayNotAgree):
        actions.agree(by=actor_for(supervisor), request_id=asked.pk)


def test_pages_of_administration_ask_for_a_fresh_sign_in(desk, wren):
    desk.get(reverse("home"))
    session = desk.session
    session["fresh_at"] = 0.0
    session.save()
    for name in ("administration", "take_on"):
        assert desk.get(reverse(name)).url.startswith(reverse("sign_in_again"))
    for name in ("change_worker", "reset_worker", "leave", "worker_lost"):
        assert desk.post(reverse(name, args=[wren.pk])).status_code == 401
