"""Bad days: two devices at once, a visit that ended mid-sentence, a number somebody has seen."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from leeward.entry.actions import offer
from leeward.entry.factories import OTHER_NUMBER, OWN_NUMBER, AgencyChoiceFactory
from leeward.entry.models import Entry, Visit
from leeward.entry.slowing import MISSES
from leeward.my_space.tests.conftest import come_in

pytestmark = pytest.mark.django_db

LOST = "What was not saved is not kept."
TYPED = {"number": "8350274", "again": "8350274", "lines": "Something I only wrote here"}


@pytest.fixture
def second(own):
    """Another device, on which their own notebook is open too."""
    client = Client()
    assert come_in(client, borrowed="on").status_code == 302
    return client


def changed(client, old=OWN_NUMBER, number="8350274"):
    return client.post("/notes/number/", {"old": old, "number": number, "again": number})


def test_a_number_is_changed_on_one_device_and_the_other_is_out(own, second):
    assert "Your new number counts" in changed(own).content.decode()
    assert own.get("/notes/open/").status_code == 200
    assert second.get("/notes/open/").url == "/notes/"
    assert come_in(Client(), OWN_NUMBER).status_code == 422
    assert come_in(Client(), "8350274").status_code == 302


def test_a_wrong_old_number_is_said_beside_the_field_and_nothing_typed_comes_back(own):
    response = changed(own, old="915273")
    assert response.status_code == 422
    said = response.content.decode()
    assert '<a href="#id_old">That did not work.' in said
    assert "915273" not in said
    assert "8350274" not in said


@pytest.mark.parametrize("number", [OWN_NUMBER, OTHER_NUMBER])
def test_a_number_that_is_taken_is_refused_in_the_same_words(own, number):
    response = changed(own, number=number)
    assert response.status_code == 422
    assert "Choose another number than the ones you have." in response.content.decode()


def test_where_am_i_in_tells_of_the_other_and_leaves_there(own, second):
    page = own.get("/notes/where/").content.decode()
    assert page.count("Somewhere else, since") == 1
    assert "Not your own phone or computer." in page
    assert own.post("/notes/where/").url == "/notes/where/"
    assert "You are in nowhere else." in own.get("/notes/where/").content.decode()
    assert second.get("/notes/open/").url == "/notes/"


def test_what_is_sent_after_the_end_is_dropped_and_the_page_says_so(own):
    before = Entry.objects.get().lines
    Visit.objects.update(used_at=timezone.now() - dt.timedelta(hours=1))
    response = own.post("/notes/second/", TYPED, follow=True)
    said = response.content.decode()
    assert response.redirect_chain == [("/notes/?late", 302)]
    assert LOST in said
    assert TYPED["lines"] not in said
    assert Entry.objects.get().lines == before


def test_what_is_sent_after_leaving_in_another_window_says_so_too(door, entry):
    strict = Client(enforce_csrf_checks=True)
    strict.get("/notes/")
    come_in(strict, csrfmiddlewaretoken=strict.cookies["t"].value)
    strict.post("/notes/leave/")
    response = strict.post("/notes/second/", TYPED)
    assert response.status_code == 403
    assert LOST in response.content.decode()


def test_the_front_says_it_only_after_something_was_open(space):
    assert LOST not in space.get("/notes/").content.decode()


def test_a_window_that_closed_while_another_was_in_use_says_so_too(own, other):
    for client in (own, other):
        response = client.get("/notes/?late")
        assert response.status_code == 200
        assert LOST in response.content.decode()
        assert client.get("/notes/").url == "/notes/open/"


def test_a_page_says_beforehand_when_it_closes(own):
    Visit.objects.update(ends_at=timezone.now() + dt.timedelta(minutes=3))
    at = timezone.localtime(Visit.objects.get().ends_at, dt.timezone(dt.timedelta(hours=-5)))
    assert f":{at.minute:02}. Save what you write" in own.get("/notes/second/").content.decode()


def test_both_notebooks_say_alike_when_they_close(own, other):
    ends = [each.get("/notes/open/")["Refresh"].partition("; ") for each in (own, other)]
    (one, _, to), (two, _, also_to) = ends
    assert to == also_to
    assert abs(int(one) - int(two)) <= 1


def test_two_devices_write_lines_at_once_and_neither_is_lost(other, door):
    second = Client()
    come_in(second, OTHER_NUMBER)
    for client, line in ((other, "Eggs"), (second, "Ham")):
        assert client.post("/notes/add/", {"line": line}).status_code == 302
    assert Entry.objects.get().lines[:2] == ["Ham", "Eggs"]


@pytest.mark.parametrize("path", ["/notes/", "/notes/first/"])
def test_what_opens_nothing_counts_where_it_was_typed(space, path):
    said = {"words": "otter otter otter otter otter", "number": "8350274", "again": "8350274"}
    address = f"2001:db8:{len(path)}::1"
    before = MISSES.of(f"2001:db8:{len(path)}::")
    space.post(path, said, REMOTE_ADDR=address)
    assert MISSES.of(f"2001:db8:{len(path)}::") == before + 1


def test_whoever_is_in_leaves_to_where_their_agency_says(own, person):
    AgencyChoiceFactory(chosen_by__agency=person.agency)
    page = own.get("/notes/leaving/")
    said = page.content.decode()
    assert 'data-to="https://www.wikipedia.org/"' in said
    assert "and wikipedia.org comes" in said
    # Without a script, a browser asks this before it follows where the form leads.
    form_action = page["Content-Security-Policy"].partition("form-action ")[2].partition(";")[0]
    assert {"https://www.wikipedia.org", "https://weather.gc.ca"} <= set(form_action.split())
    assert own.post("/notes/leave/")["Location"] == "https://www.wikipedia.org/"


def test_before_anybody_is_known_leaving_leads_where_the_installation_says(space, person):
    AgencyChoiceFactory(chosen_by__agency=person.agency)
    assert 'data-to="https://weather.gc.ca/"' in space.get("/recipes/").content.decode()
    assert space.post("/notes/leave/")["Location"] == "https://weather.gc.ca/"


def test_they_pick_another_face_and_go_on_under_it(own, other):
    assert own.post("/notes/look/", {"face": "weather"}).url == "/weather/look/"
    assert "<title>Weather diary</title>" in own.get("/weather/look/").content.decode()
    assert own.get("/notes/open/").url == "/weather/open/"
    # Lines that nobody touched are those of the face.
    said = other.get("/weather/open/").content.decode()
    assert "frost" in said
    assert "library" not in said


def test_lines_of_their_own_stay_whatever_it_looks_like(own, other):
    other.post("/notes/add/", {"line": "Eggs"})
    own.post("/notes/look/", {"face": "weather"})
    assert Entry.objects.get().lines[0] == "Eggs"


def test_only_what_the_agency_offers_is_there_to_pick(own, person):
    AgencyChoiceFactory(chosen_by__agency=person.agency)
    page = own.get("/notes/look/").content.decode()
    assert 'value="recipes"' in page
    assert 'value="weather"' not in page
    for face in ("weather", "", "diary"):
        response = own.post("/notes/look/", {"face": face})
        assert response.status_code == 422
        assert "Choose one of these." in response.content.decode()
    assert own.get("/notes/open/").status_code == 200


def test_what_is_chosen_together_later_counts(own, person, actor):
    own.post("/notes/look/", {"face": "weather"})
    offer(by=actor, person=person, face="recipes", language="en", watched="no", where="own")
    assert own.get("/weather/look/").url == "/recipes/open/"
