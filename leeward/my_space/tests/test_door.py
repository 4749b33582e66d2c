"""Every address of My space × who asks: what it answers, and what it leaves behind."""

import re
import uuid

import pytest
from django.test import Client

from leeward.access import rules
from leeward.audit.models import AuditRow
from leeward.conferences.factories import MeetingFactory, TellingFactory
from leeward.disclosures.factories import DisclosureFactory
from leeward.disclosures.factories import TellingFactory as SharingToldFactory
from leeward.entry.factories import OTHER_NUMBER, OWN_NUMBER, WORDS, EntryFactory
from leeward.entry.models import Entry, Visit
from leeward.my_space.middleware import STEP
from leeward.my_space.tests.conftest import come_in
from leeward.my_space.tests.door_table import TABLE
from leeward.my_space.urls import urlpatterns
from leeward.observations.factories import ObservationFactory
from leeward.plans.factories import (
    ItemFactory,
    ItemVersionFactory,
    StepFactory,
    SuggestionFactory,
    WheelFactory,
)
from leeward.releases.factories import ReleaseFactory
from leeward.requests.factories import FileRequestFactory

# What a page says is the same on any engine; what rows they may touch is tried below the door.
pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

OWN = [name for name, action in TABLE.items() if action]
VIEWS = {each.name: getattr(each.callback, "view_class", None) for each in urlpatterns}
ITEM, SUGGESTION, NOTE, ASKED, MEETING, GIVEN = (uuid.UUID(int=n) for n in (1, 2, 3, 5, 6, 7))
IN_ADDRESSES = {
    "<face:face>": "notes",
    "<slug:section>": "a3",
    "<slug:part>": "a",
    "<uuid:meeting_id>": str(MEETING),
    "<uuid:item_id>": str(ITEM),
    "<uuid:suggestion_id>": str(SUGGESTION),
    "<uuid:tie_id>": str(uuid.UUID(int=3)),
    "<uuid:note_id>": str(NOTE),
    "<uuid:passkey_id>": str(uuid.UUID(int=4)),
    "<uuid:asked_id>": str(ASKED),
    "<uuid:disclosure_id>": str(GIVEN),
}


def path_of(pattern):
    """An address with what stands in it."""
    said = "/" + str(pattern)
    for name, value in IN_ADDRESSES.items():
        said = said.replace(name, value)
    return said


PATHS = {each.name: path_of(each.pattern) for each in urlpatterns}
READ = [
    *("open", "leaving", "about", "second", "words_back"),
    *("my_number", "where_in", "look", "phones"),
    *("keep", "more", "safe", "way", "together", "write", "item", "copy"),
    *("wheel", "wheel_change"),
    *("people", "people_near", "people_push", "people_know"),
    *("file", "side", "ask_copy", "ask_change", "my_request"),
    *("meetings", "meeting_say", "meeting_side", "knows", "stop"),
]
MARKS = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|<!--[0-9a-f]*-->')


@pytest.fixture
def entry(entry, person):
    """With a piece of the plan, a suggestion, and what is released, at the addresses above."""
    ItemVersionFactory(person_of=person, item=ItemFactory(pk=ITEM, person=person))
    SuggestionFactory(pk=SUGGESTION, person=person)
    WheelFactory(person=person)
    ReleaseFactory(note=ObservationFactory(pk=NOTE, person=person))
    FileRequestFactory(pk=ASKED, person=person)
    TellingFactory(meeting=MeetingFactory(pk=MEETING, person=person, asked=True))
    SharingToldFactory(disclosure=DisclosureFactory(pk=GIVEN, consent__person=person))
    return entry


def bare(response):
    """A page without what is by chance on it."""
    return MARKS.sub(b"", response.content)


def test_every_address_has_a_line_and_a_row_of_own():
    assert set(VIEWS) == set(TABLE)
    assert {name: getattr(view, "action", None) for name, view in VIEWS.items()} == TABLE
    assert {each for each in TABLE.values() if each} <= set(rules.own())


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", OWN)
def test_whoever_is_not_in_is_led_to_the_front(space, entry, name, method):
    response = getattr(space, method)(PATHS[name])
    late = "?late" if method == "post" else ""
    assert (response.status_code, response.url) == (302, f"/notes/{late}")


@pytest.mark.parametrize("name", [name for name in OWN if name not in ("open", "add")])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_second_notebook_has_one_page(other, name, method):
    before = AuditRow.objects.count()
    response = getattr(other, method)(PATHS[name], {"make": "yes"})
    assert (response.status_code, response.url) == (302, "/notes/open/")
    assert AuditRow.objects.count() == before


