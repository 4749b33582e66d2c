"""My file: what is released to them, why it may be closed, and their own side."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from leeward.access.actors import actor_for
from leeward.accounts.factories import WorkerFactory
from leeward.audit import actions as audit
from leeward.audit.models import AuditRow
from leeward.entry.factories import OfferFactory
from leeward.missing.factories import StepNewsFactory
from leeward.my_space.tests.conftest import come_in
from leeward.my_space.urls import urlpatterns
from leeward.observations.factories import ObservationFactory
from leeward.people.factories import BreakGlassFactory
from leeward.releases.actions import NotReleased, release_step, take_back, take_back_step
from leeward.releases.factories import ReleaseFactory, SideFactory, StepReleaseFactory
from leeward.releases.models import Release, Side

pytestmark = pytest.mark.django_db
MINE = "/notes/pages/"


def said(response):
    return response.content.decode()


@pytest.fixture
def borrowed(door, entry):
    """A browser on a worker's device, in which their own notebook is open."""
    client = Client()
    assert come_in(client, borrowed="yes").status_code == 302
    return client


@pytest.fixture
def note(person):
    """A note that is released to them."""
    words = "She painted <the> whole wall.\nIt is good."
    note = ObservationFactory(person=person, text=words, own_words="look at it", good_news="art!")
    return ReleaseFactory(note=note).note


def write(client, note, words, version=0):
    return client.post(f"{MINE}{note.pk}/", {"words": words, "version": version})


def test_a_released_note_stands_there_in_its_exact_words(own, note, wren):
    page = said(own.get(MINE))
    assert "She painted &lt;the&gt; whole wall.<br>It is good." in page
    for words in ("look at it", "art!", "It is about 2025-03-10."):
        assert words in page
    day = timezone.localdate(note.recorded_at)
    assert f"What {wren.display_name} wrote on {day:%Y-%m-%d}" in page
    assert "There is more. Ask your worker to see it together." in page


def test_of_signs_and_of_harm_nothing_is_shown(own, person):
    seen = ObservationFactory(person=person, concerning=True, danger_now=True, text="A note")
    ReleaseFactory(note=seen)
    page = said(own.get(MINE))
    assert "A note" in page
    for sign in seen.findings:
        assert sign not in page


SECRET = "Xylograph-not-for-a-device"


def every_page(person):
    """Every address of My space that answers a look, with each note of this file in it."""
    ids = [each.pk for each in person.observations.all()]
    for each in urlpatterns:
        path = "/" + str(each.pattern).replace("<face:face>", "notes")
        path = path.replace("<slug:section>", "a3")
        for name in ("item_id", "suggestion_id", "note_id", "disclosure_id"):
            path = path.replace(f"<uuid:{name}>", str(ids[0]))
        yield path
    yield from (f"{MINE}{each}/" for each in ids)


def test_the_words_of_a_note_that_is_not_released_reach_no_page(own, borrowed, person, actor):
    # Given notes that were never released, kept from devices, taken back, or not yet corrected
    everywhere = {"text": SECRET, "own_words": SECRET, "good_news": SECRET}
    ObservationFactory(person=person, **everywhere)
    ReleaseFactory(note__person=person, not_now=True, note__text=SECRET)
    back = ReleaseFactory(note__person=person, note__text=SECRET).note
    SideFactory(note=back, words="My own words")
    take_back(by=actor, note=back)
    open_note = ReleaseFactory(note__person=person, note__text="The note they read").note
    ObservationFactory(person=person, corrects=open_note, text=SECRET)

    # When they look at every page there is, on both devices, and type into each
    answers = []
    for client in (own, borrowed):
        for path in every_page(person):
            answers.append(client.get(path))
            if "leave" not in path:
                answers.append(client.post(path, {"words": " ", "version": "0"}))

    # Then the words are on none, though what is released is
    pages = [each.getvalue().decode(errors="replace") for each in answers]
    assert not [each for each in pages if SECRET in each]
    assert [each for each in pages if "The note they read" in each]
    assert [each for each in pages if "My own words" in each]


@pytest.mark.parametrize("watched", ["yes", "unsure"])
def test_on_a_phone_that_may_be_watched_it_opens_in_a_borrowed_visit_alone(
    own, borrowed, person, note, watched
):
    OfferFactory(person=person, watched=watched)
    page = said(own.get(MINE))
    assert "That is not your fault." in page
    assert "painted" not in page
    assert "Who opened my file" not in page
    assert own.get(f"{MINE}{note.pk}/").url == MINE
    assert "painted" in said(borrowed.get(MINE))
    assert "painted" in said(borrowed.get(f"{MINE}{note.pk}/"))


def test_what_they_typed_before_it_closed_is_kept_and_a_mistake_shows_no_note(own, person, note):
    OfferFactory(person=person, watched="unsure")
    wrong = write(own, note, "  ")
    assert wrong.status_code == 422
    assert "painted" not in said(wrong)
    assert write(own, note, "It was my idea.").url == MINE
    assert Side.objects.get().words == "It was my idea."


def test_after_new_words_it_stays_closed_on_any_device(own, borrowed, entry, note):
    entry.private_until = timezone.now() + dt.timedelta(hours=1)
    entry.save()
    for client in (own, borrowed):
        page = said(client.get(MINE))
        assert "to make sure that it is you" in page
        assert "painted" not in page
        assert write(client, note, "Not by me").url == MINE
    assert 'href="/notes/back/"' in page
    assert not Side.objects.exists()


