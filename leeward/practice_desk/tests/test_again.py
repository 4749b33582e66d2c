"""Pages that ask for a fresh sign-in."""

import re

import pytest
from django.urls import path, reverse

from leeward.accounts import sessions
from leeward.audit.models import AuditRow
from leeward.people.models import YoungPerson
from leeward.practice_desk.urls import urlpatterns
from leeward.practice_desk.views.about import Details

pytestmark = pytest.mark.django_db

PASSWORD = "an invented long password"
ROW = "worker.sign_in_again"


def stale(client):
    """Let the last proof be sixteen minutes old."""
    client.get(reverse("home"))
    session = client.session
    session[sessions.PROVED] -= 16 * 60
    session.save()


@pytest.fixture
def copy(person):
    return reverse("plan_copy_en", kwargs={"person_id": person.pk})


def test_a_print_asks_when_the_last_sign_in_is_a_quarter_of_an_hour_old(desk, copy):
    assert desk.get(copy).status_code == 200
    stale(desk)
    rows = AuditRow.objects.count()
    asked = desk.get(copy)
    assert asked.status_code == 302
    assert asked.url == f"{reverse('sign_in_again')}?next={copy.replace('/', '%2F')}"
    assert AuditRow.objects.count() == rows, "a file was read before its reader was asked"
    assert copy in desk.get(asked.url).content.decode()
    done = desk.post(reverse("sign_in_again"), {"password": PASSWORD, "next": copy})
    assert (done.status_code, done.url) == (302, copy)
    assert desk.get(copy).status_code == 200
    assert AuditRow.objects.get(action=ROW).outcome == "done"


def test_other_pages_do_not_ask_and_print_need_not(desk, copy, settings):
    stale(desk)
    assert desk.get(reverse("home")).status_code == 200
    settings.LEEWARD_FRESH_FOR_PRINT = False
    assert desk.get(copy).status_code == 200


def test_a_wrong_password_goes_nowhere_and_is_recorded_without_it(desk, wren, copy):
    stale(desk)
    typed = {"password": "not the password", "next": copy}
    wrong = desk.post(reverse("sign_in_again"), typed)
    assert wrong.status_code == 422
    assert copy in wrong.content.decode()
    assert "not the password" not in wrong.content.decode()
    row = AuditRow.objects.get(action=ROW)
    assert (row.actor_id, row.outcome) == (wren.pk, "failed")
    assert desk.get(copy).status_code == 302


def test_another_workers_password_is_a_wrong_one(desk, colleague, copy):
    colleague.set_password("the password of somebody else")
    colleague.save()
    stale(desk)
    typed = {"password": "the password of somebody else"}
    assert desk.post(reverse("sign_in_again"), typed).status_code == 422


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", ""])
def test_it_leads_to_this_site_alone(desk, elsewhere):
    stale(desk)
    done = desk.post(reverse("sign_in_again"), {"password": PASSWORD, "next": elsewhere})
    assert done.url == reverse("home")


class FreshDetails(Details):
    """Changing details, were it to ask."""

    fresh = True


@pytest.fixture
def asking(monkeypatch):
    """The page of a person's details asks for a fresh sign-in in this test."""
    here = next(each for each in urlpatterns if each.name == "details")
    asks = path(str(here.pattern), FreshDetails.as_view(), name="details")
    monkeypatch.setattr(here, "callback", asks.callback)


def test_what_was_typed_comes_back_after_the_question(desk, person, asking):
    url = reverse("details", kwargs={"person_id": person.pk})
    page = desk.get(url)
    typed = dict(re.findall(r'name="([\w]+)" value="([^"]*)"', page.content.decode()))
    typed |= {"name_used": "Zed of the long invented name", "version": "1"}
    stale(desk)
    asked = desk.post(url, typed)
    assert asked.status_code == 401
    assert "Zed of the long" not in asked.content.decode()
    carried = re.search(r'name="carried" value="([^"]+)"', asked.content.decode())[1]

    wrong = desk.post(reverse("sign_in_again"), {"password": "no", "carried": carried})
    assert carried in wrong.content.decode()
    back = desk.post(reverse("sign_in_again"), {"password": PASSWORD, "carried": carried})
    assert back.status_code == 200
    assert "Zed of the long invented name" in back.content.decode()
    assert f'action="{url}"' in back.content.decode()
    assert YoungPerson.objects.get(pk=person.pk).name_used == person.name_used


def test_what_only_claims_to_have_been_carried_is_not_said_back(desk):
    stale(desk)
    asked = desk.post(reverse("passkey_make"), {"carried": "qqzorbleqq"})
    assert asked.status_code == 401
    assert b"qqzorbleqq" not in asked.content
