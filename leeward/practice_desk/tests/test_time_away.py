"""Time away on the desk: opened at once, steps with their clocks, the sheet, the talk."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from leeward.core.agency_time import today
from leeward.entry.factories import EntryFactory
from leeward.missing.factories import EpisodeFactory, StepNewsFactory
from leeward.missing.models import Episode, EpisodeNote, ReturnTalk, StepNews
from leeward.observations.factories import ObservationFactory
from leeward.people.models import Description
from leeward.plans.factories import ItemVersionFactory
from leeward.plans.tests.copies import squashed, text_of
from leeward.relationships.factories import TieVersionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture
def desk(client, wren):
    client.force_login(wren)
    return client


def said(response):
    return response.content.decode()


def at(name, person, *more):
    return reverse(name, args=[person.pk, *more])


def test_one_press_opens_it_and_the_clocks_run(desk, person):
    page = said(desk.get(at("time_away", person)))
    assert f'value="{today().isoformat()}"' in page
    desk.post(at("went_missing", person), {"since": today().isoformat(), "wearing": "A red coat"})
    page = said(desk.get(at("time_away", person)))
    for words in ("A red coat", "The police", "The children’s aid society", "To do"):
        assert words in page
    home = said(desk.get("/"))
    assert home.index("Missing now") < home.index("Due")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"at": "25:00"}, "Write the time by 24 hours"),
        ({"at": "noon"}, "Write the time by 24 hours"),
        ({"since": "2025-03-10"}, "Say about what time"),
        ({"since": "2999-01-01"}, "has not come yet"),
        ({"since": ""}, "Say which day"),
    ],
)
def test_a_mistake_says_how_to_mend_it_and_loses_nothing(desk, person, given, words):
    typed = {"since": today().isoformat(), "last_seen": "By the <mall>"} | given
    response = desk.post(at("went_missing", person), typed)
    assert response.status_code == 422
    assert words in said(response)
    assert "By the &lt;mall&gt;" in said(response)
    assert not Episode.objects.exists()


@pytest.mark.parametrize("typed", ["7:05", "07h05", "7 h 05", "0705"])
def test_a_time_is_read_as_people_write_it(desk, person, typed):
    desk.post(at("went_missing", person), {"since": "2025-03-10", "at": typed})
    local = timezone.localtime(Episode.objects.get().noticed_at, ZoneInfo(person.agency.time_zone))
    assert local.replace(tzinfo=None) == dt.datetime.fromisoformat("2025-03-10 07:05")


def test_a_step_is_answered_and_a_person_of_concern_is_not_told(desk, person):
    episode = EpisodeFactory(person=person)
    page = said(desk.get(at("time_away", person)))
    assert "Late" in page
    TieVersionFactory(tie__person=person, name="Dex", answers={"of_concern": True})
    step = at("take_step", person, episode.pk, "guardian")
    typed = {"outcome": "done", "on": "2025-02-10", "at": "18:00", "told": "Dex"}
    back = desk.post(step, typed)
    assert back.status_code == 422
    assert "marked in the circle" in said(back)
    assert desk.post(step, {"outcome": "not_done", "on": "2025-02-10"}).status_code == 422
    given = {"outcome": "not_done", "on": "2025-02-10", "at": "18:00", "why_not": "May be part"}
    assert desk.post(step, given).status_code == 302
    assert "May be part" in said(desk.get(at("time_away", person)))
    assert StepNews.objects.get().done_at is None


def test_what_was_tried_and_the_talk_are_kept_in_their_words(desk, person):
    episode = EpisodeFactory(person=person)
    wrong = {"kind": "tried", "on": today().isoformat(), "words": " "}
    assert desk.post(at("write_down", person, episode.pk), wrong).status_code == 422
    desk.post(at("write_down", person, episode.pk), wrong | {"words": "Called her"})
    assert EpisodeNote.objects.get().words == "Called her"
    talk = at("talk", person, episode.pk)
    given = {
        "outcome": "held",
        "on": today().isoformat(),
        "push": "The noise",
        "changed": "A room",
    }
    assert "after they are back" in said(desk.post(talk, given))
    desk.post(at("came_back", person), {"on": today().isoformat()})
    assert desk.post(talk, given | {"push": "", "changed": ""}).status_code == 422
    assert desk.post(talk, given).status_code == 302
    page = said(desk.get(at("episode", person, episode.pk)))
    assert "The noise" in page
    assert "A room" in page
    assert ReturnTalk.objects.count() == 1


def test_their_own_wishes_stand_there_as_far_as_they_share_them(desk, person):
    EpisodeFactory(person=person)
    ItemVersionFactory(person_of=person, section="missing", words="Call Auntie first")
    ItemVersionFactory(person_of=person, section="missing", alone=True, words="Never my dad")
    page = said(desk.get(at("time_away", person)))
    assert "Call Auntie first" in page
    assert "Never my dad" not in page


@pytest.mark.parametrize(("language", "title"), [("en", "Missing"), ("fr", "disparue")])
def test_the_sheet_is_one_page_of_what_helps_to_find_them(desk, person, wren, language, title):
    words = "A long walk at night. " * 12
    seen = {"wearing": words, "with_whom": "Dex ᐅᐱᒃ", "phone": words, "noticed_by": "Auntie"}
    episode = EpisodeFactory(person=person, last_seen=words, seen=seen)
    StepNewsFactory(episode=episode, reference="invented 25-117")
    Description.objects.create(
        person=person, recorded_by=wren, hair="short, red", medicines="blue puffer", marks=words
    )
    ObservationFactory(person=person, concerning=True, text="Secret of the file")
    ItemVersionFactory(person_of=person, section="missing", words="Call Auntie first")
    response = desk.get(at(f"police_sheet_{language}", person, episode.pk))
    assert response.headers["Content-Disposition"].endswith(('"sheet.pdf"', '"fiche.pdf"'))
    text = text_of(response.content)
    for each in (person.name_used, "short, red", "blue puffer", "invented 25-117", "Dex", title):
        assert squashed(each) in text
    for never in ("Secret of the file", "Call Auntie first", "exploit", "traff"):
        assert squashed(never) not in text
    assert squashed("1 of 1" if language == "en" else "1 sur 1") in text


@pytest.mark.parametrize("name", ["episode", "write_down", "talk"])
def test_an_episode_of_somebody_else_is_not_there(desk, person, name):
    other = EpisodeFactory()
    assert desk.get(at(name, person, other.pk)).status_code == 404
    assert desk.post(at(name, person, other.pk)).status_code in (404, 405)


def test_a_step_that_is_in_no_table_is_not_there(desk, person):
    episode = EpisodeFactory(person=person)
    for step in ("return-talk", "pizza"):
        assert desk.get(at("take_step", person, episode.pk, step)).status_code == 404


def test_two_times_away_show_what_stands_out(desk, person):
    for month in (1, 2):
        EpisodeFactory(
            person=person,
            ended=True,
            since=dt.date(2025, month, 9),
            until=dt.date(2025, month, 12),
            seen={"with_whom": "Dex Pretend"},
        )
    page = said(desk.get(at("time_away", person)))
    assert "What stands out" in page
    assert "Dex Pretend" in page
    assert "in 2 of them" in page


def test_a_step_is_released_after_three_questions_and_taken_back(desk, person):
    news = StepNewsFactory(episode__person=person)
    page, ask, back = (
        at("episode", person, news.episode_id),
        at("release_step", person, news.episode_id, news.pk),
        at("release_step_back", person, news.episode_id, news.pk),
    )
    plain = dict.fromkeys(("phone", "tip_off", "names"), "no")
    assert "together first" in said(desk.post(ask, plain))
    EntryFactory(person=person)
    assert desk.post(ask, plain | {"names": ""}).status_code == 422
    assert desk.post(ask, plain).status_code == 302
    assert "They may read this in My space." in said(desk.get(page))
    desk.post(back)
    desk.post(back)
    assert "They may read this in My space." not in said(desk.get(page))
    other = StepNewsFactory()
    assert desk.get(at("release_step", person, news.episode_id, other.pk)).status_code == 404
