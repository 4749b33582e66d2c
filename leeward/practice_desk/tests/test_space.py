"""The worker's side of My space: offered together, words by two, a lock undone face to face."""

import re

import pytest
from django.urls import reverse

from leeward.entry.coming_in import NotIn, begin, come_in, look
from leeward.entry.factories import OWN_NUMBER, WORDS, CodeRequestFactory, EntryFactory
from leeward.entry.models import CodeRequest, Entry, Offer
from leeward.notices.models import Notice

pytestmark = pytest.mark.django_db

FOUND = {"face": "weather", "language": "en", "watched": "unsure", "where": "own", "read": "yes"}


@pytest.fixture
def at(person):
    """`at("space_offer")`: that page of Noʔeli's file."""
    return lambda name, **more: reverse(name, kwargs={"person_id": person.pk, **more})


def test_it_is_offered_with_everything_read_first(desk, at):
    page = desk.get(at("space_offer")).content.decode()
    for said in ("A court can order it", "under 16", "history", "1-833-900-1010", "unlock"):
        assert said in page
    assert desk.post(at("space_offer"), FOUND | {"read": ""}).status_code == 422
    assert desk.post(at("space_offer"), FOUND).url == at("space")
    assert Offer.objects.get().watched == "unsure"
    assert "I am not sure" in desk.get(at("space")).content.decode()


def test_a_watched_phone_is_no_place_for_it(desk, at):
    told = desk.post(at("space_offer"), FOUND | {"watched": "yes"})
    assert told.status_code == 422
    assert not Offer.objects.exists()
    answers = FOUND | {"watched": "yes", "where": "borrowed"}
    assert desk.post(at("space_offer"), answers).status_code == 302


def test_words_are_asked_by_one_and_shown_to_another_once(
    desk, client, at, wren, supervisor, settings
):
    settings.LEEWARD_MY_SPACE_ADDRESS = "https://notes.example/"
    desk.post(at("space_offer"), FOUND)
    assert desk.post(at("space_words"), {"reason": "the first"}).status_code == 302
    asked = CodeRequest.objects.get()
    answer = at("space_answer", words_id=asked.pk)
    assert desk.post(answer, {"answer": "agree"}).status_code == 403
    client.force_login(supervisor)
    notice = Notice.objects.get(to_worker_id=supervisor.pk, kind="entry.code_asked")
    assert client.post(reverse("notice_open", args=[notice.pk])).url == at("space")
    page = client.post(answer, {"answer": "agree"}).content.decode()
    words = re.search(r'<p class="lead"><b>([^<]+)</b></p>', page)[1]
    assert "https://notes.example/weather/" in page
    assert words not in client.get(at("space")).content.decode()
    assert client.post(answer, {"answer": "agree"}).status_code == 422
    assert look(begin(words=words, number="8350274", borrowed=False)).is_own


def test_words_before_an_offer_and_words_twice_are_sent_back(desk, at):
    assert desk.post(at("space_words"), {"reason": "x"}).status_code == 422
    desk.post(at("space_offer"), FOUND)
    assert desk.post(at("space_words"), {"reason": ""}).status_code == 422
    assert desk.post(at("space_words"), {"reason": "x"}).status_code == 302
    assert desk.post(at("space_words"), {"reason": "x"}).status_code == 422


@pytest.mark.parametrize(("answer", "kept"), [("refuse", "refused"), ("take_back", "taken_back")])
def test_a_request_may_end_without_words(client, at, person, wren, supervisor, answer, kept):
    asked = CodeRequestFactory(person=person, asked_by=wren)
    client.force_login(supervisor if answer == "refuse" else wren)
    url = at("space_answer", words_id=asked.pk)
    assert client.post(url, {"answer": "nothing"}).status_code == 422
    assert client.post(url, {"answer": answer}).status_code == 302
    asked.refresh_from_db()
    assert asked.answer == kept


def test_it_is_locked_at_once_and_unlocked_face_to_face(desk, at, person):
    assert desk.post(at("space_lock"), {"was": "open"}).status_code == 422
    EntryFactory(person=person)
    come_in(words=WORDS, number=OWN_NUMBER, borrowed=False)
    assert "Lock My space now" in desk.get(at("space_lock")).content.decode()
    desk.post(at("space_lock"), {"was": "open"})
    with pytest.raises(NotIn):
        come_in(words=WORDS, number=OWN_NUMBER, borrowed=False)
    page = desk.get(at("space_lock")).content.decode()
    assert "face to face" in page
    # A page from before does not undo it.
    desk.post(at("space_lock"), {"was": "open"})
    assert Entry.objects.get().locked_at
    desk.post(at("space_lock"), {"was": "locked"})
    assert look(come_in(words=WORDS, number=OWN_NUMBER, borrowed=False)).is_own


def test_a_worker_sees_no_number_and_nothing_of_the_second_notebook(desk, at, person):
    entry = EntryFactory(person=person, lines=["Call the blue door"])
    pages = "".join(
        desk.get(at(name)).content.decode()
        for name in ("space", "space_offer", "space_words", "space_lock", "about", "overview")
    )
    assert "Call the blue door" not in pages
    assert not any(each in pages for each in entry.numbers.values())
    assert entry.lookup not in pages


def test_a_stranger_finds_no_such_pages(client, outsider, at):
    client.force_login(outsider)
    for name in ("space", "space_offer", "space_words", "space_lock"):
        assert client.get(at(name)).status_code == 404