@pytest.mark.parametrize("name", READ)
def test_reading_a_page_writes_one_row_and_nothing_else(
    own, person, name, assert_get_writes_only_audit
):
    assert assert_get_writes_only_audit(own, PATHS[name]).status_code == 200
    row = AuditRow.objects.latest("id")
    assert (row.action, row.purpose, row.actor_kind) == ("space.read", name, "young_person")
    assert row.subject_id == person.pk


@pytest.mark.parametrize("name", [name for name in TABLE if name != "leave"])
def test_no_page_is_opened_by_a_form_from_elsewhere(door, entry, name):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PATHS[name], {"words": WORDS, "number": OWN_NUMBER}).status_code in {
        403,
        405,
    }
    assert not Visit.objects.exists()


@pytest.mark.parametrize("name", [*READ, "front", "first", "help"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_page_is_never_kept_and_names_nothing(own, space, name, language):
    client = own if name in READ else Client()
    response = client.get(PATHS[name], {"lang": language})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store, private"
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert "nonce" not in response.headers["Content-Security-Policy"]
    assert len(response.content) % STEP == 0
    said = str(response.headers) + response.content.decode() + client.cookies.output()
    assert "leeward" not in said.casefold()
    assert f'<html lang="{language}-CA">' in said


def test_the_title_is_the_face_and_nothing_else(own):
    for name in READ:
        assert b"<title>Notes</title>" in own.get(PATHS[name]).content
    for slug, title in (("weather", "Weather diary"), ("recipes", "Recipes")):
        page = Client().get(f"/{slug}/").content.decode()
        assert f"<title>{title}</title>" in page
        assert f"{slug}.svg" in page


def test_cookies_say_nothing_and_end_with_the_window(own):
    own.get("/notes/open/?lang=fr")
    assert set(own.cookies) == {"s", "t", "l"}
    for cookie in own.cookies.values():
        assert not cookie["max-age"]
        assert not cookie["expires"]
    assert own.cookies["s"]["httponly"]
    assert own.cookies["s"]["samesite"] == "Strict"


def test_their_plan_stands_there_in_their_own_words(own, person):
    ItemVersionFactory(person_of=person, words="A key of my <own>")
    StepFactory(person_of=person, words="Visit the art room")
    said = own.get("/notes/open/").content.decode()
    assert "A key of my &lt;own&gt;" in said
    assert "Visit the art room" in said
    assert "New words to come in were made on" in said


def test_nobody_sees_the_plan_of_another(own):
    another = EntryFactory(lookup="another").person
    ItemVersionFactory(person_of=another, words="Something of another")
    assert "Something of another" not in own.get("/notes/open/").content.decode()


def test_the_second_notebook_shows_lines_and_nothing_of_the_first(own, other, person):
    ItemVersionFactory(person_of=person, words="A key of my own")
    said = bare(other.get("/notes/open/")).decode()
    assert all(line in said for line in Entry.objects.get().lines)
    assert "A key of my own" not in said
    for word in ("plan", "worker", "help", "number", "911"):
        assert word not in said.casefold(), word


@pytest.mark.parametrize("length", [0, 1200, 9000])
def test_the_two_notebooks_are_alike_in_all_that_can_be_measured(
    own, other, person, length, django_assert_num_queries
):
    if length:
        ItemVersionFactory(person_of=person, words="x" * length)
    answers = []
    for client in (own, other):
        before = AuditRow.objects.count()
        response = client.get("/notes/open/")
        row = AuditRow.objects.latest("id")
        answers.append(
            (
                response.status_code,
                len(response.content),
                sorted(response.headers),
                sorted(client.cookies),
                [len(each.value) for each in client.cookies.values()],
                AuditRow.objects.count() - before,
                (row.action, row.purpose, row.actor_id, row.outcome),
            )
        )
    assert answers[0] == answers[1]


def test_coming_in_answers_alike_by_either_number(space, door, entry):
    answers = []
    for number in (OWN_NUMBER, OTHER_NUMBER):
        client = Client()
        response = come_in(client, number)
        answers.append((response.status_code, response.url, sorted(response.headers)))
        answers[-1] += ([len(each.value) for each in client.cookies.values()],)
    assert answers[0] == answers[1]


def test_a_line_is_added_in_the_second_notebook_alone(own, other):
    assert other.post("/notes/add/", {"line": "Eggs"}).status_code == 302
    assert own.post("/notes/add/", {"line": "Ham"}).status_code == 302
    assert other.post("/notes/add/", {"line": ""}).status_code == 422
    lines = Entry.objects.get().lines
    assert "Eggs" in lines
    assert "Ham" not in lines


REFUSED = {
    "a wrong number": (WORDS, "915273"),
    "words of nobody": ("otter otter otter otter otter", OWN_NUMBER),
    "locked": (WORDS, OWN_NUMBER),
}


def test_whatever_does_not_open_answers_alike(space, entry, actor, person):
    pages = {}
    for why, (words, number) in REFUSED.items():
        if why == "locked":
            Entry.objects.update(locked_at=entry.made_at)
        response = Client().post("/notes/", {"words": words, "number": number})
        pages[why] = (response.status_code, sorted(response.headers), bare(response))
    one, *others = pages.values()
    assert one[0] == 422
    assert all(each == one for each in others)
    assert b"otter" not in one[2]


def test_the_first_time_leads_to_how_to_leave_before_all(space, person):
    EntryFactory(person=person, unused=True)
    said = {"words": WORDS, "number": "8350274", "again": "8350274"}
    wrong = space.post("/notes/first/", said | {"again": "8350275"})
    assert wrong.status_code == 422
    response = space.post("/notes/first/", said)
    assert response.url == "/notes/leaving/"
    page = space.get(response.url).content.decode()
    assert "history" in page
    assert "testserver" in page
    assert "/notes/about/" in page


@pytest.mark.parametrize("number", ["12345", "123456", "20080311", "secret"])
def test_an_easy_number_is_sent_back_before_the_words_are_looked_up(space, number):
    said = {"words": "anything", "number": number, "again": number}
    assert space.post("/notes/first/", said).status_code == 422
    assert not AuditRow.objects.exists()


def test_leaving_ends_the_visit_and_clears_what_a_server_can(own, settings):
    response = own.post("/notes/leave/")
    assert response.status_code == 303
    assert response.headers["Location"] == settings.LEEWARD_MY_SPACE_LEAVE_TO
    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert own.cookies["s"].value == own.cookies["t"].value == ""
    assert not Visit.objects.exists()
    assert own.get("/notes/open/").url == "/notes/"


def test_a_script_that_leaves_is_led_nowhere(own):
    response = own.post("/notes/leave/", {"quiet": "yes"})
    assert response.status_code == 204
    assert "Location" not in response.headers
    assert not Visit.objects.exists()


def test_leaving_works_from_any_page_however_old(door, entry):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/notes/leave/").status_code == 303


def test_a_page_says_when_it_ends(own):
    seconds, _, to = own.get("/notes/open/").headers["Refresh"].partition("; url=")
    assert to == "/notes/?late"
    assert 590 <= int(seconds) <= 601
    assert "Refresh" not in Client().get("/notes/").headers


def test_an_ended_visit_takes_its_cookie_along_and_the_form_still_works(own):
    Visit.objects.all().delete()
    response = own.get("/notes/")
    assert own.cookies["s"].value == ""
    assert "Clear-Site-Data" in response.headers
    assert own.cookies["t"].value


def test_a_visit_keeps_to_its_face(own):
    assert own.get("/weather/open/").url == "/notes/open/"
    assert own.get("/weather/").url == "/notes/open/"


@pytest.mark.parametrize("path", ["/people/", "/sign-in/", "/notes/plan/", "/admin/", "/static/"])
def test_what_is_not_there_says_so_and_no_more(space, path):
    response = space.get(path)
    assert response.status_code == 404
    said = response.content.decode().casefold()
    assert "<title>notes</title>" in said
    assert "leeward" not in said


def test_the_bare_address_leads_to_the_first_face(space, settings):
    assert space.get("/").url == "/notes/"
    settings.LEEWARD_MY_SPACE_FACES = ("recipes",)
    assert space.get("/").url == "/recipes/"


def test_words_for_coming_back_are_shown_once_and_open_what_is_closed(own, entry):
    made = own.post("/notes/back/", {"make": "yes"}).content.decode()
    words = re.search(r'<p class="ownwords">([^<]+)</p>', made)[1]
    assert words not in own.get("/notes/back/").content.decode()
    Entry.objects.update(private_until="2999-01-01T00:00Z")
    assert "stays closed until" in own.get("/notes/open/").content.decode()
    assert own.post("/notes/back/", {"words": "otter"}).status_code == 422
    assert own.post("/notes/back/", {"words": words}).status_code == 200
    assert "stays closed until" not in own.get("/notes/open/").content.decode()


def test_a_second_number_is_chosen_and_opens_what_was_written(own):
    said = {"number": OWN_NUMBER, "again": OWN_NUMBER, "lines": "Eggs\n\nHam"}
    assert own.post("/notes/second/", said).status_code == 422
    said |= {"number": "8350274", "again": "8350274"}
    assert own.post("/notes/second/", said).status_code == 200
    another = Client()
    come_in(another, "8350274")
    page = another.get("/notes/open/").content.decode()
    assert "Eggs" in page
    assert "Ham" in page


def test_two_devices_leave_one_by_one(own, entry):
    second = Client()
    come_in(second)
    own.post("/notes/leave/")
    assert second.get("/notes/open/").status_code == 200
