"""The worker's side of My file: three questions, what follows from them, and their side."""

import pytest
from django.urls import reverse

from leeward.entry.factories import EntryFactory
from leeward.observations.factories import ObservationFactory
from leeward.releases.factories import ReleaseFactory, SideFactory
from leeward.releases.models import Release

pytestmark = pytest.mark.django_db
ALL_NO = {"phone": "no", "tip_off": "no", "names": "no"}


@pytest.fixture
def note(person):
    EntryFactory(person=person)
    return ObservationFactory(person=person)


def at(name, note):
    return reverse(name, args=[note.person_id, note.pk])


def said(response):
    return response.content.decode()


def test_a_worker_releases_a_note_and_takes_it_back(desk, note):
    assert "They do not read this note in My space." in said(desk.get(at("note", note)))
    asked = said(desk.get(at("release", note)))
    assert note.text in asked
    assert "“No, only I use it”" in asked
    assert desk.post(at("release", note), ALL_NO).url == at("note", note)
    page = said(desk.get(at("note", note)))
    assert "They can read these words in My space." in page
    assert at("release_back", note) in page
    assert desk.post(at("release_back", note)).url == at("note", note)
    page = said(desk.get(at("note", note)))
    assert "They may remember it." in page
    # Pressed twice, it is taken back once.
    assert desk.post(at("release_back", note)).status_code == 302
    assert Release.objects.count() == 2


def test_where_an_answer_is_not_no_the_page_says_what_to_do_instead(desk, note):
    desk.post(at("release", note), ALL_NO | {"tip_off": "unsure"})
    page = said(desk.get(at("note", note)))
    assert "Not for a device." in page
    assert "Read it together, or give it on paper." in page
    assert "They can read these words" not in page
    # What was answered is nobody's to read off a page.
    assert "unsure" not in page


def test_a_question_left_out_is_asked_again_and_the_rest_stays(desk, note):
    response = desk.post(at("release", note), {"phone": "no", "names": "yes"})
    assert response.status_code == 422
    assert "Choose an answer." in said(response)
    assert said(response).count(" checked") == 2
    assert not Release.objects.exists()


def test_without_a_space_of_their_own_nothing_is_offered(desk, person):
    note = ObservationFactory(person=person)
    assert at("release", note) not in said(desk.get(at("note", note)))
    response = desk.post(at("release", note), ALL_NO)
    assert response.status_code == 422
    assert "Look at My space together first." in said(response)


def test_a_corrected_note_is_not_released(desk, note):
    ObservationFactory(person=note.person, corrects=note)
    page = said(desk.get(at("note", note)))
    assert "This note was corrected. Release the one that stands." in page
    assert at("release", note) not in page
    assert desk.post(at("release", note), ALL_NO).status_code == 422


def test_their_side_stands_beside_the_note_in_their_own_pen(desk, note):
    ReleaseFactory(note=note)
    assert "Their side" not in said(desk.get(at("note", note)))
    SideFactory(note=note, words="It was <my> idea.")
    for page in (desk.get(at("note", note)), desk.get(reverse("timeline", args=[note.person_id]))):
        assert "Their side" in said(page)
        assert "It was &lt;my&gt; idea." in said(page)


def test_it_stays_when_the_release_is_taken_back(desk, note):
    ReleaseFactory(note=note)
    SideFactory(note=note, words="It was my idea.")
    desk.post(at("release_back", note))
    assert "It was my idea." in said(desk.get(at("note", note)))