def test_they_say_their_side(own, note):
    # When they write it
    assert "Write my side" in said(own.get(MINE))
    assert write(own, note, "I did <it> with\nKay.").url == MINE

    # Then it stands beside the note, and can be changed
    page = said(own.get(MINE))
    assert "I did &lt;it&gt; with<br>Kay." in page
    assert "Change my side" in page
    form = said(own.get(f"{MINE}{note.pk}/"))
    assert "I did &lt;it&gt; with\nKay.</textarea>" in form
    assert 'name="version" value="1"' in form
    row = AuditRow.objects.filter(action="file.answer").get()
    assert (row.actor_kind, row.outcome) == ("young_person", "done")


@pytest.mark.parametrize(
    ("words", "tells"), [("  ", "Write something first."), ("x" * 20_001, "That is very long.")]
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(own, note, words, tells):
    response = write(own, note, words)
    assert response.status_code == 422
    assert tells in said(response)
    assert words in said(response)
    assert not Side.objects.exists()


def test_two_places_at_once_lose_nothing(own, note):
    write(own, note, "from the phone")
    late = write(own, note, "from the library")
    assert late.status_code == 422
    assert "from the phone" in said(late)
    assert "from the library" in said(late)
    assert write(own, note, "both", 1).status_code == 302


def test_a_note_taken_back_while_they_write_takes_no_word_of_theirs(own, note, actor):
    own.get(f"{MINE}{note.pk}/")
    take_back(by=actor, note=note)
    assert write(own, note, "It was my idea.").status_code == 302
    page = said(own.get(MINE))
    assert "It was my idea." in page
    assert "A note that is not here now" in page
    assert "painted" not in page
    assert "painted" not in said(own.get(f"{MINE}{note.pk}/"))


def test_nobody_reaches_a_note_of_another_file(own, person):
    elsewhere = ReleaseFactory(note__text="Something of another").note
    never = ObservationFactory(person=person)
    for each in (elsewhere, never):
        assert own.get(f"{MINE}{each.pk}/").status_code == 404
        assert write(own, each, "Hello").status_code == 404
    assert "Something of another" not in said(own.get(MINE))
    assert not Side.objects.exists()
    assert Release.objects.count() == 1


def test_who_opened_it_names_nobody(own, person, agency):
    chief = WorkerFactory(agency=agency, role="supervisor", display_name="Kestrel Pretend")
    BreakGlassFactory(person=person, worker=chief, reason="Kestrel heard from Jo Invented")
    for action in ("file.open", "file.break_glass"):
        audit.record(by=actor_for(chief), action=action, subject=person.pk)
    page = said(own.get(MINE))
    assert "A supervisor of the workers read in it." in page
    assert "opened it in an emergency" in page
    for name in ("Kestrel", "Invented", agency.name):
        assert name not in page


def test_in_the_second_notebook_there_is_no_file(other, note):
    for path in (MINE, f"{MINE}{note.pk}/"):
        assert other.get(path).url == "/notes/open/"
    assert write(other, note, "Hello").url == "/notes/open/"
    assert not Side.objects.exists()


NEW = "Something new is in your file"


def test_something_new_is_said_until_they_have_read_it(own, note, person):
    assert NEW in said(own.get("/notes/open/"))
    own.get(MINE)
    assert NEW not in said(own.get("/notes/open/"))
    ReleaseFactory(note__person=person, note__text="One more")
    assert NEW in said(own.get("/notes/open/"))


@pytest.mark.parametrize("watched", ["yes", "unsure"])
def test_where_the_file_is_closed_nothing_new_is_told_and_it_stays_new(
    own, borrowed, person, note, watched
):
    OfferFactory(person=person, watched=watched)
    assert NEW not in said(own.get("/notes/open/"))
    # Looking at the page that says it is closed is not reading it.
    own.get(MINE)
    assert NEW in said(borrowed.get("/notes/open/"))


def test_what_was_taken_back_is_not_new(own, note, actor):
    take_back(by=actor, note=note)
    assert NEW not in said(own.get("/notes/open/"))


def test_the_second_notebook_tells_of_nothing_new(other, note):
    assert NEW not in said(other.get("/notes/open/"))


AWAY = "When nobody knew where I was"


def test_whom_the_workers_told_is_there_once_it_is_released(own, person, actor):
    news = StepNewsFactory(episode__person=person, told="Constable Sample", reference="25-117")
    StepNewsFactory(episode=news.episode, step="society", told=SECRET)
    assert AWAY not in said(own.get(MINE))
    StepReleaseFactory(step=news)
    assert NEW in said(own.get("/notes/open/"))
    page = said(own.get(MINE))
    for words in (AWAY, "The police", "Constable Sample", "25-117"):
        assert words in page
    assert SECRET not in page
    assert "La police" in said(own.get(MINE, {"lang": "fr"}))
    take_back_step(by=actor, step=news)
    assert AWAY not in said(own.get(MINE))


def test_a_step_of_an_answer_that_is_not_no_goes_to_no_device(own, person, actor):
    news = StepNewsFactory(episode__person=person, told=SECRET)
    release_step(by=actor, step=news, answers={"phone": "no", "tip_off": "unsure", "names": "no"})
    assert SECRET not in said(own.get(MINE))
    with pytest.raises(NotReleased):
        take_back_step(by=actor, step=news)
