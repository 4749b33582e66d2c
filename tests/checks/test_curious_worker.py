"""A colleague who is not on the team, and has heard a name in the corridor."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from leeward.access.actors import actor_for
from leeward.accounts.factories import WorkerFactory, supervise
from leeward.audit.models import AuditRow
from leeward.audit.queries import openings_of
from leeward.notices.models import Notice
from leeward.people.factories import YoungPersonFactory
from leeward.people.standing.kinds import GLASS_BROKEN, UNUSUAL
from leeward.people.standing.models import BreakGlass
from tests.cast import full_file
from tests.test_urls import BY_NAME
from tests.url_table import TABLE

pytestmark = pytest.mark.django_db

WHY = "She called from a payphone and asked for help."
# What is about the file itself: its own pages, and its duties.
OF_A_FILE = [name for name in TABLE if "person_id>" in str(BY_NAME[name].pattern)] + ["duty"]


@pytest.fixture
def file(person, wren, supervisor):
    return full_file(person, wren, supervisor)


@pytest.fixture
def officer(agency):
    return WorkerFactory(agency=agency, role="privacy_officer")


@pytest.fixture
def curious(client, colleague):
    client.force_login(colleague)
    return client


def address(file, name):
    asked = re.findall(r"<(?:\w+:)?(\w+)>", str(BY_NAME[name].pattern))
    return reverse(name, kwargs={each: file.ids()[each] for each in asked})


def open_now(client, person, reason=WHY):
    return client.post(reverse("break_glass", args=[person.pk]), {"reason": reason})


def overview(client, person):
    return client.get(reverse("overview", args=[person.pk])).status_code


def notices_of(worker):
    return [each.kind for each in Notice.objects.for_(actor_for(worker))]


def test_curious_worker(curious, file, colleague, supervisor):
    person = file.person
    found = curious.post(reverse("find"), {"q": "Noeli"}).content.decode()
    assert f'"{reverse("overview", args=[person.pk])}"' not in found
    assert (there := reverse("break_glass", args=[person.pk])) in found
    for name in set(OF_A_FILE) - {"break_glass"}:
        for method in ("get", "post"):
            status = getattr(curious, method)(address(file, name)).status_code
            assert status in {403, 404, 405}, (name, method)

    # No file without a reason in words.
    assert curious.get(there).status_code == 200
    for said in ("", "now", " " * 50):
        assert open_now(curious, person, said).status_code == 422
    assert not BreakGlass.objects.filter(worker=colleague).exists()
    assert overview(curious, person) == 404
    assert not Notice.objects.for_(actor_for(supervisor)).exists()

    # With one: open, the supervisor told in the same moment, and it stands in the record.
    assert open_now(curious, person).status_code == 302
    assert notices_of(supervisor) == [GLASS_BROKEN.name]
    opening = openings_of(person.pk).get(action="file.break_glass")
    assert opening.actor_id == colleague.pk
    page = curious.get(reverse("plan", args=[person.pk])).content.decode()
    assert "You opened this file in an emergency." in page
    assert reverse("plan_copy_en", args=[person.pk]) not in page
    for name in (
        "plan_copy_en",
        "circle_copy_en",
        "turn_file",
        "give_opinion",
        "locks",
        "assign",
        "transfer",
    ):
        assert curious.get(address(file, name)).status_code in {403, 404}, name

    # No longer by their own doing: not while it is open, and not when it is over.
    until = BreakGlass.objects.get(worker=colleague).until
    assert open_now(curious, person).status_code == 302
    assert BreakGlass.objects.get(worker=colleague).until == until
    BreakGlass.objects.filter(worker=colleague).update(until=timezone.now())
    assert overview(curious, person) == 404
    assert open_now(curious, person).status_code == 422
    assert overview(curious, person) == 404
    assert BreakGlass.objects.filter(worker=colleague).count() == 1


def test_it_ends_after_its_hours_by_itself(curious, person, colleague, monkeypatch):
    open_now(curious, person)
    later = timezone.now() + dt.timedelta(hours=4, minutes=1)
    monkeypatch.setattr("leeward.people.standing.models.timezone.now", lambda: later)
    assert overview(curious, person) == 404


def test_an_old_sign_in_is_not_enough(curious, person, settings):
    settings.LEEWARD_FRESH_MINUTES = -1
    assert open_now(curious, person).status_code == 401
    assert not BreakGlass.objects.exists()


def test_the_supervisor_reviews_it_and_the_worker_does_not(
    curious, person, wren, colleague, supervisor
):
    open_now(curious, person)
    broken = BreakGlass.objects.get()
    there = reverse("emergency_review", args=[broken.pk])
    assert curious.get(there).status_code == 403
    # Not even as the supervisor who stands behind the file from now on.
    colleague.role = "supervisor"
    colleague.save(update_fields=["role"])
    supervise(colleague, wren)
    assert curious.get(there).status_code == 404
    assert curious.post(there, {"outcome": "needed"}).status_code == 404
    curious.force_login(supervisor)
    page = curious.get(there).content.decode()
    for shown in (WHY, colleague.display_name, person.name_used):
        assert shown in page
    assert curious.post(there, {}).status_code == 422
    assert curious.post(there, {"outcome": "needed"}).status_code == 302
    broken.refresh_from_db()
    assert broken.reviewed_by == supervisor


def many(agency, often, **given):
    return [YoungPersonFactory(agency=agency, **given) for _ in range(often)]


def raise_more_often(settings, signal):
    settings.LEEWARD_UNUSUAL = dict.fromkeys(settings.LEEWARD_UNUSUAL, (99, 24)) | {
        signal: (3, 24)
    }
    return 3


def walk(curious, agency, settings):
    """Addresses of files that are not theirs."""
    for each in many(agency, raise_more_often(settings, "not_theirs")):
        assert overview(curious, each) == 404


def search_much(curious, agency, settings):
    """Name after name."""
    for n in range(raise_more_often(settings, "searches")):
        curious.post(reverse("find"), {"q": f"Name {n}"})


def break_much(curious, agency, settings):
    """Emergency after emergency."""
    for each in many(agency, raise_more_often(settings, "emergencies")):
        assert open_now(curious, each).status_code == 302


def look_at_closed(curious, agency, settings):
    """Closed files, each in an emergency."""
    for each in many(agency, raise_more_often(settings, "closed"), closed=True):
        open_now(curious, each)


def look_at_own_name(curious, agency, settings):
    """Somebody with their own name, once."""
    settings.LEEWARD_UNUSUAL = dict.fromkeys(settings.LEEWARD_UNUSUAL, (99, 24)) | {
        "own_name": (1, 24)
    }
    open_now(curious, YoungPersonFactory(agency=agency, name_used="Robin Made-Up"))


@pytest.mark.parametrize("does", [walk, search_much, break_much, look_at_closed, look_at_own_name])
def test_what_is_unusual_is_looked_into_and_the_worker_is_not_told(
    client, agency, colleague, officer, settings, does
):
    client.force_login(colleague)
    does(client, agency, settings)
    # Whatever they do next.
    client.post(reverse("find"), {"q": "Noeli"})
    assert notices_of(officer).count(UNUSUAL.name) == 1
    assert UNUSUAL.name not in notices_of(colleague)
    said = AuditRow.objects.filter(actor_id=colleague.pk, action="notice.tell")
    assert not said.filter(purpose=UNUSUAL.name).exists()
    there = reverse("opening_review", args=[colleague.pk])
    assert client.get(there).status_code == 403
    client.force_login(officer)
    assert colleague.display_name in client.get(there).content.decode()
    assert client.post(there, {"outcome": "in_order"}).status_code == 302
    left = Notice.objects.for_(actor_for(officer)).open()
    assert not left.filter(kind=UNUSUAL.name).exists()


def test_ordinary_work_is_looked_into_by_nobody(client, person, wren, officer):
    client.force_login(wren)
    for _ in range(3):
        client.post(reverse("find"), {"q": "Noeli"})
        assert overview(client, person) == 200
    assert notices_of(officer) == []
